"""A disk as a file system may leave it when the power goes: what was synced is there, of the rest anything or nothing.

Of the writes since a file's last sync each may be there, be lost, be there up to a sector or in some of its sectors, whatever
became of those before and after it; the same goes for truncations, and a file may have grown for a write that is lost. A name
stands for any of the files that it stood for since its folder was last synced. The file `-shm` is memory and is never there.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from random import Random

from faults.media.layer import DELETED, FOLDER_SYNCED, OPENED, SYNCED, TRUNCATED, WRITTEN, Step

SECTORS = (512, 4096)  # bytes
KEPT_SHARES = (0.0, 0.0, 0.1, 0.5, 0.9, 1.0)
TORN_SHARES = (0.0, 0.1, 0.5)
HOLLOW_SHARE = 0.3  # of the lost writes past the end of a file, those for which it has grown all the same
Image = dict[str, bytes]


@dataclass
class File:
    """What is on the disk for sure, and what was asked of the file since."""

    sure: bytearray = field(default_factory=bytearray)
    unsure: list[Step] = field(default_factory=list)

    def settle(self) -> None:
        for step in self.unsure:
            apply(self.sure, step)
        self.unsure.clear()


@dataclass
class Loss:
    """What became of the steps that were not sure, over all crashes."""

    kept: int = 0
    lost: int = 0
    torn: int = 0

    def add(self, other: "Loss") -> None:
        self.kept, self.lost, self.torn = self.kept + other.kept, self.lost + other.lost, self.torn + other.torn


class Disk:
    """Takes the steps of a log one by one; `crash` may be asked after any of them, and changes nothing."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self.names: dict[str, list[File | None]] = {name: [File(bytearray(content))] for name, content in files.items()}

    def take(self, steps: Sequence[Step]) -> None:
        for step in steps:
            self._take(step)

    def _take(self, step: Step) -> None:
        if step.what == FOLDER_SYNCED:
            self._settle_names()
        elif step.what == DELETED:
            self.names[step.name].append(None)
            if step.is_sure:
                self._settle_names()
        elif step.what == OPENED:
            if step.is_new:
                self.names.setdefault(step.name, [None]).append(File())
        elif step.what == SYNCED:
            self._file(step).settle()
        else:
            self._file(step).unsure.append(step)

    def _settle_names(self) -> None:
        for name, stood_for in self.names.items():
            self.names[name] = stood_for[-1:]

    def _file(self, step: Step) -> File:
        file = self.names[step.name][-1]
        assert file is not None, f"{step.name} was {step.what} after it was deleted"
        return file

    @property
    def unsure_count(self) -> int:
        """How much may be lost if the power goes now."""
        files = [file for stood_for in self.names.values() for file in stood_for if file]
        return sum(len(file.unsure) for file in files) + sum(len(stood_for) - 1 for stood_for in self.names.values())

    def crash(self, chance: Random, loss: Loss) -> Image:
        """The files that are found when the power is back."""
        shares = chance.choice(KEPT_SHARES), chance.choice(TORN_SHARES)
        found = {name: chance.choice(stood_for) for name, stood_for in self.names.items()}
        return {name: self._left(file, chance, shares=shares, loss=loss) for name, file in found.items() if file is not None}

    def _left(self, file: File, chance: Random, *, shares: tuple[float, float], loss: Loss) -> bytes:
        kept_share, torn_share = shares
        left = bytearray(file.sure)
        for step in file.unsure:
            if step.what == WRITTEN and chance.random() < torn_share:
                loss.torn += 1
                _tear(left, step, chance=chance)
            elif chance.random() < kept_share:
                loss.kept += 1
                apply(left, step)
            else:
                loss.lost += 1
                if step.what == WRITTEN and chance.random() < HOLLOW_SHARE:
                    _grow(left, step.offset + len(step.data))
        return bytes(left)


def apply(content: bytearray, step: Step) -> None:
    """Write or truncate, as the step says."""
    if step.what == TRUNCATED:
        _grow(content, step.offset)
        del content[step.offset :]
    else:
        _put(content, step.data, at=step.offset)


def _put(content: bytearray, data: bytes, *, at: int) -> None:
    _grow(content, at)
    content[at : at + len(data)] = data


def _grow(content: bytearray, size: int) -> None:
    content.extend(bytes(max(0, size - len(content))))


def _tear(content: bytearray, step: Step, *, chance: Random) -> None:
    """Keep the sectors of a write up to one of them, or some of them."""
    size = chance.choice(SECTORS)
    end = step.offset + len(step.data)
    starts = [step.offset, *range(step.offset - step.offset % size + size, end, size)]
    parts = list(zip(starts, [*starts[1:], end], strict=True))
    kept = (
        parts[: chance.randrange(len(parts) + 1)] if chance.random() < 0.5 else [part for part in parts if chance.random() < 0.5]
    )
    for first, last in kept:
        _put(content, step.data[first - step.offset : last - step.offset], at=first)
