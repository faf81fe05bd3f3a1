"""Parties as they were made: by code, in the order of their acts, with the limits on what each may hold."""

import pytest

from tallystick.core.party import HoldingLimit, Party
from tallystick.people import models
from tallystick.people.queries import parties
from tests import books
from tests.bundles import full_stall

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def stall(db: None, tmp_path_factory: pytest.TempPathFactory) -> None:
    full_stall.keep(tmp_path_factory.mktemp("people") / "stall")


def test_parties_come_in_the_order_in_which_they_were_made() -> None:
    assert list(parties()) == ["PARISH", "OFFICE", "HERON", "R01", "BANK", "R02"]


def test_a_party_is_read_as_it_was_said() -> None:
    limits = (HoldingLimit("USD", 5_000_00), HoldingLimit("LAMP", 7))
    assert parties()["BANK"] == Party("BANK", "custodian:bank", "Yanji", limits, "keeps a limit")
    assert parties()["PARISH"] == Party("PARISH", "donor")


def test_those_asked_for_come_alone_and_the_unknown_not_at_all() -> None:
    asked = parties(codes=["R02", "GULL", "OFFICE"])
    assert list(asked) == ["OFFICE", "R02"]
    assert asked["OFFICE"].holding_limit == (HoldingLimit("USD", 80_000_00),)
    assert parties(codes=[]) == {}


def test_more_parties_may_be_asked_for_than_a_statement_has_places() -> None:
    assert list(parties(codes=[f"GULL-{number}" for number in range(100_000)] + ["R01"])) == ["R01"]


def test_rows_read_well() -> None:
    assert str(models.Party.objects.get(code="BANK")) == "BANK"
    assert str(models.HoldingLimit.objects.get(unit="LAMP")) == "BANK may hold 7 parts of LAMP"
    assert books.proof().holds
