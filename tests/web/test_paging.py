"""Long lists a leaf at a time: whichever way somebody turns them, every row comes once and in its order."""

from collections.abc import Sequence
from urllib.parse import parse_qsl

import pytest
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from tallystick.staff.models import Member
from tallystick.web.paging import SIZES, Leaf, cut, is_number, leaf, place, rows_of, turn_of
from tests.signing_in import member

CODES = st.integers(0, 130).map(lambda count: [f"C{number:03}" for number in range(count)])


def look(address: str, codes: Sequence[str]) -> Leaf[str]:
    """The leaf of these codes that an address asks for."""
    request = RequestFactory().get(f"/{address}")
    turn = turn_of(request)
    return leaf(request, cut(codes, turn, place=str), turn=turn, place=str)


@given(CODES, st.sampled_from(SIZES))
def test_turning_on_to_the_end_shows_every_row_once(codes: list[str], size: int):
    seen, address = [], f"?rows={size}"
    while address:
        found = look(address, codes)
        assert len(found.rows) <= size
        seen += found.rows
        address = found.later
    assert seen == codes


@given(CODES, st.sampled_from(SIZES))
def test_turning_back_shows_what_was_seen_before(codes: list[str], size: int):
    address, way = f"?rows={size}", []
    while address:
        way.append(look(address, codes))
        address = way[-1].later
    found = way.pop()
    while way:
        before = way.pop()
        found = look(found.earlier, codes)
        assert found.rows == before.rows
    assert not found.earlier or not look(found.earlier, codes).rows


@given(CODES)
def test_a_list_that_fits_has_no_other_leaf(codes: list[str]):
    assert look("?rows=100", codes).is_whole == (len(codes) <= 100)


def test_what_else_stands_in_the_address_stays_in_it():
    codes = [f"C{number:03}" for number in range(60)]
    found = look("?kind=custodian%3Aagent&code=C&after=C024", codes)
    assert dict(parse_qsl(found.later[1:])) == {"kind": "custodian:agent", "code": "C", "after": "C049"}
    assert dict(parse_qsl(found.earlier[1:])) == {"kind": "custodian:agent", "code": "C", "before": "C025"}
    assert dict(parse_qsl(found.first[1:])) == {"kind": "custodian:agent", "code": "C"}
    assert [dict(parse_qsl(one.address[1:]))["rows"] for one in found.sizes] == ["25", "50", "100"]
    assert "after" not in found.sizes[1].address, "another size begins at the start"


def test_a_row_that_is_gone_leads_back_to_the_start():
    codes = [f"C{number:03}" for number in range(60)]
    for address in ("?after=GONE", "?before=GONE"):
        found = look(address, codes)
        assert found.rows == tuple(codes[:25])
        assert found.later.endswith("after=C024")


@pytest.mark.parametrize("address", ["?rows=26", "?rows=1000000", "?rows=-1", "?rows=", "?rows=all"])
def test_nobody_asks_for_more_rows_than_there_are_sizes_for(address: str):
    assert turn_of(RequestFactory().get(f"/{address}")).size == SIZES[0]


@pytest.mark.parametrize("at", ["-1", "1.5", "x", "", "9" * 19, "٣"])
def test_a_place_that_is_no_number_is_the_start_of_a_list_of_numbers(at: str):
    assert turn_of(RequestFactory().get("/", {"after": at}), fits=is_number).at == ""


def test_a_place_of_several_parts_comes_back_in_parts():
    turn = turn_of(RequestFactory().get("/", {"before": place(3, "HERON")}))
    assert (turn.parts, turn.is_back) == (["3", "HERON"], True)


@pytest.mark.django_db
@pytest.mark.parametrize(("by", "order"), [("username", 1), ("-username", -1)])
def test_the_rows_of_a_query_come_a_leaf_at_a_time(by: str, order: int):
    names = [f"CLERK-{number:02}" for number in range(30)][::order]
    for name in names:
        member(name, roles=("analyst",), second_factor=False)
    chosen = Member.objects.filter(username__startswith="CLERK-")

    def turned(address: str) -> Leaf[Member]:
        request = RequestFactory().get(f"/{address}")
        turn = turn_of(request)
        return leaf(request, rows_of(chosen, turn, by=by), turn=turn, place=lambda one: one.username)

    first = turned("")
    second = turned(first.later)
    assert [one.username for one in (*first.rows, *second.rows)] == names
    assert not second.later
    assert turned(second.earlier).rows == first.rows
