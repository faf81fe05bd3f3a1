"""Drafts: wishes on their way to a second person, and the steps that end one."""

from collections.abc import Collection
from enum import StrEnum

from tallystick.core.refusal import Refusal
from tallystick.core.role import Role
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
