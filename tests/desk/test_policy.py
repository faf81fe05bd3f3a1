"""Every wish asked for and agreed to by every role, as the policy has it."""

import pytest

from tallystick.core.role import Role
from tallystick.core.wish import WISHES, AgreementNotForRole, WishNotForRole, check_may_agree, check_may_ask
from tallystick.desk.registry import WISH_KINDS
from tallystick.web.desk.words import WISH_WORDS

READS_ONLY = {Role.AUDITOR, Role.SPONSOR, Role.ANALYST}


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("wish", sorted(WISHES))
def test_a_role_may_ask_for_what_the_policy_gives_it_and_nothing_else(wish: str, role: Role):
    if role in WISHES[wish].ask:
        check_may_ask(wish, name="WREN", roles={role})
    else:
        with pytest.raises(WishNotForRole):
            check_may_ask(wish, name="WREN", roles={role})


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("wish", sorted(WISHES))
def test_a_role_may_agree_to_what_the_policy_gives_it_and_nothing_else(wish: str, role: Role):
    if role in WISHES[wish].agree:
        check_may_agree(wish, name="WREN", roles={role})
    else:
        with pytest.raises(AgreementNotForRole):
            check_may_agree(wish, name="WREN", roles={role})


def test_whoever_only_reads_asks_for_nothing_and_agrees_to_nothing():
    for wish, policy in WISHES.items():
        assert not (policy.ask | policy.agree) & READS_ONLY, wish


def test_every_wish_is_asked_for_by_somebody_and_has_a_name_on_the_pages():
    assert all(policy.ask for policy in WISHES.values())
    assert set(WISH_WORDS) == set(WISHES) == set(WISH_KINDS)
