"""The list of grants in the browser."""

import re

import pytest

from tests.books import found
from tests.promising import promised
from tests.signing_in import says, signed_in

pytestmark = pytest.mark.django_db


def test_the_list_is_filtered_and_paged(lamps: None):
    coordinator = signed_in("SNIPE", roles=("coordinator",))

    def codes(query: str) -> list[str]:
        return re.findall('href="/grants/of/([^"]+)"', says(coordinator.get(f"/grants{query}")))

    assert len(codes("")) == 12
    assert codes("?earmark=LIGHT") == ["G11", "G10", "G09"]
    assert codes("?recipient=R05") == ["G03"]
    assert codes("?state=open") == ["G11", "G05"]
    assert codes("?state=nonsense&before=nonsense") == codes("")
    assert "No grant fits." in says(coordinator.get("/grants?recipient=R99"))
    for number in range(20, 80):
        promised(f"G{number}", (500, "none"))
    assert codes("") == [f"G{number}" for number in range(79, 29, -1)]
    older = re.search(r'href="(\?[^"]*before=[^"]+)" rel="next"', says(coordinator.get("/grants?earmark=SHOPS")))
    assert older is not None
    assert codes(older[1])[:11] == [f"G{number}" for number in range(29, 19, -1)] + ["G05"]
    assert "From the latest on" in says(coordinator.get(f"/grants{older[1]}"))


def test_books_without_grants_say_what_to_do_next(db: None):
    found()
    browser = signed_in()
    assert "Nothing has been promised yet." in says(browser.get("/grants"))
    assert "Nothing is promised and nothing is in hand." in says(browser.get("/grants/promised"))
