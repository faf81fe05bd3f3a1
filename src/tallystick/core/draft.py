"""Drafts: wishes on their way to a second person, and the steps that end one."""

from collections.abc import Collection
from enum import StrEnum

from tallystick.core.refusal import Refusal
from tallystick.core.role import Role, listed
from tallystick.core.sign_off import Signer, check_two
from tallystick.core.wish import DraftDecided, DraftOfAnother, check_may_agree


class DraftState(StrEnum):
    WAITING = "waiting"
    AGREED = "agreed"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class SecondPersonIsProgram(Refusal):
    code = "second_person_is_program"
    words = "{name} is a program, and a second person is a person."
    expected = "a member, who says yes or no on the page “Waiting for you”"


class AgreesWithOwnProgram(Refusal):
    code = "agrees_with_own_program"
    words = "{name} drew the token with which {asked_by} asked for this, so {name} cannot be the second person who agrees."
    expected = "another member, whose role may agree"


class AskerClosed(Refusal):
    code = "asker_closed"
    words = "{asked_by} asked for this and is closed since, so nobody agrees to it any more."
    expected = "no to it; or the same, asked for by another"


class AskerMayNotAsk(Refusal):
    code = "asker_may_not_ask"
    words = "{asked_by} asked for this and is {held} by now, and it is no longer theirs to ask for."
    expected = "no to it; or the same, asked for by another who is {needed}"


def check_still_asks(needed: Collection[Role], *, asked_by: str, roles: Collection[Role] | None) -> None:
    """Refuses, with AskerClosed or AskerMayNotAsk, to agree to what its asker could no longer ask for, which takes a role that is needed.

    `roles` are what they have by now, none where they are closed; None where nobody ever signed in here under that name.
    """
    if roles is None:
        return
    if not roles:
        raise AskerClosed(asked_by=asked_by)
    if not set(needed) & set(roles):
        raise AskerMayNotAsk(asked_by=asked_by, held=listed(roles), needed=listed(needed))


def check_second_person(*, name: str, is_program: bool, asked_by: str, drawn_by: str) -> None:
    """Refuses, with SecondPersonIsProgram or AgreesWithOwnProgram, whoever would make one person out of two by a program.

    `drawn_by` is who was shown the token of the program that asked; empty where a member did.
    """
    if is_program:
        raise SecondPersonIsProgram(name=name)
    if drawn_by and drawn_by == name:
        raise AgreesWithOwnProgram(name=name, asked_by=asked_by)


def check_decides(wish: str, *, state: str, asked: Signer, decides: Signer, roles: Collection[Role]) -> None:
    """Refuses whoever may not say yes or no to a draft: DraftDecided, AgreesWithOneself, NotTwoPeople, AgreementNotForRole."""
    check_waits(state)
    check_two(asked, decides)
    check_may_agree(wish, name=decides.name, roles=roles)


def check_withdraws(*, state: str, asked_by: str, name: str) -> None:
    """Refuses, with DraftDecided or DraftOfAnother, to take back what is decided, or what another asked for."""
    check_waits(state)
    if asked_by != name:
        raise DraftOfAnother(asked_by=asked_by)


def check_waits(state: str) -> None:
    if state != DraftState.WAITING:
        raise DraftDecided(state=state)
