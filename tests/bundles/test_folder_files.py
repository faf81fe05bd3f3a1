"""Files that cannot be read, or not in every line: encoding, columns, quotation marks, TOML."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tallystick.bundles.folder.layout import COLUMNS, MOVES, PROGRAMME
from tests.bundles.folder_making import STALL, Shown, faults_in, make_stall, read_to_the_end, row_with, shown


def replaced(file: str, data: bytes) -> Callable[[Path], None]:
    return lambda folder: (folder / file).write_bytes(data) and None


def headed(file: str, *columns: str) -> Callable[[Path], None]:
    return replaced(file, ",".join(columns).encode() + b"\n" + ",".join("x" for _ in columns).encode() + b"\n")


KOREAN = "R01,recipient,평양,,\n".encode("cp949")
PARTY_HEAD = b"party,kind,place,holding_limit,note\n"
PARTIES = b"PARISH,donor,,,\nOFFICE,custodian:fund,,,\n"
CASES: list[tuple[str, Callable[[Path], None], list[Shown]]] = [
    ("absent", lambda folder: (folder / "legs.csv").unlink(), [("legs.csv", None, "", "", "file_missing")]),
    ("toml absent", lambda folder: (folder / PROGRAMME).unlink(), [("programme.toml", None, "", "", "file_missing")]),
    ("empty", replaced("legs.csv", b""), [("legs.csv", None, "", "", "header_missing")]),
    ("blank", replaced("legs.csv", b"\xef\xbb\xbf\r\n\r\n"), [("legs.csv", None, "", "", "header_missing")]),
    (
        "a column missing",
        headed("earmarks.csv", "earmark", "donor", "unit"),
        [("earmarks.csv", 1, "purpose", "", "file_columns")],
    ),
    (
        "a column unknown",
        headed("earmarks.csv", "earmark", "donor", "unit", "purpose", "colour"),
        [("earmarks.csv", 1, "colour", "colour", "file_columns"), ("earmarks.csv", 2, "unit", "x", "unit_unknown")],
    ),
    (
        "a column twice",
        headed("earmarks.csv", "earmark", "donor", "unit", "purpose", "donor"),
        [("earmarks.csv", 1, "donor", "donor", "file_columns")],
    ),
    (
        "a column misspelt",
        headed("earmarks.csv", "earmark", "doner", "unit", "purpose"),
        [("earmarks.csv", 1, "donor", "", "file_columns"), ("earmarks.csv", 1, "doner", "doner", "file_columns")],
    ),
    (
        "a column without a name",
        headed("earmarks.csv", "earmark", "donor", "unit", "purpose", ""),
        [("earmarks.csv", 1, "", "", "file_columns"), ("earmarks.csv", 2, "unit", "x", "unit_unknown")],
    ),
    (
        "parted by semicolons",
        replaced("earmarks.csv", b"earmark;donor;unit;purpose\nSHOPS;PARISH;USD;shops\n"),
        [("earmarks.csv", 1, "", "earmark;donor;unit;purpose", "file_columns")],
    ),
    (
        "too few cells",
        replaced("earmarks.csv", b"earmark,donor,unit,purpose\n\nSHOPS,PARISH,USD\n"),
        [("earmarks.csv", 3, "", "SHOPS,PARISH,USD", "row_width")],
    ),
    (
        "too many cells",
        replaced("earmarks.csv", b"earmark,donor,unit,purpose\nSHOPS,PARISH,USD,shops, stalls\n"),
        [("earmarks.csv", 2, "", "SHOPS,PARISH,USD,shops, stalls", "row_width")],
    ),
    (
        "text behind a quotation mark",
        replaced("earmarks.csv", b'earmark,donor,unit,purpose\nSHOPS,PARISH,USD,"big" shops\nS2,PARISH,USB,x\n'),
        [("earmarks.csv", 2, "", "", "file_quoting"), ("earmarks.csv", 3, "unit", "USB", "unit_unknown")],
    ),
    (
        "a quotation mark never closed",
        replaced("earmarks.csv", b'earmark,donor,unit,purpose\nS1,PARISH,USD,x\nSHOPS,PARISH,USD,"shops\n\n\n'),
        [("earmarks.csv", 3, "", "", "file_quoting")],
    ),
    (
        "a cell without end",
        replaced("earmarks.csv", b'earmark,donor,unit,purpose\nSHOPS,PARISH,USD,"' + b"x" * 200_000 + b"\n"),
        [("earmarks.csv", 2, "", "", "file_quoting")],
    ),
    (
        "a line without end",
        replaced("earmarks.csv", b"earmark,donor,unit,purpose\n" + b"x," * 700_000 + b"\n"),
        [("earmarks.csv", 2, "", "x," * 60 + "…", "row_width"), ("earmarks.csv", 3, "", "x," * 60 + "…", "row_width")],
    ),
    (
        "carriage returns alone",
        replaced("earmarks.csv", b"earmark,donor,unit,purpose\rSHOPS,PARISH,USD,shops\r"),
        [("earmarks.csv", 1, "", "", "file_quoting")],
    ),
    (
        "a line break in a cell",
        replaced("earmarks.csv", b'earmark,donor,unit,purpose\n\nSHOPS,PARISH,USD,"shops\nand stalls"\nS2,PARISH,USB,x\n'),
        [
            ("earmarks.csv", 3, "purpose", r"shops\nand stalls", "text_holds_control"),
            ("earmarks.csv", 5, "unit", "USB", "unit_unknown"),
        ],
    ),
    (
        "a NUL byte",
        replaced("earmarks.csv", b"earmark,donor,unit,purpose\nSHOPS,PARISH,USD,sho\0ps\n"),
        [("earmarks.csv", 2, "purpose", r"sho\x00ps", "text_holds_control")],
    ),
    (
        "a line in cp949",
        replaced("parties.csv", PARTY_HEAD + PARTIES + KOREAN + b"R01,recipient,,USB 5,\n"),
        [
            ("parties.csv", 4, "place", r"\xc6\xf2\xbe\xe7", "file_encoding"),
            ("parties.csv", 5, "holding_limit", "USB 5", "unit_unknown"),
        ],
    ),
    (
        "a header in Latin-1",
        replaced("parties.csv", b"party,kind,pl\xe4ce,holding_limit,note\n" + PARTIES),
        [("parties.csv", 1, "", "pl\\xe4ce", "file_encoding")],
    ),
    (
        "Latin-1 in the second line of a cell",
        replaced("parties.csv", PARTY_HEAD + PARTIES + b'R01,recipient,"Ryang\ngang\xe9,\n",,\n'),
        [("parties.csv", 5, "", "gang\\xe9", "file_encoding"), ("parties.csv", 6, "", "", "file_quoting")],
    ),
    (
        "UTF-16",
        replaced("parties.csv", (PARTY_HEAD + PARTIES).decode().encode("utf-16")),
        [("parties.csv", 1, "", "", "file_other_encoding")],
    ),
    (
        "UTF-16 without a mark",
        replaced("parties.csv", (PARTY_HEAD + PARTIES).decode().encode("utf-16-le")),
        [("parties.csv", 1, "", "", "file_other_encoding")],
    ),
    (
        "TOML in UTF-16",
        replaced(PROGRAMME, "format = 1\n".encode("utf-16")),
        [("programme.toml", None, "", "", "file_other_encoding")],
    ),
    (
        "TOML in cp949",
        replaced(PROGRAMME, b"format = 1\nname = \"" + "등불".encode("cp949") + b"\"\n"),
        [("programme.toml", 2, "", "", "file_encoding")],
    ),
    (
        "no TOML",
        replaced(PROGRAMME, b"format = 1\nname: A stall\n"),
        [("programme.toml", 2, "", "", "toml_unreadable")],
    ),
    (
        "a key twice",
        replaced(PROGRAMME, b"format = 1\nformat = 1\n"),
        [("programme.toml", 2, "", "", "toml_unreadable")],
    ),
    (
        "a nesting beyond measure",
        replaced(PROGRAMME, b"format = " + b"[" * 100_000),
        [("programme.toml", None, "", "", "toml_unreadable")],
    ),
    (
        "a number beyond measure",
        replaced(PROGRAMME, b"format = " + b"9" * 10_000),
        [("programme.toml", None, "", "", "toml_unreadable")],
    ),
    (
        "a TOML file of a book's length",
        replaced(PROGRAMME, b"format = 1\n" + b"# and so on\n" * 90_000),
        [("programme.toml", None, "", "", "toml_unreadable")],
    ),
    (
        "a hexadecimal number beyond measure",
        replaced(PROGRAMME, b"format = 0x" + b"f" * 10_000),
        [("programme.toml", 1, "format", "0x" + "f" * 118 + "…", "format_version")],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("change", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_a_file_that_cannot_be_read_is_named_with_its_place(
    tmp_path: Path, change: Callable[[Path], None], expected: list[Shown]
):
    folder = make_stall(tmp_path / "stall", grants=[], visits=[], vouches=[], moves=[], legs=[], earmarks=[])
    change(folder)
    assert shown(faults_in(folder)) == expected


def test_every_file_that_is_absent_is_named(tmp_path: Path):
    (tmp_path / "empty").mkdir()
    faults = faults_in(tmp_path / "empty")
    assert [fault.file for fault in faults] == [PROGRAMME, *(file for file in COLUMNS if file != MOVES), MOVES]
    assert {fault.code for fault in faults} == {"file_missing"}
    assert faults[1].words == "empty has no units.csv."


def test_a_folder_in_the_place_of_a_file_is_no_file(tmp_path: Path):
    folder = make_stall(tmp_path / "stall")
    (folder / "legs.csv").unlink()
    (folder / "legs.csv").mkdir()
    assert shown(faults_in(folder)) == [("legs.csv", None, "", "", "file_missing")]


@pytest.mark.parametrize("file", ["legs.csv", "moves.csv", PROGRAMME])
def test_a_file_that_may_not_be_read_is_named(tmp_path: Path, file: str, monkeypatch: pytest.MonkeyPatch):
    folder = make_stall(tmp_path / "stall")
    opened = Path.open

    def refuse(path: Path, *how: object, **options: object):
        if path.name == file:
            raise PermissionError(13, "Permission denied")
        return opened(path, *how, **options)

    monkeypatch.setattr(Path, "open", refuse)
    (fault,) = faults_in(folder)
    assert (fault.file, fault.code, fault.words) == (file, "file_unopened", f"{file} cannot be read: Permission denied.")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_in_the_place_of_a_file_does_not_hang(tmp_path: Path):
    folder = make_stall(tmp_path / "stall")
    (folder / "legs.csv").unlink()
    os.mkfifo(folder / "legs.csv")
    assert shown(faults_in(folder)) == [("legs.csv", None, "", "", "file_missing")]


def test_a_file_in_another_encoding_is_given_up_after_a_while(tmp_path: Path):
    folder = make_stall(tmp_path / "stall")
    (folder / "parties.csv").write_bytes(PARTY_HEAD + PARTIES + KOREAN * 500)
    faults = faults_in(folder)
    assert [fault.code for fault in faults] == ["file_encoding"] * 19 + ["file_other_encoding"]
    assert faults[0].words == "Byte 0xC6 is not UTF-8."
    assert "UTF-8" in faults[-1].expected


def test_where_the_units_cannot_be_read_no_unit_is_unknown(tmp_path: Path):
    folder = make_stall(tmp_path / "stall", moves=[row_with("moves.csv", amount="much"), *STALL["moves.csv"][1:]])
    (folder / "units.csv").unlink()
    assert shown(faults_in(folder)) == [
        ("units.csv", None, "", "", "file_missing"),
        ("moves.csv", 2, "amount", "much", "amount_unreadable"),
    ]


def test_other_files_in_the_folder_are_nobodys_business(tmp_path: Path):
    folder = make_stall(tmp_path / "stall")
    (folder / "expected").mkdir()
    (folder / "notes.csv").write_bytes(b"\xff\xfe\0")
    assert list(read_to_the_end(folder)[0].faults) == []
