"""One row while it is read into a record: every cell by its own rule, every fault noted, the rest read on."""

from collections.abc import Callable, Sequence
from typing import Any

from tallystick.bundles.folder.fault import Fault, Faults
from tallystick.bundles.folder.text import read_code
from tallystick.bundles.folder.values import read_held
from tallystick.core.custody.decide import UnitUnknown
from tallystick.core.refusal import Refusal
from tallystick.core.unit import PLACES_MAX, Unit


class UnitPlaces:
    """How many decimals each unit of the folder is counted in.

    A unit whose own row could not be read is not held against those who name it: its amounts are read with as many decimals
    as any unit may have. Where units.csv as a whole could not be read, that holds for every unit.
    """

    def __init__(self) -> None:
        self.places: dict[str, int] = {}
        self.doubtful: set[str] = set()
        self.complete = True

    def know(self, unit: Unit) -> None:
        self.places[unit.unit] = unit.places

    def places_of(self, unit: str) -> int:
        """Raises UnitUnknown."""
        places = self.places.get(unit)
        if places is not None:
            return places
        if unit in self.doubtful or not self.complete:
            return PLACES_MAX
        raise UnitUnknown(unit=unit)


class Row:
    """The cells of one row by column. Once a cell was refused, `broken` is True and no record may be made of the row."""

    def __init__(self, cells: Sequence[str], *, columns: Sequence[str], place: str, line: int, faults: Faults) -> None:
        self._cells = dict(zip(columns, cells, strict=True))
        self._place = place
        self._faults = faults
        self.line = line
        self.broken = False

    def __getitem__(self, column: str) -> str:
        return self._cells[column]

    def read(self, column: str, reader: Callable[[str], Any]) -> Any:
        """What `reader` makes of the cell; None where it refuses."""
        try:
            return reader(self._cells[column])
        except Refusal as refusal:
            self.refuse(refusal, column)
            return None

    def read_unit(self, units: UnitPlaces) -> tuple[Any, int | None]:
        """The code in the column `unit` and its number of decimals; (None, None) where there is no such unit."""
        unit = self.read("unit", read_code)
        places = None if unit is None else self.read("unit", units.places_of)
        return unit, places

    def read_amount(self, column: str, *, unit: str, places: int | None) -> Any:
        """The amount in that unit; None without a fault where the unit is not known, for that was said already."""
        if places is None:
            return None
        return self.read(column, lambda text: read_held(text, unit=unit, places=places))

    def refuse(self, refusal: Refusal, column: str) -> None:
        self.broken = True
        found = self._cells[column]
        self._faults.add(Fault.of(refusal, file=self._place, line=self.line, column=column, found=found))
