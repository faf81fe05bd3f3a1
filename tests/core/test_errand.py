"""Errands: the steps of their life, and for whom each of them is there."""

from itertools import product

import pytest

from tallystick.core.errand import (
    KEEPS_FILE,
    MAY_ASK,
    NEXT_STATE,
    ErrandKind,
    ErrandState,
    ErrandStep,
    ErrandStepOutOfOrder,
    may_see,
    next_state,
)
from tallystick.core.role import Role

LEAD, BOOKKEEPER, COORDINATOR, AUDITOR = Role.LEAD, Role.BOOKKEEPER, Role.COORDINATOR, Role.AUDITOR


@pytest.mark.parametrize(("state", "step"), list(product(ErrandState, ErrandStep)))
def test_a_step_leads_where_the_table_says_or_nowhere(state: ErrandState, step: ErrandStep):
    if (state, step) in NEXT_STATE:
        assert next_state(state.value, step) is NEXT_STATE[state, step]
    else:
        with pytest.raises(ErrandStepOutOfOrder):
            next_state(state.value, step)


def test_what_is_over_is_only_begun_by_asking_again():
    steps = {step for state, step in NEXT_STATE if state not in KEEPS_FILE}
    assert steps == {ErrandStep.ASK_AGAIN, ErrandStep.ASK_SECOND}
    assert not any(state is ErrandState.DONE for state, _ in NEXT_STATE), "what is done stays done"


def sees(kind: ErrandKind, *, asker: Role, looker: Role, is_own: bool = False) -> bool:
    name = "WREN" if is_own else "HERON"
    return may_see(kind, asked_by="WREN", roles_of_asker={asker}, name=name, roles={looker})


@pytest.mark.parametrize(
    ("asker", "looker", "is_there"),
    [
        (COORDINATOR, COORDINATOR, True),
        (COORDINATOR, LEAD, True),
        (COORDINATOR, BOOKKEEPER, False),
        (BOOKKEEPER, COORDINATOR, False),
        (LEAD, BOOKKEEPER, False),
        (BOOKKEEPER, AUDITOR, False),
    ],
)
def test_an_errand_is_there_for_the_same_role_and_for_a_lead(asker: Role, looker: Role, is_there: bool):
    assert sees(ErrandKind.TAKE, asker=asker, looker=looker) is is_there


def test_whoever_asked_sees_it_for_as_long_as_the_role_is_theirs():
    assert sees(ErrandKind.GIVE, asker=BOOKKEEPER, looker=BOOKKEEPER, is_own=True)
    assert not sees(ErrandKind.GIVE, asker=BOOKKEEPER, looker=COORDINATOR, is_own=True)
    assert not sees(ErrandKind.GIVE, asker=AUDITOR, looker=AUDITOR, is_own=True)


def test_an_auditor_brings_nothing_in_and_gives_nothing_out():
    assert not any(AUDITOR in roles for roles in MAY_ASK.values())
    assert set(MAY_ASK) == set(ErrandKind)
