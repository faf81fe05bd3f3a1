"""Sums as the books' database keeps them: flows and swaps as a text, amounts as texts in it, as they may be larger than a number."""

from datetime import datetime
from typing import Any

import orjson

from tallystick.core.turnover import Sums
from tallystick.ledger.queries.flows import Extent

Plain = dict[str, list[list[Any]]]


def plain(sums: Sums) -> Plain:
    """The sums as JSON has them."""
    return {
        "flows": [[*flow[:5], str(flow.amount)] for flow in sums.each_flow()],
        "swaps": [[*swap[:6], *swap[7:9], str(swap.given), str(swap.got)] for swap in sums.each_swap()],
    }


def read_plain(kept: Plain) -> Sums:
    sums = Sums()
    for *flow, amount in kept["flows"]:
        sums.flows[tuple(flow)] = int(amount)
    for *swap, given, got in kept["swaps"]:
        sums.swaps[tuple(swap)] = int(given), int(got)
    return sums


def text_of(plain_sums: Any) -> str:
    return orjson.dumps(plain_sums).decode()


def read_text(text: str) -> Any:
    return orjson.loads(text)


def plain_extent(extent: Extent) -> list[Any]:
    return [extent.entry_count, extent.move_count, extent.latest.isoformat() if extent.latest else ""]


def extent_read(kept: list[Any]) -> Extent:
    entries, moves, latest = kept
    return Extent(entries, moves, datetime.fromisoformat(latest) if latest else None)
