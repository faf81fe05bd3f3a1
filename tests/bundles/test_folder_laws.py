"""Laws of programme folders: written, read and written again is the same; spoilt bytes end in faults and never in a crash."""

import shutil
import tempfile
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any
from unicodedata import normalize

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tallystick.bundles.folder.content import Content
from tallystick.bundles.folder.fault import Fault
from tallystick.bundles.folder.layout import COLUMNS, MOVES, PROGRAMME
from tallystick.bundles.folder.reading import open_folder
from tallystick.bundles.folder.values import read_limits, read_percent, show_limits, show_percent
from tallystick.bundles.folder.writing import write_folder, write_workbook
from tallystick.core.amount import PARTS_MAX, Parts
from tallystick.core.authorisation import Authorisation
from tallystick.core.corridor import Leg
from tallystick.core.earmark import Earmark
from tallystick.core.entry import Kind, Move, PostedEntry
from tallystick.core.grant import Grant
from tallystick.core.party import PARTY_KINDS, HoldingLimit, Party
from tallystick.core.programme import Programme
from tallystick.core.unit import Unit, UnitKind
from tallystick.core.visit import Visit
from tallystick.core.vouch import VOUCH_WORDS, Vouch
from tests.bundles.folder_making import content_of, faults_in, make_stall
from tests.bundles.workbook_making import make_workbook

SIGNS = st.characters(exclude_categories=("Cs", "Cc", "Cn", "Co", "Zl", "Zp"))
ODD = st.sampled_from(["=1+1", "<r>&</r>", "_x0041_", "_x005F_x0041_", " ends ", '"', "a,b", "등불", "007", "1e5", "TRUE", "'x"])
TEXTS = (st.text(SIGNS, max_size=20) | ODD).map(lambda text: normalize("NFC", text))
CODES = (
    st.text(st.characters(exclude_categories=("C", "Z"), exclude_characters=";:@"), min_size=1, max_size=8)
    .map(lambda text: normalize("NFC", text))
    .filter(lambda text: text.isprintable() and ";" not in text)
)
AMOUNTS = st.integers(0, PARTS_MAX).map(Parts)
DATES = st.dates(date(1990, 1, 1), date(2090, 1, 1))
OFFSETS = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
COUNTS = st.none() | st.integers(0, 999)
SOON = settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


def distinct(records: st.SearchStrategy[Any], key: str) -> st.SearchStrategy[list[Any]]:
    return st.lists(records, max_size=3, unique_by=lambda record: getattr(record, key))


def moves_in(units: st.SearchStrategy[str]) -> st.SearchStrategy[Move]:
    holders = CODES | TEXTS.filter(lambda text: text == text.strip() and text.isprintable()).map(lambda text: f"@cost:{text}")
    amounts = st.integers(1, PARTS_MAX)
    ends = (st.sampled_from([*map(str, Kind)]), holders, holders, units, amounts, CODES)
    cited = CODES | st.just("")
    return st.builds(Move, *ends, named=st.just(""), grant=cited, authorisation=cited, note=TEXTS)


@st.composite
def contents(draw: st.DrawFn) -> Content:
    """Any content that the format can say; whether the books would take it is another matter."""
    kinds = st.sampled_from([*map(str, UnitKind)])
    units = draw(
        st.lists(st.builds(Unit, CODES, kinds, st.integers(0, 6), TEXTS, TEXTS), min_size=1, unique_by=lambda one: one.unit)
    )
    unit = st.sampled_from([one.unit for one in units])
    limits = st.lists(st.builds(HoldingLimit, unit, AMOUNTS), max_size=2, unique_by=lambda one: one.unit).map(tuple)
    leg = (CODES, TEXTS, TEXTS, TEXTS, st.integers(0, 1_000_000), AMOUNTS, unit, st.integers(0, 3_650), st.none() | AMOUNTS)
    visit = (CODES, DATES, st.booleans(), st.none() | AMOUNTS, unit, COUNTS, st.none() | AMOUNTS, TEXTS, COUNTS)
    records = {
        "units.csv": units,
        "parties.csv": draw(distinct(st.builds(Party, CODES, st.sampled_from(PARTY_KINDS), TEXTS, limits, TEXTS), "party")),
        "earmarks.csv": draw(distinct(st.builds(Earmark, CODES, CODES, unit, TEXTS), "earmark")),
        "authorisations.csv": draw(
            distinct(st.builds(Authorisation, CODES, TEXTS, TEXTS, TEXTS, TEXTS, DATES, DATES, unit, AMOUNTS), "authorisation")
        ),
        "legs.csv": draw(distinct(st.builds(Leg, *leg, CODES | st.just("")), "leg")),
        "grants.csv": draw(
            distinct(st.builds(Grant, CODES, CODES, TEXTS, CODES, CODES, unit, AMOUNTS, st.integers(1, 9)), "grant")
        ),
        "vouches.csv": draw(
            st.lists(
                st.builds(Vouch, CODES, CODES, TEXTS, st.none() | st.integers(0, 99), DATES, st.sampled_from(VOUCH_WORDS)),
                max_size=3,
            )
        ),
        "visits.csv": draw(st.lists(st.builds(Visit, *visit), max_size=3)),
    }
    moments = st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1), timezones=OFFSETS)
    posted = st.builds(PostedEntry, CODES, moments, st.lists(moves_in(unit), min_size=1, max_size=3).map(tuple))
    entries = draw(st.lists(posted, max_size=4, unique_by=lambda one: (one.reference, one.happened_at.astimezone(UTC))))
    names = TEXTS.filter(bool)
    programme = Programme(draw(names), draw(st.booleans()), "KR", draw(unit), draw(DATES))
    return Content(programme, records, entries)


def round_trip(content: Content, write: Callable[[Path, Content], None], *, name: str) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        first, again = Path(scratch, f"first{name}"), Path(scratch, f"again{name}")
        write(first, content)
        write(again, content_of(first))
        assert bytes_of(first) == bytes_of(again)


def bytes_of(path: Path) -> bytes | dict[str, bytes]:
    return {file.name: file.read_bytes() for file in path.iterdir()} if path.is_dir() else path.read_bytes()


@SOON
@given(contents())
def test_a_folder_written_read_and_written_again_is_the_same(content: Content):
    round_trip(content, write_folder, name="")


@settings(SOON, max_examples=12)
@given(contents())
def test_a_workbook_written_read_and_written_again_is_the_same(content: Content):
    round_trip(content, write_workbook, name=".xlsx")


@given(st.integers(0, 1_000_000))
@example(100_000)
@example(1)
def test_a_percentage_that_was_shown_is_read_again(ppm: int):
    assert read_percent(show_percent(ppm)) == ppm
    assert not show_percent(ppm).endswith(("0", ".")) or ppm % 100_000 == 0


@pytest.mark.parametrize(("ppm", "text"), [(0, "0"), (100_000, "10"), (125_000, "12.5"), (1, "0.0001"), (1_000_000, "100")])
def test_a_percentage_is_shown_without_needless_decimals(ppm: int, text: str):
    assert show_percent(ppm) == text


@given(st.dictionaries(CODES, AMOUNTS, max_size=3), st.integers(0, 6))
def test_holding_limits_that_were_shown_are_read_again(amounts: dict[str, Parts], places: int):
    limits = tuple(HoldingLimit(unit, amount) for unit, amount in amounts.items())
    assert read_limits(show_limits(limits, dict.fromkeys(amounts, places)), lambda unit: places) == limits


@pytest.mark.parametrize(("parts", "text"), [(8_000_000, "USD 80000"), (8_000_050, "USD 80000.50"), (0, "USD 0")])
def test_a_holding_limit_has_decimals_only_where_there_is_a_fraction(parts: int, text: str):
    assert show_limits([HoldingLimit("USD", Parts(parts))], {"USD": 2}) == text


@st.composite
def spoilt(draw: st.DrawFn, data: bytes) -> bytes:
    """Bytes with something cut out, put in, doubled or turned."""
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(data)))
        end = min(len(data), start + draw(st.integers(0, 30)))
        put = draw(
            st.binary(max_size=6) | st.sampled_from([b'"', b",", b"\n", b"\r", b"\0", b"\xff", b";", b"\xef\xbb\xbf", data[:40]])
        )
        data = data[:start] + put + data[end:]
    return data


@pytest.fixture(scope="module")
def stall(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_stall(tmp_path_factory.mktemp("fuzz") / "stall")


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_workbook(tmp_path_factory.mktemp("fuzz") / "stall.xlsx")


@pytest.mark.parametrize("file", [PROGRAMME, *COLUMNS])
@SOON
@given(data=st.data())
def test_spoilt_bytes_of_any_file_end_in_faults(stall: Path, file: str, data: st.DataObject):
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(shutil.copytree(stall, Path(scratch, "stall")))
        spoiling = data.draw(spoilt((folder / file).read_bytes()) | st.binary(max_size=200))
        (folder / file).write_bytes(spoiling)
        check_faults(folder)


@settings(SOON, max_examples=100)
@given(data=st.data())
def test_spoilt_bytes_of_a_workbook_end_in_faults(workbook: Path, data: st.DataObject):
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch, "stall.xlsx")
        path.write_bytes(data.draw(spoilt(workbook.read_bytes())))
        check_faults(path)


@settings(SOON, max_examples=100)
@given(data=st.data())
def test_spoilt_parts_of_a_workbook_end_in_faults(workbook: Path, data: st.DataObject):
    """The archive is sound and a part in it is not: the XML, the styles, the sheets."""
    import zipfile

    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch, "stall.xlsx")
        with zipfile.ZipFile(workbook) as whole, zipfile.ZipFile(path, "w") as archive:
            parts = {name: whole.read(name) for name in whole.namelist()}
            victim = data.draw(st.sampled_from(sorted(parts)))
            parts[victim] = data.draw(spoilt_xml(parts[victim]))
            for name, part in parts.items():
                archive.writestr(name, part)
        check_faults(path)


@st.composite
def spoilt_xml(draw: st.DrawFn, data: bytes) -> bytes:
    """XML in which one number, word or tag is another: still well formed more often than not."""
    import re

    pieces = [match.span(1) for match in re.finditer(rb'="([^"]*)"|>([^<]+)<', data) if match.group(1) is not None] or [(0, 0)]
    for _ in range(draw(st.integers(1, 3))):
        start, end = draw(st.sampled_from(pieces))
        put = draw(
            st.sampled_from(
                [b"", b"-1", b"0", b"99999999999", b"1e400", b"x", b"rId1", b"s", b"n", b"b", b"d", b"e", b"A1", b"\xc3\xa9"]
            )
        )
        if end <= len(data):
            data = data[:start] + put + data[end:]
    return draw(st.just(data) | spoilt(data))


def check_faults(path: Path) -> None:
    """Reading comes to an end, and what it says can be printed."""
    faults: list[Fault] = faults_in(path)
    for fault in faults:
        assert str(fault).isprintable()
        assert fault.code
        str(fault).encode("utf-8")


def test_a_folder_that_vanishes_between_opening_and_reading_ends_in_faults(tmp_path: Path):
    path = make_stall(tmp_path / "stall")
    with open_folder(path) as folder:
        (path / MOVES).unlink()
        assert list(folder.entries()) == []
        assert [fault.code for fault in folder.faults] == ["file_missing"]
