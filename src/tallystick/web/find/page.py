"""The page that finds: what is called so exactly is gone to at once, and what begins with it is listed."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tallystick.reports.finding import beginning
from tallystick.web.asker import asker_of
from tallystick.web.menu import may_open
from tallystick.web.page import page

MOST = 20  # of each
LONGEST = 64  # characters
LEGS = "legs"
KINDS = (
    ("party", _("Parties"), "party-whole"),
    ("grant", _("Grants"), "grant"),
    ("entry", _("Entries and tallies"), "entry"),
    ("earmark", _("Earmarks"), "earmark-whole"),
    ("authorisation", _("Authorisations"), "authorisation"),
    ("leg", _("Legs"), LEGS),
    ("slip", _("Codes given out"), "code"),
    ("pay_order", _("Pay orders"), "pay-order"),
)
"""(what is found, what it is called, the page of one of them); an entry and a tally are found by their reference."""


@dataclass(frozen=True, slots=True)
class Found:
    words: str
    rows: tuple[tuple[str, str], ...]  # (code, address)
    is_more: bool


@page
def find(request: HttpRequest) -> HttpResponse:
    """Codes are mostly written in capitals: what is found under none as it was typed is looked for in those."""
    typed = request.GET.get("q", "").strip()[:LONGEST]
    found = _found(request, typed) or _found(request, typed.upper()) if typed else []
    exact = [address for one in found for code, address in one.rows if code in (typed, typed.upper()) and address]
    if len(exact) == 1:
        return redirect(exact[0])
    return render(request, "web/find/find.html", {"looked_for": typed, "found": found, "exact": exact})


def _found(request: HttpRequest, typed: str) -> list[Found]:
    found = []
    for what, words, name in KINDS:
        codes = beginning(what, typed, most=MOST + 1)
        rows = tuple((code, _address(request, name, code=code)) for code in codes[:MOST])
        if rows:
            found.append(Found(str(words), rows, len(codes) > MOST))
    return found


def _address(request: HttpRequest, name: str, *, code: str) -> str:
    """Where one of them is shown, as far as this member may see it; legs stand on one page together."""
    if not may_open(name, asker_of(request).roles):
        return ""
    return reverse(name) if name == LEGS else reverse(name, args=[code])
