"""The plain records of each room: read out of the books they are what the folder said, in the order in which it said them."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tallystick.authorisations.models import Authorisation
from tallystick.authorisations.queries import authorisations
from tallystick.bundles.folder.reading import open_folder
from tallystick.bundles.standing import COUNTED, KEYED
from tallystick.core.visit import Visit
from tallystick.core.vouch import Vouch
from tallystick.corridors.models import Leg
from tallystick.grants.models import Grant
from tallystick.grants.queries import grants
from tallystick.journal.models import Act, Checkpoint, Office
from tallystick.ledger import models as ledger
from tallystick.ledger.queries.records import earmarks, programme, units
from tallystick.ventures.models import Visit as VisitRow
from tallystick.ventures.queries import visits
from tallystick.vetting.models import Vouch as VouchRow
from tallystick.vetting.queries import vouches
from tests import books
from tests.bundles import full_stall

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("folder", ["lamps", "stall"])
def test_every_record_is_read_as_the_folder_said_it(tmp_path: Path, folder: str) -> None:
    if folder == "stall":
        full_stall.keep(tmp_path / "stall")
    else:
        books.found()
        books.take(books.LAMPS)
    with open_folder(tmp_path / "stall" if folder == "stall" else books.LAMPS) as said:
        assert programme() == said.programme
        readers: dict[str, Callable[[], Any]] = {**KEYED, **COUNTED}
        for file, read in readers.items():
            held = read()
            assert list(held.values() if isinstance(held, dict) else held) == [one.record for one in said.records[file]], file


def test_books_without_a_programme_have_no_records() -> None:
    books.found()
    assert programme() is None
    assert units() == earmarks() == grants() == authorisations() == {}
    assert vouches() == visits() == []


def test_grants_asked_for_come_alone(tmp_path: Path) -> None:
    full_stall.keep(tmp_path / "stall")
    assert list(grants(codes={"G02", "G99"})) == ["G02"]
    assert list(grants(codes=set())) == []


def test_what_was_left_empty_is_nothing_and_not_zero(tmp_path: Path) -> None:
    full_stall.keep(tmp_path / "stall")
    assert [vouch.known_years for vouch in vouches() if isinstance(vouch, Vouch)] == [20, None]
    visit: Visit = visits()[-1]
    assert (visit.trading, visit.takings_month, visit.jobs, visit.helped_others) == (False, None, None, None)


def test_rows_read_well(tmp_path: Path) -> None:
    full_stall.keep(tmp_path / "stall")
    office = Office.objects.get().code
    assert [str(one) for one in (Office.objects.get(), Act.objects.get(id=2), Checkpoint.objects.order_by("number").last())] == [
        f"office {office}", f"act 2 of {office}: unit_defined", f"checkpoint of {office} at act {Act.objects.count()}",
    ]  # fmt: skip
    for model, said in (
        (ledger.Programme, "A stall by the river"), (ledger.Unit, "LAMP"), (ledger.Earmark, "LIGHT"), (Authorisation, "REH"),
        (Leg, "SEL-YNJ"), (Grant, "G01"), (ledger.Entry, "E1"), (ledger.Account, "PARISH, USD for SHOPS"),
    ):  # fmt: skip
        assert said in [str(row) for row in model.objects.all()], model
    first = ledger.Move.objects.order_by("entry_id", "line").first()
    assert str(first) == f"gift of 90000 parts in {first.entry_id}"
    assert all(str(row) for table in (VouchRow, VisitRow) for row in table.objects.all())
