"""How an overage ends."""

import pytest

from tallystick.core.overage import OverageState, OverageStep, OverageStepOutOfOrder, next_state


def test_every_ending_is_reached_from_an_open_overage_and_none_leads_on():
    ends = {next_state(OverageState.OPEN, step, overage="T1-O1") for step in OverageStep}
    assert ends == set(OverageState) - {OverageState.OPEN}
    for state in ends:
        with pytest.raises(OverageStepOutOfOrder):
            next_state(state, OverageStep.CORRECT, overage="T1-O1")
