"""Which lines a form at the desk is for."""

import pytest

from tallystick.core.entry import Kind
from tallystick.core.wished_entry import KINDS, KindNotForWish, check_kinds, why_two


@pytest.mark.parametrize("wish", sorted(KINDS))
@pytest.mark.parametrize("kind", list(Kind))
def test_a_form_takes_the_lines_it_is_for_and_no_others(wish: str, kind: Kind):
    if kind in KINDS[wish]:
        check_kinds(wish, [kind])
    else:
        with pytest.raises(KindNotForWish):
            check_kinds(wish, [kind])


def test_no_form_of_lines_pays_out_or_takes_back():
    assert all(Kind.PAYOUT not in kinds and Kind.REVERSAL not in kinds for kinds in KINDS.values())


def test_a_loss_among_the_lines_needs_two():
    assert why_two([Kind.COST, Kind.LOSS])
    assert not why_two([Kind.COST, Kind.COMMISSION])
