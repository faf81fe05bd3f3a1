"""The header row: which column stands where."""

from collections.abc import Callable, Sequence
from operator import itemgetter

from tallystick.bundles.folder.fault import Fault, Faults
from tallystick.bundles.folder.layout import COLUMNS
from tallystick.core.refusal import Refusal

OTHER_MARKS = (";", "\t", "|")


class HeaderMissing(Refusal):
    code = "header_missing"
    words = "{file} is empty: it has not even a header."
    expected = "the columns {columns}"


class FileColumns(Refusal):
    code = "file_columns"
    words = "The columns of {file} do not fit: {which} {trouble}."
    expected = "the columns {columns}, in any order"


def read_header(
    names: Sequence[str] | None, *, file: str, place: str, line: int, faults: Faults
) -> Callable[[Sequence[str]], tuple[str, ...]] | None:
    """What picks the cells of a row into FORMAT's order; None where a column is missing or stands there twice.

    `file` says which columns are meant, `place` is the file's or sheet's name in faults. Every column that does not fit is a
    fault of its own.
    """
    columns = COLUMNS[file]
    if names is None:
        faults.add(Fault.of(HeaderMissing(file=place, columns=", ".join(columns)), file=place))
        return None
    for which, trouble, found in _troubles(names, columns):
        refusal = FileColumns(file=place, which=which or "one", trouble=trouble, columns=", ".join(columns))
        faults.add(Fault.of(refusal, file=place, line=line, column=which, found=found))
    if any(names.count(column) != 1 for column in columns):
        return None
    return itemgetter(*(names.index(column) for column in columns))


def _troubles(names: Sequence[str], columns: Sequence[str]) -> list[tuple[str, str, str]]:
    """What does not fit: (which column, what about it, what stands there)."""
    mark = next((mark for mark in OTHER_MARKS if len(names) == 1 and mark in names[0]), None)
    if mark is not None:
        return [("", f"and the next are parted by “{mark}” instead of by commas", names[0])]
    missing = [(column, "is missing", "") for column in columns if column not in names]
    doubled = [(name, "stands there twice", name) for name in dict.fromkeys(names) if name in columns and names.count(name) > 1]
    unknown = [(name, "is not known" if name else "has no name", name) for name in names if name not in columns]
    return missing + doubled + unknown
