"""The pages of parties, and of what books are begun with."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from tallystick.core.party import PARTY_KINDS
from tallystick.core.wish import WISHES
from tallystick.desk.wishes import Done
from tallystick.ledger.queries.records import earmarks, programme, units
from tallystick.people.queries import listed_codes, parties
from tallystick.web.asker import asker_of
from tallystick.web.figures import day
from tallystick.web.hands.words import one_of
from tallystick.web.page import desk, page
from tallystick.web.parties.forms import EarmarkForm, PartyForm, ProgrammeForm, UnitForm
from tallystick.web.wishing import Wishing, wishing

MOST = 50


def to_beginnings(done: Done) -> tuple[str, dict[str, Any]]:
    del done
    return "beginnings", {}


def to_party(done: Done) -> tuple[str, dict[str, Any]]:
    """The party's own page, where what comes next with it begins."""
    return "party-whole", {"name": done.subject}


PROGRAMME = Wishing(
    "programme", ProgrammeForm, title=_("Open the programme"), goes_to=to_beginnings,
    lead=_("What these books are kept for. Nothing can be posted before, and it is said once."),
)  # fmt: skip
UNIT = Wishing("unit", UnitForm, title=_("A unit"), goes_to=to_beginnings, lead=_("Money or goods that the books count."))
EARMARK = Wishing(
    "earmark", EarmarkForm, title=_("An earmark"), goes_to=to_beginnings, lead=_("Whose gift it is and what it may be used for.")
)
PARTY = Wishing(
    "party", PartyForm, title=_("A party"), goes_to=to_party,
    lead=_("Anyone who gives, carries, changes, sells or is given. The books know a code name and a province, and nobody's name."),
)  # fmt: skip


@desk
def open_programme(request: HttpRequest) -> HttpResponse:
    """The programme."""
    return wishing(request, PROGRAMME)


@desk
def unit(request: HttpRequest) -> HttpResponse:
    """One unit more."""
    return wishing(request, UNIT)


@desk
def earmark(request: HttpRequest) -> HttpResponse:
    """One earmark more."""
    return wishing(request, EARMARK)


@desk
def party(request: HttpRequest) -> HttpResponse:
    """One party more."""
    return wishing(request, PARTY)


@page
def beginnings(request: HttpRequest) -> HttpResponse:
    """What these books are kept for, in which units they count, and the earmarks."""
    opened, known = programme(), units()
    context: dict[str, Any] = {
        "opened": opened, "opened_on": day(opened.opened) if opened else "", "units": list(known.values()),
        "earmarks": list(earmarks().values()), "may": may(request, "programme", "unit", "earmark"),
    }  # fmt: skip
    return render(request, "web/parties/beginnings.html", context)


@page
def party_list(request: HttpRequest) -> HttpResponse:
    """Every party, by code and by kind."""
    asked = Asked.of(request, kinds=PARTY_KINDS)
    codes = asked.codes()
    known = parties(codes=codes)
    rows = [(one.party, str(one_of(one.kind)), one.place, one.note) for one in (known[code] for code in codes[:MOST])]
    context = {"rows": rows, "asked": asked, "more": asked.more(codes), "may": may(request, "party")}
    return render(request, "web/parties/parties.html", context)


class Asked:
    """What a list of parties is asked for: a part of a code, a kind, and after which code it goes on."""

    def __init__(self, *, search: str, kind: str, after: str, kinds: tuple[str, ...]) -> None:
        self.search, self.kind, self.after, self.kinds = search, kind if kind in kinds else "", after, kinds

    @classmethod
    def of(cls, request: HttpRequest, *, kinds: tuple[str, ...]) -> "Asked":
        said = request.GET
        return cls(search=said.get("search", "").strip(), kind=said.get("kind", ""), after=said.get("after", ""), kinds=kinds)

    def codes(self) -> list[str]:
        """The codes of this page, and one more where others follow."""
        kinds = (self.kind,) if self.kind else self.kinds
        return listed_codes(containing=self.search, kinds=kinds, after=self.after, most=MOST + 1)

    def more(self, codes: list[str]) -> str:
        """What the address of the next page asks for; empty where this is the last."""
        if len(codes) <= MOST:
            return ""
        return urlencode({"search": self.search, "kind": self.kind, "after": codes[MOST - 1]})

    def choices(self) -> list[tuple[str, str, bool]]:
        """(kind, what it is called, whether it is chosen)."""
        return [(kind, str(one_of(kind)), kind == self.kind) for kind in self.kinds]

    def is_narrowed(self) -> bool:
        return bool(self.search or self.kind or self.after)


def may(request: HttpRequest, *wishes: str) -> dict[str, bool]:
    """Which of these wishes the member may ask for, by names that a template can say."""
    roles = asker_of(request).roles
    return {wish.replace("-", "_"): bool(WISHES[wish].ask & roles) for wish in wishes}
