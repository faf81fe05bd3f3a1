"""Ventures in the browser: the list, one, what is said of one, and how long they last."""

import re
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from tallystick.core.survival import Lived, product_limit
from tallystick.core.venture import Venture
from tallystick.reports.ventures import survival
from tallystick.ventures.models import Venture as VentureRow
from tallystick.ventures.queries import ends_by_grant, venture_of, visits_by_grant
from tallystick.web.ventures.chart import chart_of, percent
from tests.signing_in import says, signed_in

pytestmark = pytest.mark.django_db
VISIT = {
    "grant": "G01", "visited_on": "2016-03-01", "trading": "yes", "unit_code": "CNY", "takings": "4,500.50", "informal": "",
    "jobs": "3", "helped_others": "", "shock": "flood",
}  # fmt: skip


@pytest.fixture
def coordinator(lamps: None) -> Any:
    return signed_in("TEAL", roles=("coordinator",))


def say(browser: Any, path: str, *, sent: dict[str, str], step: str = "say") -> Any:
    return browser.post(path, sent | {"step": step})


def test_a_visit_is_looked_at_and_reported_and_what_was_left_empty_is_not_nought(coordinator: Any):
    looked = says(say(coordinator, "/ventures/visit", sent=VISIT, step="look"))
    assert "CNY 4,500.50" in looked
    answer = say(coordinator, "/ventures/visit", sent=VISIT)
    assert (answer.status_code, answer["Location"]) == (302, "/ventures/of/G01")
    seen = visits_by_grant(["G01"])["G01"][-1]
    assert (seen.takings_month, seen.unit, seen.informal_payments_month, seen.helped_others) == (450_050, "CNY", None, None)
    shown = says(coordinator.get("/ventures/of/G01"))
    assert "4,500.50" in shown
    assert "flood" in shown
    assert "trading, seen on 1 Mar 2016" in shown


def test_a_visit_that_was_told_no_figures_needs_no_unit(coordinator: Any):
    plain = VISIT | {"unit_code": "", "takings": "", "trading": "no"}
    assert say(coordinator, "/ventures/visit", sent=plain).status_code == 302
    assert "ended on 1 Mar 2016" in says(coordinator.get("/ventures/of/G01"))


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"grant": "G99"}, "grant_unknown"),
        ({"visited_on": "2999-01-01"}, "day_to_come"),
        ({"takings": "many"}, "amount_unreadable"),
        ({"takings": "-5"}, "visit_below_zero"),
        ({"unit_code": ""}, "An amount is of some unit."),
        ({"jobs": "-1"}, 'class="wrong"'),
    ],
)
def test_a_visit_that_cannot_be_is_refused_over_the_form(coordinator: Any, changed: dict[str, str], said: str):
    answer = say(coordinator, "/ventures/visit", sent=VISIT | changed)
    assert said in says(answer)
    assert 'value="flood"' in says(answer)


def test_what_a_venture_is_and_how_it_ended_is_said_from_its_page(coordinator: Any):
    page = says(coordinator.get("/ventures/of/G01"))
    link = re.search(r'href="(/ventures/kind\?[^"]+)"', page)
    assert link is not None
    assert 'value="noodle shop"' in says(coordinator.get(link[1].replace("&amp;", "&")))
    say(coordinator, "/ventures/kind", sent={"grant": "G01", "kind": "noodle bar", "place": "Ryanggang"})
    assert venture_of("G01") == Venture("G01", "noodle bar", "Ryanggang")
    fine = say(coordinator, "/ventures/kind", sent={"grant": "G01", "kind": "noodle bar", "place": "Hyesan, Ryanggang"})
    assert "place_too_fine" in says(fine)
    say(coordinator, "/ventures/end", sent={"grant": "G01", "ended_on": "2016-02-01", "how": "sold", "note": "to a cousin"})
    assert ends_by_grant(["G01"])["G01"][0].how == "sold"
    shown = says(coordinator.get("/ventures/of/G01"))
    assert "Ryanggang" in shown
    assert "to a cousin" in shown


def test_ventures_are_listed_and_found(coordinator: Any):
    every = says(coordinator.get("/ventures"))
    assert "noodle shop" in every
    assert every.count('<th role="rowheader" scope="row"') == 12
    assert says(coordinator.get("/ventures?kind=grocery")).count('<th role="rowheader" scope="row"') == 3
    assert "No venture is of this kind" in says(coordinator.get("/ventures?place=Nowhere"))


def test_books_without_grants_say_what_will_stand_there(db: None):
    lead = signed_in()
    assert "No grant has been promised yet" in says(lead.get("/ventures"))
    assert "No venture that was paid has been visited yet" in says(lead.get("/ventures/survival"))


def test_a_venture_that_is_not_there_is_not_found(coordinator: Any):
    assert coordinator.get("/ventures/of/G99").status_code == 404


def test_who_only_reads_is_not_shown_the_way_to_say_something(lamps: None):
    reader = signed_in("RUFF", roles=("auditor",))
    for path in ("/ventures", "/ventures/of/G01"):
        assert "/ventures/visit" not in says(reader.get(path)).partition("<main")[2]


def test_the_curve_is_drawn_and_told_as_a_table_and_few_are_told_as_few(coordinator: Any):
    shown = says(coordinator.get("/ventures/survival"))
    assert f"{survival().seen} ventures were seen" in shown
    assert '<path class="lasting" d="M52.0 14.0 ' in shown
    assert shown.count("<tr><th") > len(survival().steps)
    assert '<span class="small">few</span>' in shown
    assert "style=" not in shown


def test_the_curve_falls_where_some_ended_and_is_dashed_where_few_are_left():
    lived = [Lived(months, ended=months % 2 == 0) for months in range(1, 9)]
    chart = chart_of(product_limit(lived))
    assert chart is not None
    assert (chart.sure[:10], len(chart.seen_last)) == ("M52.0 14.0", 4)
    assert chart.few.startswith(chart.sure.rpartition("L")[2].join(("M", "")))
    assert [one.words for one in chart.months] == ["0", "1", "2", "3", "4", "5", "6", "7", "8"]
    assert [one.words for one in chart.shares] == ["100%", "75%", "50%", "25%", "0%"]
    assert chart_of([]) is None


@pytest.mark.parametrize(
    ("share", "told"), [("1", "100%"), ("999/1000", "99%"), ("1/2", "50%"), ("125/1000", "13%"), ("1/1000", "1%"), ("0", "0%")]
)
def test_a_share_is_told_in_whole_percent(share: str, told: str):
    assert percent(Fraction(share)) == told


def test_the_pages_ask_as_often_however_many_there_are(coordinator: Any, django_assert_max_num_queries: Any):
    for number in range(20):
        say(coordinator, "/ventures/visit", sent=VISIT | {"visited_on": date(2016, 4, number + 1).isoformat()})
        say(coordinator, "/ventures/kind", sent={"grant": f"G{number % 12 + 1:02}", "kind": f"stall {number}", "place": ""})
    assert VentureRow.objects.count() == 20
    for path, most in (("/ventures", 12), ("/ventures/of/G01", 12)):
        with django_assert_max_num_queries(most):
            assert coordinator.get(path).status_code == 200
    coordinator.get("/ventures/survival")
    with django_assert_max_num_queries(8):
        assert coordinator.get("/ventures/survival").status_code == 200
