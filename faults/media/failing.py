"""A disk that fails at one step of a kind: once, or from then on."""

from faults.media.layer import OK, Step, Watch

# SQLite's codes for what a disk may answer: https://www.sqlite.org/rescode.html
FULL, IOERR_READ, IOERR_WRITE, IOERR_FSYNC, IOERR_TRUNCATE, IOERR_DELETE, CANTOPEN = 13, 266, 778, 1034, 1546, 2570, 14


class Failing(Watch):
    """Answers the step number `at` (from 1) of the kind `what` with `code`; where it `stays`, all of them after it too."""

    def __init__(self, what: str, *, at: int, code: int, stays: bool) -> None:
        self.what = what
        self.at = at
        self.code = code
        self.stays = stays
        self.seen = 0

    @property
    def has_failed(self) -> bool:
        return self.seen >= self.at

    def answer(self, step: Step) -> int:
        if step.what != self.what:
            return OK
        self.seen += 1
        return self.code if self.seen == self.at or (self.stays and self.seen > self.at) else OK
