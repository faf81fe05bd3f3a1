"""Every fault of a folder is named with file, line, column, what stands there and a code; all of them in one reading."""

from pathlib import Path

import pytest

from tallystick.bundles.folder.fault import Fault, Faults
from tallystick.bundles.folder.layout import PROGRAMME
from tallystick.bundles.folder.values import ValueUnreadable
from tests.bundles.folder_making import STALL, faults_in, make_stall, read_to_the_end, row_with, shown

LONG = "A" * 65
VALUES = [
    ("units.csv", "unit", "", "value_missing"),
    ("units.csv", "unit", "@USD", "code_unreadable"),
    ("units.csv", "unit", "US;D", "code_unreadable"),
    ("units.csv", "unit", " USD", "code_unreadable"),
    ("units.csv", "unit", "USD\u00a0", "code_unreadable"),
    ("units.csv", "unit", "US\u200bD", "code_unreadable"),
    ("units.csv", "unit", LONG, "text_too_long"),
    ("units.csv", "kind", "coin", "value_unknown_kind"),
    ("units.csv", "kind", "", "value_missing"),
    ("units.csv", "places", "7", "value_unreadable"),
    ("units.csv", "places", "-1", "value_unreadable"),
    ("units.csv", "places", "２", "value_unreadable"),
    ("units.csv", "places", "", "value_missing"),
    ("units.csv", "name", "US\tdollar", "text_holds_control"),
    ("units.csv", "name", "US\x00dollar", "text_holds_control"),
    ("units.csv", "name", "US\ndollar", "text_holds_control"),
    ("units.csv", "name", "\ufffe", "text_holds_control"),
    ("units.csv", "name", "Do\u0301lar", "text_not_composed"),
    ("units.csv", "name", "x" * 2_001, "text_too_long"),
    ("parties.csv", "party", "a:b", "code_unreadable"),
    ("parties.csv", "party", "@PARISH", "code_unreadable"),
    ("parties.csv", "kind", "custodian", "value_unknown_kind"),
    ("parties.csv", "kind", "Donor", "value_unknown_kind"),
    ("parties.csv", "holding_limit", "80000", "value_unreadable"),
    ("parties.csv", "holding_limit", "USD 80000;", "value_unreadable"),
    ("parties.csv", "holding_limit", "USD", "value_unreadable"),
    ("parties.csv", "holding_limit", "USD 80000.001", "amount_too_precise"),
    ("parties.csv", "holding_limit", "USD -5", "amount_negative"),
    ("parties.csv", "holding_limit", "USB 5", "unit_unknown"),
    ("parties.csv", "holding_limit", "USD 5; USD 6", "limit_twice"),
    ("earmarks.csv", "donor", "", "value_missing"),
    ("earmarks.csv", "unit", "USB", "unit_unknown"),
    ("authorisations.csv", "valid_from", "1 March 2014", "date_unreadable"),
    ("authorisations.csv", "valid_until", "2014-02-30", "date_unreadable"),
    ("authorisations.csv", "ceiling", "70,000.00", "amount_unreadable"),
    ("authorisations.csv", "ceiling", "", "value_missing"),
    ("authorisations.csv", "ceiling", "-1.00", "amount_negative"),
    ("authorisations.csv", "unit", "USB", "unit_unknown"),
    ("legs.csv", "commission_percent", "101", "value_unreadable"),
    ("legs.csv", "commission_percent", "1.23456", "value_unreadable"),
    ("legs.csv", "commission_percent", "", "value_unreadable"),
    ("legs.csv", "commission_percent", "100.0001", "value_unreadable"),
    ("legs.csv", "commission_fixed", "0.001", "amount_too_precise"),
    ("legs.csv", "days", "2.5", "value_unreadable"),
    ("legs.csv", "limit_each", "much", "amount_unreadable"),
    ("grants.csv", "tranches", "0", "value_unreadable"),
    ("grants.csv", "amount", "100000000000000000.00", "amount_too_large"),
    ("grants.csv", "authorisation", "", "value_missing"),
    ("vouches.csv", "known_years", "many", "value_unreadable"),
    ("vouches.csv", "said_on", "", "date_unreadable"),
    ("vouches.csv", "word", "maybe", "value_unknown_kind"),
    ("visits.csv", "trading", "true", "value_unreadable"),
    ("visits.csv", "trading", "", "value_missing"),
    ("visits.csv", "jobs", "1234567890", "value_unreadable"),
    ("visits.csv", "unit", "", "value_missing"),
    ("visits.csv", "takings_month", "3.200,00", "amount_unreadable"),
    ("moves.csv", "happened_at", "2014-03-03T10:00:00", "moment_without_offset"),
    ("moves.csv", "happened_at", "2014-03-03", "moment_without_offset"),
    ("moves.csv", "happened_at", "2014-03-03T10:00:00+15:00", "offset_too_large"),
    ("moves.csv", "happened_at", "yesterday", "moment_unreadable"),
    ("moves.csv", "entry", "", "value_missing"),
    ("moves.csv", "entry", "E1 ", "code_unreadable"),
    ("moves.csv", "entry", LONG, "text_too_long"),
    ("moves.csv", "kind", "payment", "kind_unknown"),
    ("moves.csv", "kind", "", "value_missing"),
    ("moves.csv", "giver", "", "value_missing"),
    ("moves.csv", "taker", "a:b", "code_unreadable"),
    ("moves.csv", "taker", "@cost:fee\u200b", "code_unreadable"),
    ("moves.csv", "taker", "@cost:" + "x" * 160, "text_too_long"),
    ("moves.csv", "unit", "USB", "unit_unknown"),
    ("moves.csv", "unit", "", "value_missing"),
    ("moves.csv", "amount", "0", "amount_not_positive"),
    ("moves.csv", "amount", "0.00", "amount_not_positive"),
    ("moves.csv", "amount", "-5.00", "amount_not_positive"),
    ("moves.csv", "amount", "5.001", "amount_too_precise"),
    ("moves.csv", "amount", "92233720368547758.08", "amount_too_large"),
    ("moves.csv", "amount", "1e3", "amount_unreadable"),
    ("moves.csv", "amount", " 5.00", "amount_unreadable"),
    ("moves.csv", "amount", "", "value_missing"),
    ("moves.csv", "earmark", "", "value_missing"),
    ("moves.csv", "grant", "@G01", "code_unreadable"),
    ("moves.csv", "authorisation", "REH ", "code_unreadable"),
    ("moves.csv", "note", "\x1b[31mred", "text_holds_control"),
    ("moves.csv", "note", "e\u0301", "text_not_composed"),
]


@pytest.mark.parametrize(("file", "column", "found", "code"), VALUES)
def test_a_value_that_cannot_be_taken_is_named_with_its_place(tmp_path: Path, file: str, column: str, found: str, code: str):
    first, *others = STALL[file]
    del first
    others = [row_with(file, **{column: found}), *others]
    faults = faults_in(make_stall(tmp_path / "stall", **{file.removesuffix(".csv"): others}))
    mine = [fault for fault in faults if (fault.file, fault.line) == (file, 2)]
    assert [(fault.column, fault.code) for fault in mine] == [(column, code)]
    assert mine[0].found.startswith(found[:20].encode("unicode_escape").decode() if not found.isprintable() else found[:100])
    assert mine[0].expected
    if file != "units.csv":  # what a unit's own row lacks is found again where the unit is named
        assert len(faults) == 1


@pytest.mark.parametrize(
    ("key", "line", "found", "code"),
    [
        ("format", "format = 2", "2", "format_version"),
        ("format", 'format = "1"', "1", "value_unreadable"),
        ("format", "format = true", "true", "value_unreadable"),
        ("format", "", "", "key_missing"),
        ("name", 'name = ""', "", "value_missing"),
        ("name", "name = 7", "7", "value_unreadable"),
        ("rehearsal", 'rehearsal = "yes"', "yes", "value_unreadable"),
        ("rehearsal", "", "", "key_missing"),
        ("home", 'home = "Korea"', "Korea", "value_unreadable"),
        ("home", 'home = "kr"', "kr", "value_unreadable"),
        ("reporting_unit", 'reporting_unit = "USB"', "USB", "unit_unknown"),
        ("opened", "opened = 2014-03-01T00:00:00", "2014-03-01T00:00:00", "value_unreadable"),
        ("opened", 'opened = "2014-03-01"', "2014-03-01", "value_unreadable"),
    ],
)
def test_a_key_that_cannot_be_taken_is_named_with_its_place(tmp_path: Path, key: str, line: str, found: str, code: str):
    folder = make_stall(tmp_path / "stall")
    lines = (folder / PROGRAMME).read_text(encoding="utf-8").splitlines()
    place = next(n for n, text in enumerate(lines) if text.startswith(key))
    lines[place] = line
    (folder / PROGRAMME).write_text("\n".join(lines), encoding="utf-8")
    assert shown(faults_in(folder)) == [("programme.toml", place + 1 if line else None, key, found, code)]


def test_a_value_that_lies_very_deep_is_named_in_short(tmp_path: Path):
    folder = make_stall(tmp_path / "stall")
    text = (folder / PROGRAMME).read_text(encoding="utf-8")
    (folder / PROGRAMME).write_text(text + f"[{'a.' * 10_000}a]\n", encoding="utf-8")
    ((_, _, key, found, code),) = shown(faults_in(folder))
    assert (key, code, len(found) < 100) == ("a", "key_unknown", True)


def test_a_key_that_nobody_asks_for_is_named(tmp_path: Path):
    folder = make_stall(tmp_path / "stall")
    (folder / PROGRAMME).write_text((folder / PROGRAMME).read_text(encoding="utf-8") + 'currency = "USD"\n', encoding="utf-8")
    assert shown(faults_in(folder)) == [("programme.toml", 7, "currency", "USD", "key_unknown")]


def test_of_another_format_nothing_else_is_judged(tmp_path: Path):
    folder = make_stall(tmp_path / "stall", units=["broken"], moves=["broken"])
    (folder / PROGRAMME).write_text("format = 2\nsomething = [1]\n", encoding="utf-8")
    read, entries = read_to_the_end(folder)
    assert shown(read.faults) == [("programme.toml", 1, "format", "2", "format_version")]
    assert (entries, read.programme) == ([], None)


@pytest.mark.parametrize("file", ["units.csv", "parties.csv", "earmarks.csv", "authorisations.csv", "legs.csv", "grants.csv"])
def test_a_key_that_stands_twice_is_named_with_both_lines(tmp_path: Path, file: str):
    rows = [*STALL[file], STALL[file][0]]
    (fault,) = faults_in(make_stall(tmp_path / "stall", **{file.removesuffix(".csv"): rows}))
    assert (fault.file, fault.line, fault.code) == (file, len(rows) + 1, "row_twice")
    assert "line 2" in fault.words


def test_the_same_vouch_or_visit_twice_is_said_twice(tmp_path: Path):
    folder, _ = read_to_the_end(make_stall(tmp_path / "stall", vouches=STALL["vouches.csv"] * 2, visits=STALL["visits.csv"] * 2))
    assert list(folder.faults) == []
    assert len(folder.records["vouches.csv"]) == len(folder.records["visits.csv"]) == 2


def test_an_unknown_unit_is_one_fault_and_its_amount_none(tmp_path: Path):
    folder = make_stall(tmp_path / "stall", moves=[row_with("moves.csv", unit="USB", amount="many")])
    assert shown(faults_in(folder)) == [("moves.csv", 2, "unit", "USB", "unit_unknown")]


def test_a_unit_whose_own_row_is_faulty_is_not_held_against_its_amounts(tmp_path: Path):
    folder = make_stall(tmp_path / "stall", units=["USD,money,9,US dollar,", "LAMP,goods,0,lamp,"])
    assert shown(faults_in(folder)) == [("units.csv", 2, "places", "9", "value_unreadable")]


def test_every_fault_of_a_row_is_listed(tmp_path: Path):
    moves = [row_with("moves.csv", happened_at="?", entry="", kind="?", giver="", taker="@", unit="?", earmark="", note="\t")]
    columns = [fault.column for fault in faults_in(make_stall(tmp_path / "stall", moves=moves))]
    assert columns == ["happened_at", "entry", "kind", "giver", "unit", "earmark", "note"]


def test_twelve_different_faults_are_listed_in_one_reading(tmp_path: Path):
    folder = make_stall(
        tmp_path / "stall",
        units=[*STALL["units.csv"], "KRW,money,9,won,"],
        parties=[*STALL["parties.csv"], "R01,recipient,,,", "@me,recipient,,,"],
        earmarks=[row_with("earmarks.csv", unit="USB")],
        authorisations=[row_with("authorisations.csv", valid_from="soon")],
        legs=[row_with("legs.csv", commission_percent="120")],
        grants=["G01,R01"],
        vouches=[row_with("vouches.csv", word="maybe")],
        moves=[
            row_with("moves.csv", happened_at="2014-03-03T10:00:00"),
            row_with("moves.csv", entry="E2", amount="1.005"),
            row_with("moves.csv", entry="E3", kind="theft"),
        ],
    )
    (folder / PROGRAMME).write_text((folder / PROGRAMME).read_text(encoding="utf-8").replace('"KR"', '"Korea"'), encoding="utf-8")
    assert shown(faults_in(folder)) == [
        ("programme.toml", 4, "home", "Korea", "value_unreadable"),
        ("units.csv", 4, "places", "9", "value_unreadable"),
        ("parties.csv", 6, "party", "R01", "row_twice"),
        ("parties.csv", 7, "party", "@me", "code_unreadable"),
        ("earmarks.csv", 2, "unit", "USB", "unit_unknown"),
        ("authorisations.csv", 2, "valid_from", "soon", "date_unreadable"),
        ("legs.csv", 2, "commission_percent", "120", "value_unreadable"),
        ("grants.csv", 2, "", "G01,R01", "row_width"),
        ("vouches.csv", 2, "word", "maybe", "value_unknown_kind"),
        ("moves.csv", 2, "happened_at", "2014-03-03T10:00:00", "moment_without_offset"),
        ("moves.csv", 3, "amount", "1.005", "amount_too_precise"),
        ("moves.csv", 4, "kind", "theft", "kind_unknown"),
    ]


def test_a_thousand_faults_are_listed_and_the_rest_counted(tmp_path: Path):
    rows = [row_with("moves.csv", entry=f"E{n}", amount="0") for n in range(1_312)]
    folder, entries = read_to_the_end(make_stall(tmp_path / "stall", moves=rows))
    assert (len(list(folder.faults)), len(folder.faults), folder.faults.remainder()) == (1_000, 1_312, "and 312 more")
    assert entries == []


def test_a_fault_says_place_words_and_what_was_expected():
    fault = Fault.of(ValueUnreadable(asked="many", what="a number"), file="visits.csv", line=7, column="jobs", found="many")
    assert str(fault) == "visits.csv, line 7, jobs: “many” is not a number. Expected: a number."
    assert Faults().remainder() == ""


def test_a_fault_shows_nothing_that_steers_a_terminal():
    asked = "\x1b]0;owned\x07\u202e\udcff" + "x" * 500
    fault = Fault.of(ValueUnreadable(asked=asked, what="a number"), file="f", column="\x00", found=asked)
    assert all(text.isprintable() for text in (fault.column, fault.found, fault.words, fault.expected))
    assert fault.found.startswith(r"\x1b]0;owned\x07\u202e\xff")
    assert len(fault.words) < 500
