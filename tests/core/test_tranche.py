"""Tranches: a promise cut into parts, and what each part may wait for."""

import pytest

from tallystick.core.amount import Parts
from tallystick.core.tranche import (
    TRANCHES_MAX,
    Condition,
    ConditionUnknown,
    FirstTrancheWaits,
    Tranche,
    TrancheEmpty,
    TranchesDiffer,
    TranchesMiscounted,
    check_tranches,
    equal_tranches,
)


def tranches(*said: tuple[int, str]) -> list[Tranche]:
    return [Tranche(Parts(amount), condition) for amount, condition in said]


def check(*said: tuple[int, str]) -> None:
    check_tranches(tranches(*said), grant="G20", amount=10_000, unit="CNY", places=2)


@pytest.mark.parametrize("condition", list(Condition))
def test_a_promise_is_cut_into_parts_of_which_the_later_may_wait(condition: str):
    check((6_000, "none"), (3_000, condition), (1_000, condition))


def test_a_promise_may_be_one_part():
    check((10_000, "none"))


@pytest.mark.parametrize(
    ("said", "refusal", "words"),
    [
        ([], TranchesMiscounted, "G20 would have 0 tranches."),
        ([(1, "none")] * (TRANCHES_MAX + 1), TranchesMiscounted, "G20 would have 25 tranches."),
        ([(10_000, "none"), (0, "none")], TrancheEmpty, "Tranche 2 of G20 would pay 0.00 CNY."),
        ([(11_000, "none"), (-1_000, "none")], TrancheEmpty, "Tranche 2 of G20 would pay -10.00 CNY."),
        ([(10_000, "interest")], ConditionUnknown, "“interest” is nothing that a tranche can wait for."),
        (
            [(10_000, "visited")],
            FirstTrancheWaits,
            "Nothing comes before the first tranche of G20, so it has nothing to wait for.",
        ),
        ([(9_000, "none"), (999, "visited")], TranchesDiffer, "The tranches of G20 come to 99.99 CNY; 100.00 CNY are promised."),
    ],
)
def test_what_is_no_plan_for_the_promise_is_refused(said: list[tuple[int, str]], refusal: type[Exception], words: str):
    with pytest.raises(refusal) as told:
        check(*said)
    assert str(told.value) == words


@pytest.mark.parametrize(
    ("amount", "count", "parts"), [(1_000, 3, [333, 333, 334]), (20_000, 2, [10_000, 10_000]), (1, 1, [1]), (2, 3, [0, 0, 2])]
)
def test_a_promise_without_a_plan_is_paid_in_equal_parts_the_last_with_what_is_left_over(
    amount: int, count: int, parts: list[int]
):
    found = equal_tranches(amount, count)
    assert [one.amount for one in found] == parts
    assert {one.condition for one in found} == {"none"}
