"""A watch that remembers everything that was asked of the disk, in its order."""

from faults.media.layer import READ, Step, Watch


class Recorder(Watch):
    """`steps` is the log; a place in it is a moment at which the power may go."""

    def __init__(self) -> None:
        self.steps: list[Step] = []

    @property
    def place(self) -> int:
        return len(self.steps)

    def hear(self, step: Step) -> None:
        if step.what != READ:
            self.steps.append(step)
