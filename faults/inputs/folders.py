"""Programme folders and workbooks: spoilt by chance, imported into books that know the sound one, and looked at for traces."""

import io
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

from django.db import transaction

from faults.inputs.mutation import spoil_bytes, spoil_table
from faults.inputs.watch import Watch, shown
from tallystick.bundles.digest import state_digest
from tallystick.bundles.folder.layout import PROGRAMME
from tallystick.bundles.folder.reading import open_folder
from tallystick.bundles.folder.writing import write_workbook
from tallystick.bundles.taking.take import take_folder
from tallystick.bundles.taking.taken import Taken
from tallystick.journal.queries import act_count
from tallystick.vault.keys import unlocked
from tests import books
from tests.bundles import full_stall
from tests.bundles.folder_making import STALL, content_of, make_stall

BLOCK = 100  # inputs between two looks at the state of the books and the folder
Spoil = Callable[[Path, Random], bytes]
"""Makes a spoilt folder or workbook at a path; what it gives is told of an input that does harm."""


class Sound:
    """The stall's folder and workbook as they should be: `parts` and `packed` have what lies in them, by name."""

    def __init__(self, base: Path) -> None:
        self.base = base
        self.folder = make_stall(
            base / "sound", **{name: [*STALL[f"{name}.csv"], *more] for name, more in full_stall.MORE.items()}
        )
        self.workbook = base / "sound.xlsx"
        write_workbook(self.workbook, content_of(self.folder))
        self.parts = {path.name: path.read_bytes() for path in sorted(self.folder.iterdir())}
        with zipfile.ZipFile(self.workbook) as archive:
            self.packed = {info.filename: archive.read(info) for info in archive.infolist()}

    def spoil_folder(self, path: Path, chance: Random) -> bytes:
        """One file or two of the folder are otherwise: as CSV, or as bytes; or one is not there."""
        shutil.copytree(self.folder, path)
        told = []
        for name in chance.sample(sorted(self.parts), chance.choice((1, 1, 1, 2))):
            data = self.parts[name]
            if chance.random() < 0.02:
                (path / name).unlink()
                told.append(name.encode() + b" is gone")
                continue
            spoilt = spoil_table(data, chance) if name != PROGRAMME and chance.random() < 0.6 else spoil_bytes(data, chance)
            (path / name).write_bytes(spoilt)
            told.append(name.encode() + b": " + difference(data, spoilt))
        return b"; ".join(told)

    def spoil_workbook(self, path: Path, chance: Random) -> bytes:
        """A part of the archive is otherwise, or the archive itself is."""
        if chance.random() < 0.25:
            spoilt = spoil_bytes(self.workbook.read_bytes(), chance)
            path.write_bytes(spoilt)
            return b"the archive: " + difference(self.workbook.read_bytes(), spoilt)
        name = chance.choice(sorted(self.packed))
        spoilt = spoil_bytes(self.packed[name], chance)
        path.write_bytes(packed(self.packed | {name: spoilt}))
        return name.encode() + b": " + difference(self.packed[name], spoilt)


def packed(parts: dict[str, bytes]) -> bytes:
    """An archive of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def difference(sound: bytes, spoilt: bytes) -> bytes:
    """What stands where the two begin to differ."""
    pairs = enumerate(zip(sound, spoilt, strict=False))
    place = next((place for place, (one, other) in pairs if one != other), min(len(sound), len(spoilt)))
    return b"from byte %d on, of %d: %b" % (place, len(spoilt), spoilt[max(0, place - 20) : place + 120])


class Desk:
    """Imports what lies in `base`, one input after another, and sees to it that nothing of them stays."""

    def __init__(self, base: Path) -> None:
        self.base = base
        self.watch = Watch()

    def look_at(self, spoil: Spoil, chance: Random, *, count: int, name: str) -> Watch:
        """So many inputs, in blocks: the books and the folder are the same after each block as before it."""
        self.watch = Watch()
        while self.watch.count < count:
            self._block(spoil, chance, count=min(BLOCK, count - self.watch.count), name=name)
        return self.watch

    def look_at_one(self, path: Path, *, told: str) -> Watch:
        """One input, which may only be taken where it says nothing that the books do not hold."""
        self.watch = Watch()

        def import_it() -> None:
            taken = self._import(path, told=told)
            if taken is not None and not taken.changed_nothing:
                self.watch.note(f"It was taken, and said something: {told}")

        self._with_books_untouched(import_it, told=told)
        return self.watch

    def _block(self, spoil: Spoil, chance: Random, *, count: int, name: str) -> None:
        first = self.watch.count + 1

        def import_all() -> None:
            for _ in range(count):
                path = self.base / name
                told = shown(spoil(path, chance))
                self._import(path, told=told)
                shutil.rmtree(path) if path.is_dir() else path.unlink()

        self._with_books_untouched(import_all, told=f"one of the inputs {first} to {first + count - 1}")

    def _with_books_untouched(self, deed: Callable[[], Any], *, told: str) -> None:
        before = self._everything()
        deed()
        after = self._everything()
        if before != after:
            self.watch.note(f"A trace was left: {told} ({before} became {after})")

    def _everything(self) -> tuple[str, int, list[str]]:
        return state_digest(), act_count(), sorted(path.name for path in self.base.iterdir())

    def _import(self, path: Path, *, told: str) -> Taken | None:
        """As the command does. What is taken is taken back; what is refused must have undone itself."""
        with transaction.atomic():
            taken = self.watch.look(lambda: self._take(path), told=told)
            transaction.set_rollback(taken is not None)
        return taken

    def _take(self, path: Path) -> Taken:
        with open_folder(path) as folder:
            return take_folder(folder, keyring=unlocked(), recorded_at=books.POSTED_AT)
