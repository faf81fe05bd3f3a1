"""Drafts: wishes on their way to a second person, and the steps that end one."""

from collections.abc import Collection
from enum import StrEnum

from tallystick.core.role import Role
from tallystick.core.sign_off import check_two
from tallystick.core.wish import DraftDecided, DraftOfAnother, check_may_agree


class DraftState(StrEnum):
    WAITING = "waiting"
    AGREED = "agreed"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


def check_decides(wish: str, *, state: str, asked_by: str, name: str, roles: Collection[Role]) -> None:
    """Refuses whoever may not say yes or no to a draft: DraftDecided, AgreesWithOneself, AgreementNotForRole."""
    check_waits(state)
    check_two(asked_by, name)
    check_may_agree(wish, name=name, roles=roles)


def check_withdraws(*, state: str, asked_by: str, name: str) -> None:
    """Refuses, with DraftDecided or DraftOfAnother, to take back what is decided, or what another asked for."""
    check_waits(state)
    if asked_by != name:
        raise DraftOfAnother(asked_by=asked_by)


def check_waits(state: str) -> None:
    if state != DraftState.WAITING:
        raise DraftDecided(state=state)
