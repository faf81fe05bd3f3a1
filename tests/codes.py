"""Codes at the desk: given out by one member, shown by another, in the lamps programme with yuan in two pairs of hands."""

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tallystick.core.amount import Parts
from tallystick.core.half import Half, half_drawn
from tallystick.core.role import Role
from tallystick.core.slip import HALVES, CodeWrong, Purpose, SlipFrozen
from tallystick.desk.actions import agree, ask
from tallystick.desk.codes import ClaimWish, HalfWish, HalvesWish, RulingWish
from tallystick.desk.models import Draft
from tallystick.desk.payouts import PayoutByCodeWish
from tallystick.desk.wishes import Asker, Done
from tallystick.handovers.codes.actions import show
from tests.books import LAMPS, POSTED_AT, found, post, take, without_moves

PLOVER = Asker("PLOVER", frozenset({Role.LEAD}))
WREN = Asker("WREN", frozenset({Role.BOOKKEEPER}))
KNOT = Asker("KNOT", frozenset({Role.COMPLIANCE}))
LATER = POSTED_AT + timedelta(hours=3)
THEN = "2026-01-06T19:30:00+09:00"  # an hour after POSTED_AT
LAST_DAY = date(2026, 2, 28)
FUNDED = """
    E1   3 March   gift       HAEBARAGI → WAGTAIL   CNY 30000.00   SHOPS
    E2   3 March   gift       HAEBARAGI → CRANE     CNY 30000.00   SHOPS
    E3   3 March   gift       GWANGMYEONG → KILN    LAMP 900       LIGHT
    T1   4 March   dispatch   CRANE → SWALLOW       CNY 9000.00    SHOPS
"""
CLAIM = frozenset({Purpose.CLAIM})


def funded(folder: Path) -> None:
    """The lamps programme before anything moved, then FUNDED."""
    found()
    take(without_moves(LAMPS, folder / "lamps"))
    post(FUNDED)


def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Argon2id at the least that it takes, for tests that show many codes."""
    from tallystick.vault import codes

    monkeypatch.setattr(codes, "TIME_COST", 1)
    monkeypatch.setattr(codes, "MEMORY_KIB", 8)


def given(wish: Any = None, *, by: Asker = PLOVER, at: Any = POSTED_AT) -> tuple[str, Half]:
    """(slip, code) of what was given out; half of G01 where nothing else is asked for."""
    asked = wish or ClaimWish("G01", 1, Parts(1_000_000), LAST_DAY)
    done = ask("tally_half" if isinstance(asked, HalfWish) else "claim_code", asked, by=by, asked_at=at)
    assert isinstance(done, Done)
    return done.subject, Half(done.shown_once)


def other_than(half: Half) -> Half:
    """A code that fits together, and is another."""
    return half_drawn((int(half[:8]) + 1) % 10**8)


def shown(slip: str, half: str, *, by: Asker = WREN, at: Any = LATER) -> str:
    return show(slip, half, purposes=CLAIM | HALVES, name=by.name, shown_at=at)


def paying(
    slip: str, proof: str, *, by: Asker = WREN, giver: str = "WAGTAIL", then: str = THEN, reason: str = "", at: datetime = LATER
) -> Done | Draft:
    return ask("payout_by_code", PayoutByCodeWish(slip, proof, giver, then), by=by, asked_at=at, reason=reason)


def halves(tally: str = "T1") -> tuple[tuple[str, Half], tuple[str, Half]]:
    return given(HalfWish(tally, "giver", LAST_DAY)), given(HalfWish(tally, "taker", LAST_DAY))


def confirmed(*slips: tuple[str, Half], by: Asker = WREN, then: str = THEN) -> Done | Draft:
    (first, half), (second, other) = slips
    wish = HalvesWish(first, shown(first, half, by=by), second, shown(second, other, by=by), then)
    return ask("tally_halves", wish, by=by, asked_at=LATER)


def frozen() -> tuple[str, Half]:
    """A slip for which five wrong codes were shown."""
    slip, half = given()
    for _ in range(5):
        with pytest.raises((CodeWrong, SlipFrozen)):
            shown(slip, other_than(half))
    return slip, half


def ruled(slip: str, ruling: str) -> None:
    draft = ask("code_ruling", RulingWish(slip, ruling), by=WREN, asked_at=LATER, reason="the slip was read out wrongly")
    assert isinstance(draft, Draft)
    agree(draft.pk, by=KNOT, agreed_at=LATER)
