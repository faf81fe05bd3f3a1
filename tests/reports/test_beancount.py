"""The books as beancount reads them: accepted by its own check, exact to the smallest part, under names it takes."""

import csv
import io
import re
import subprocess
import sys
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
import regex
from beancount import loader
from beancount.core.account import ACCOUNT_RE
from beancount.core.data import Balance, Commodity, Open, Transaction
from beancount.parser import parser
from django.db import connection
from hypothesis import example, given
from hypothesis import strategies as st

from tallystick.bundles.folder.layout import COLUMNS
from tallystick.bundles.folder.reading import open_folder
from tallystick.bundles.taking.take import take_folder
from tallystick.core.amount import show_amount
from tallystick.ledger.queries import state
from tallystick.reports.beancount import Names, account_part, commodity, quoted, write_beancount
from tallystick.reports.holdings import whose_hands
from tallystick.vault.keys import unlocked

LAMPS = Path(__file__).parents[2] / "examples" / "lamps"
RECORDED_AT = datetime(2026, 1, 5, 9, tzinfo=UTC)
NAMES = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=20)
HEADER = """format = 1
name = "Stalls \\"by the river\\" \\\\ 강가"
rehearsal = true
home = "KR"
reporting_unit = "USD"
opened = 2014-03-01
"""
# Names as people choose them, and none that beancount would take as it stands.
ODD: dict[str, list[tuple[str, ...]]] = {
    "units": [
        ("USD", "money", "2", "US dollar", ""),
        ("kg", "goods", "3", 'rice, "polished", kilogram', "1006.30"),
        ("KG", "goods", "0", "a unit that differs by its capitals alone", "1006.30"),
        ("W", "goods", "0", "solar watt", "8541.43"),
        ("TRUE", "goods", "0", "a word that beancount keeps for itself", "8541.43"),
        ("쌀", "goods", "0", "rice, sack", "1006.30"),
        ("25-LAMP", "goods", "0", "lamps by the 25", "9405.21"),
    ],
    "parties": [
        ("parish of st. anne", "donor", "", "", ""),
        ("our office", "custodian:fund", "Seoul", "", ""),
        ("Our-office", "custodian:fund", "Seoul", "", ""),
        ("OUR OFFICE", "custodian:fund", "Seoul", "", ""),
        ("제비", "custodian:carrier", "Hyesan", "", ""),
        ("(heron)", "custodian:agent", "Yanji", "", ""),
        ("r.01", "recipient", "Ryanggang", "", ""),
    ],
    "earmarks": [("학교 lamps!", "parish of st. anne", "USD", ""), ("학교 lamps?", "parish of st. anne", "kg", "")],
    "grants": [("G 1", "r.01", "stall", "학교 lamps!", "REH/1", "USD", "50.00", "1")],
    "authorisations": [
        ("REH/1", "KR", "rehearsal", "invented", "stalls", "2014-01-01", "2015-01-01", "USD", "1000.00")
    ],
    "moves": [
        ("2014-03-03T00:30:00+09:00", "E 1", "gift", "parish of st. anne", "our office", "USD", "90.00", "학교 lamps!", "", "", ""),
        ("2014-03-03T08:00:00+09:00", "E/2", "gift", "parish of st. anne", "OUR OFFICE", "kg", "0.001", "학교 lamps?", "", "", ""),
        ("2014-03-03T08:00:00+09:00", "E/2", "gift", "parish of st. anne", "OUR OFFICE", "KG", "7", "학교 lamps?", "", "", ""),
        ("2014-03-03T08:00:00+09:00", "E/2", "gift", "parish of st. anne", "Our-office", "W", "5", "학교 lamps?", "", "", ""),
        ("2014-03-03T08:00:00+09:00", "E/2", "gift", "parish of st. anne", "Our-office", "TRUE", "5", "학교 lamps?", "", "", ""),
        ("2014-03-03T08:00:00+09:00", "E/2", "gift", "parish of st. anne", "Our-office", "쌀", "5", "학교 lamps?", "", "", ""),
        ("2014-03-03T08:00:00+09:00", "E/2", "gift", "parish of st. anne", "Our-office", "25-LAMP", "5", "학교 lamps?", "", "", ""),
        ("2014-03-04T08:00:00+09:00", "H 3", "handover", "our office", "(heron)", "USD", "80.00", "학교 lamps!", "", "REH/1", ""),
        ("2014-03-05T08:00:00+09:00", "둘 4", "dispatch", "(heron)", "제비", "USD", "60.00", "학교 lamps!", "G 1", "REH/1", ""),
        ("2014-03-06T08:00:00+09:00", "둘 4", "receipt", "(heron)", "제비", "USD", "60.00", "학교 lamps!", "G 1", "REH/1", ""),
        ("2014-03-07T08:00:00+09:00", "C 5", "cost", "제비", "@cost:bridge: the guard's \"fee\"", "USD", "2.00", "학교 lamps!", "", "",
         'he said "it is\\always so"'),
        ("2014-03-07T08:00:00+09:00", "C 5", "cost", "제비", "@cost:bridge; the guard's \"fee\"", "USD", "3.00", "학교 lamps!", "", "", ""),
        ("2014-03-08T08:00:00+09:00", "P 6", "payout", "제비", "r.01", "USD", "50.00", "학교 lamps!", "G 1", "REH/1", "; no comment"),
    ],
}  # fmt: skip


def take(folder: Path) -> None:
    with open_folder(folder) as opened:
        take_folder(opened, keyring=unlocked(), recorded_at=RECORDED_AT)


def write(path: Path) -> Path:
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        write_beancount(file)
    return path


def bean_check(path: Path) -> subprocess.CompletedProcess[str]:
    command = [Path(sys.executable).parent / "bean-check", "--no-cache", path]
    return subprocess.run(command, capture_output=True, text=True, timeout=300)


def directives(path: Path, *, of: type) -> list[Any]:
    entries, errors, _ = loader.load_file(str(path))
    assert not errors
    return [entry for entry in entries if isinstance(entry, of)]


def write_folder(folder: Path, tables: dict[str, list[tuple[str, ...]]], *, header: str = HEADER) -> Path:
    """A programme folder of these rows; what is not named has none."""
    folder.mkdir()
    (folder / "programme.toml").write_text(header, encoding="utf-8")
    for file, columns in COLUMNS.items():
        with open(folder / file, "w", encoding="utf-8", newline="") as written:
            csv.writer(written).writerows([columns, *tables.get(file.partition(".")[0], ())])
    return folder


@pytest.fixture
def lamps(db: None, tmp_path: Path) -> Path:
    """The lamps programme, written for beancount."""
    take(LAMPS)
    return write(tmp_path / "lamps.beancount")


@pytest.fixture
def odd(db: None, tmp_path: Path) -> Path:
    """A programme full of odd names, written for beancount."""
    take(write_folder(tmp_path / "folder", ODD))
    return write(tmp_path / "odd.beancount")


def test_bean_check_accepts_the_lamps(lamps: Path):
    checked = bean_check(lamps)
    assert (checked.returncode, checked.stderr) == (0, "")
    assert len(directives(lamps, of=Transaction)) == len(list(state.all_entries()))


def test_bean_check_accepts_a_generated_programme(db: None, shared: Path, tmp_path: Path):
    generator = [sys.executable, shared / "tools" / "generate_programme.py"]
    subprocess.run([*generator, tmp_path / "folder", "--moves", "2000", "--seed", "3"], check=True)
    take(tmp_path / "folder")
    checked = bean_check(write(tmp_path / "generated.beancount"))
    assert (checked.returncode, checked.stderr) == (0, "")


def test_bean_check_accepts_odd_names(odd: Path):
    checked = bean_check(odd)
    assert (checked.returncode, checked.stderr) == (0, "")


@pytest.mark.parametrize("unit", ["USD", "KRW", "LAMP", "FERT"])
def test_a_balance_off_by_the_smallest_part_is_refused(lamps: Path, unit: str):
    text = lamps.read_text(encoding="utf-8")
    stated = re.findall(rf"balance .*  (-?[0-9.]+) ~ 0 {unit}$", text, re.MULTILINE)[-1]
    parts = int(stated.replace(".", "")) + 1
    wrong = show_amount(parts, len(stated.partition(".")[2]))
    start, _, end = text.rpartition(f"  {stated} ~ 0 {unit}\n")
    lamps.write_text(f"{start}  {wrong} ~ 0 {unit}\n{end}", encoding="utf-8")
    checked = bean_check(lamps)
    assert checked.returncode == 1
    assert "Balance failed" in checked.stderr


def test_a_balance_changed_in_the_database_is_refused(lamps: Path):
    with connection.cursor() as cursor:
        one = "holder = 'OFFICE' AND unit_id = 'USD' AND earmark_id = 'SHOPS'"
        cursor.execute(f"UPDATE ledger_account SET balance = balance + 1 WHERE {one}")
        assert cursor.rowcount == 1
    checked = bean_check(write(lamps))
    assert checked.returncode == 1
    assert "Assets:Custodian:OFFICE:SHOPS" in checked.stderr


def test_every_account_and_unit_has_a_balance_the_day_after_the_last_entry(lamps: Path):
    balances = directives(lamps, of=Balance)
    opened = {one.account: one.meta for one in directives(lamps, of=Open)}
    stated = {
        (opened[one.account]["holder"], one.amount.currency, opened[one.account]["earmark"]): str(one.amount.number)
        for one in balances
    }
    assert {one.date for one in balances} == {date(2015, 6, 2)}
    assert {one.tolerance for one in balances} == {0}
    assert len(stated) == len(list(state.account_rows()))
    held = {(one.holder, one.unit, one.earmark): show_amount(one.amount, one.places) for one in whose_hands()}
    assert {key: number for key, number in stated.items() if float(number)} == held


def test_an_entry_stands_on_its_own_day_and_within_a_day_in_the_order_of_the_acts(odd: Path):
    transactions = directives(odd, of=Transaction)
    said = [(one.date, int(one.meta["act"]), one.narration) for one in transactions]
    assert said == sorted(said)
    assert said[0][0] == date(2014, 3, 3)  # in UTC it was still the second of March
    assert transactions[0].meta["time"] == "00:30:00+09:00"
    assert [narration for _, _, narration in said] == [
        "E 1: gift", "E/2: gift", "H 3: handover", "둘 4: dispatch", "둘 4: receipt", "C 5: cost", "P 6: payout",
    ]  # fmt: skip


def test_the_true_names_stand_beside_the_altered_ones(odd: Path):
    holders = [one.meta["holder"] for one in directives(odd, of=Open)]
    assert set(holders) == {holder for holder, *_ in state.account_rows()}
    accounts = {one.account: one.meta["holder"] for one in directives(odd, of=Open)}
    assert len(accounts) == len(holders)
    units = {one.currency: one.meta for one in directives(odd, of=Commodity)}
    assert [meta["unit"] for meta in units.values()] == [row[0] for row in ODD["units"]]
    assert "KG" in units  # only what must be altered is
    rice = next(meta for meta in units.values() if meta["unit"] == "kg")
    assert (rice["name"], rice["hs-code"], rice["precision"]) == ('rice, "polished", kilogram', "1006.30", 3)


def test_a_posting_says_its_kind_grant_basis_and_note(odd: Path):
    *_, cost, payout = directives(odd, of=Transaction)
    assert {posting.meta["kind"] for posting in cost.postings} == {"cost"}
    assert cost.postings[0].meta["note"] == 'he said "it is\\always so"'
    taker = payout.postings[1]
    assert taker.account.startswith("Expenses:Recipient:R-01-X")
    assert (str(taker.units.number), taker.units.currency) == ("50.00", "USD")
    assert (taker.meta["grant"], taker.meta["authorisation"], taker.meta["note"]) == ("G 1", "REH/1", "; no comment")


def test_a_reversal_names_what_it_takes_back(lamps: Path):
    taken_back = [posted for posted in state.all_entries() if posted.reverses]
    said = [one.meta["reverses"] for one in directives(lamps, of=Transaction) if "reverses" in one.meta]
    assert said == [posted.reverses for posted in taken_back]


def test_a_rehearsal_says_so_in_its_first_lines_and_its_title(odd: Path):
    assert odd.read_text(encoding="utf-8").splitlines()[1] == "; REHEARSAL: everyone in these books is invented."
    _, _, options = loader.load_file(str(odd))
    assert options["title"] == 'Stalls "by the river" \\ 강가 (rehearsal)'
    assert options["operating_currency"] == ["USD"]


def test_books_without_a_programme_are_an_empty_file(db: None, tmp_path: Path):
    path = write(tmp_path / "empty.beancount")
    assert bean_check(path).returncode == 0
    assert "No programme is opened" in path.read_text(encoding="utf-8")


def test_few_entries_at_a_time_make_the_same_file(lamps: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(state, "CHUNK", 7)
    told: list[int] = []
    text = io.StringIO()
    assert write_beancount(text, told=told.append) == sum(told) == 126
    assert text.getvalue() == lamps.read_text(encoding="utf-8")


@given(st.lists(NAMES, unique=True, max_size=50))
@example(["amina", "Amina", "AMINA", "Amina-X12345678", "-amina", "amina!", "amina?", "ßß", "ŉ", "한국", "!", "?", "-"])
def test_parts_of_accounts_are_legal_and_no_two_alike(names: list[str]):
    named = Names(account_part)
    given_names = [named(name) for name in names]
    assert len(set(given_names)) == len(names)
    assert [named(name) for name in names] == given_names
    assert all(regex.fullmatch(ACCOUNT_RE, f"Assets:{name}:{name}") for name in given_names)


@given(st.lists(NAMES | st.text("ABXZ019'._-", min_size=1, max_size=6), unique=True, min_size=1, max_size=50))
@example(["USD", "usd", "W", "w", "TRUE", "FALSE", "NULL", "25L", "/6J", "LAMP.", "LAMP-XABCDEF01", "쌀", "!", "'"])
def test_commodities_are_legal_and_no_two_alike(codes: list[str]):
    named = Names(commodity)
    given_names = [named(code) for code in codes]
    assert len(set(given_names)) == len(codes)
    text = "\n".join(f"2014-03-01 commodity {name}\n2014-03-02 balance Assets:A  1 ~ 0 {name}" for name in given_names)
    entries, errors, _ = parser.parse_string(text)
    assert not errors
    assert sorted(one.currency for one in entries if isinstance(one, Commodity)) == sorted(given_names)


def test_a_legal_name_stays_as_it_is():
    parts, codes = ["OFFICE", "R01", "Swallow-2", "2-Lamps"], ["USD", "TRUCK25", "NT.TO"]
    assert [Names(account_part)(name) for name in parts] == parts
    assert [Names(commodity)(code) for code in codes] == codes


def test_names_whose_digits_begin_alike_take_more_of_them():
    digits = sha256(b"amina").hexdigest().upper()
    named = Names(account_part)
    named.true_of |= {f"Amina-X{digits[:length]}": "another" for length in range(8, 12)}
    assert named("amina") == f"Amina-X{digits[:12]}"


@given(st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\x00")))
def test_a_quoted_text_is_read_back_as_it_was(text: str):
    entries, errors, _ = parser.parse_string(f"2014-03-01 commodity USD\n  note: {quoted(text)}\n")
    assert not errors
    assert entries[0].meta["note"] == text
