"""Who stands above whom in each column, so that few streams cross: sweeps to and fro, each node towards those it runs to.

The barycentre method of Sugiyama, Tagawa and Toda (1981), weighted by what runs.
"""

from collections.abc import Sequence
from typing import NamedTuple

SWEEPS = 12


class Link(NamedTuple):
    """A line from a node in one column to a node in the next, as places in the whole list of nodes."""

    left: int
    right: int
    weight: float


def ordered(columns: Sequence[Sequence[int]], links: Sequence[Link], *, last: Sequence[int]) -> list[list[int]]:
    """The columns with their nodes in a good order; those with a rank above 0 in `last` stand at the end by rank."""
    best = order = [sorted(column, key=lambda node: last[node]) for column in columns]
    least = crossings(order, links)
    for sweep in range(SWEEPS):
        order = _swept(order, links, last=last, rightwards=sweep % 2 == 0)
        crossed = crossings(order, links)
        if crossed < least:
            best, least = order, crossed
    return best


def crossings(columns: Sequence[Sequence[int]], links: Sequence[Link]) -> float:
    """How much crosses: for every two links that do, the lesser weight, so that a rill may cross a river."""
    rows = {node: row for column in columns for row, node in enumerate(column)}
    number = {node: place for place, column in enumerate(columns) for node in column}
    between: dict[int, list[Link]] = {}
    for link in links:
        between.setdefault(number[link.left], []).append(link)
    return sum(
        min(one.weight, other.weight)
        for beside in between.values()
        for place, one in enumerate(beside)
        for other in beside[:place]
        if (rows[one.left] - rows[other.left]) * (rows[one.right] - rows[other.right]) < 0
    )


def _swept(columns: Sequence[Sequence[int]], links: Sequence[Link], *, last: Sequence[int], rightwards: bool) -> list[list[int]]:
    """One sweep: every node goes to the weighted middle of its neighbours in the column that was put in order before."""
    neighbours: dict[int, list[tuple[int, float]]] = {}
    for link in links:
        node, other = (link.right, link.left) if rightwards else (link.left, link.right)
        neighbours.setdefault(node, []).append((other, link.weight))
    order = [list(column) for column in columns]
    heights: dict[int, float] = {}
    for place in range(len(order)) if rightwards else reversed(range(len(order))):
        column = order[place]
        middles = {node: _middle(neighbours.get(node, []), heights, otherwise=_share(column, node)) for node in column}
        column.sort(key=lambda node: (last[node], middles[node]))
        heights |= {node: _share(column, node) for node in column}
    return order


def _share(column: Sequence[int], node: int) -> float:
    """How far down its column a node stands, from 0 to 1."""
    return (column.index(node) + 0.5) / len(column)


def _middle(neighbours: Sequence[tuple[int, float]], heights: dict[int, float], *, otherwise: float) -> float:
    weight = sum(one for _, one in neighbours)
    return sum(heights[node] * one for node, one in neighbours) / weight if weight else otherwise
