"""Errands: long work that a member asks for and that goes on by itself, and the steps of its life.

What comes in or goes out is weighed, taken in or written by an errand, so that nobody waits in front of a page that does not answer.
"""

from collections.abc import Collection
from enum import StrEnum

from tallystick.core.refusal import Refusal
from tallystick.core.role import AGREES, BOOKS, BRINGS, LEAD, Role, listed
from tallystick.core.wish import WishNotForRole


class ErrandKind(StrEnum):
    WEIGH = "weigh"  # say what a folder would do
    TAKE = "take"  # take it into the books
    GIVE = "give"  # write the books out


class ErrandState(StrEnum):
    ASKED = "asked"  # it waits for a second person
    WAITING = "waiting"
    UNDER_WAY = "under_way"
    DONE = "done"
    REFUSED = "refused"  # by a rule, which says why
    FAILED = "failed"  # by a fault of ours
    CANCELLED = "cancelled"
    DECLINED = "declined"  # by the second person


class ErrandStep(StrEnum):
    AGREE = "agree"
    DECLINE = "decline"
    BEGIN = "begin"
    FINISH = "finish"
    REFUSE = "refuse"
    FAIL = "fail"
    CANCEL = "cancel"
    PUT_BACK = "put_back"  # whoever was at it is gone
    ASK_AGAIN = "ask_again"
    ASK_SECOND = "ask_second"  # again, and a second person too


NEXT_STATE = {
    (ErrandState.ASKED, ErrandStep.AGREE): ErrandState.WAITING,
    (ErrandState.ASKED, ErrandStep.DECLINE): ErrandState.DECLINED,
    (ErrandState.ASKED, ErrandStep.CANCEL): ErrandState.CANCELLED,
    (ErrandState.WAITING, ErrandStep.BEGIN): ErrandState.UNDER_WAY,
    (ErrandState.WAITING, ErrandStep.CANCEL): ErrandState.CANCELLED,
    (ErrandState.UNDER_WAY, ErrandStep.FINISH): ErrandState.DONE,
    (ErrandState.UNDER_WAY, ErrandStep.REFUSE): ErrandState.REFUSED,
    (ErrandState.UNDER_WAY, ErrandStep.FAIL): ErrandState.FAILED,
    (ErrandState.UNDER_WAY, ErrandStep.CANCEL): ErrandState.CANCELLED,
    (ErrandState.UNDER_WAY, ErrandStep.PUT_BACK): ErrandState.WAITING,
    (ErrandState.REFUSED, ErrandStep.ASK_AGAIN): ErrandState.WAITING,
    (ErrandState.FAILED, ErrandStep.ASK_AGAIN): ErrandState.WAITING,
    (ErrandState.CANCELLED, ErrandStep.ASK_AGAIN): ErrandState.WAITING,
    (ErrandState.REFUSED, ErrandStep.ASK_SECOND): ErrandState.ASKED,
    (ErrandState.FAILED, ErrandStep.ASK_SECOND): ErrandState.ASKED,
    (ErrandState.CANCELLED, ErrandStep.ASK_SECOND): ErrandState.ASKED,
}
OPEN = frozenset({ErrandState.WAITING, ErrandState.UNDER_WAY})
KEEPS_FILE = OPEN | {ErrandState.ASKED}
TAKEN_ON = OPEN | {ErrandState.DONE}  # with a second person where one was needed
TRIES_MAX = 3  # after so many whoever was at it was gone each time, and the errand itself may be why

MAY_ASK: dict[ErrandKind, frozenset[Role]] = {ErrandKind.WEIGH: BRINGS, ErrandKind.TAKE: BRINGS, ErrandKind.GIVE: BOOKS}


class ErrandStepOutOfOrder(Refusal):
    code = "errand_step_out_of_order"
    words = "This work is not where it was when the page was made, and what was asked of it cannot be done now."
    expected = "the page loaded anew"


class ErrandFileGone(Refusal):
    code = "errand_file_gone"
    words = "The file of this work is not kept any more."
    expected = "the same file brought in again, or the books given out again"


def next_state(state: str, step: ErrandStep) -> ErrandState:
    """Where an errand stands after this step. Raises ErrandStepOutOfOrder."""
    found = NEXT_STATE.get((ErrandState(state), step))
    if found is None:
        raise ErrandStepOutOfOrder
    return found


def check_may_ask(kind: str, *, name: str, roles: Collection[Role]) -> None:
    """Refuses, with WishNotForRole, an errand that is for none of these roles to ask for, or to end."""
    needed = MAY_ASK[ErrandKind(kind)]
    if not needed & set(roles):
        raise WishNotForRole(name=name, held=listed(roles), needed=listed(needed))


def may_see(
    kind: str, *, asked_by: str, roles_of_asker: Collection[Role], name: str, roles: Collection[Role], takes_two: bool = False
) -> bool:
    """Whether an errand is there for this member: for whoever asked for it, for others in a role of theirs, and for a lead.

    None of them without a role in which such an errand can be asked for at all. One that takes two is there for every second person.
    """
    if takes_two and AGREES & set(roles):
        return True
    if not MAY_ASK[ErrandKind(kind)] & set(roles):
        return False
    return name == asked_by or bool(set(roles) & (set(roles_of_asker) | LEAD))
