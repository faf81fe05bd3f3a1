"""Errands: long work that a member asks for and that goes on by itself, and the steps of its life.

What comes in or goes out is weighed, taken in or written by an errand, so that nobody waits in front of a page that does not answer.
"""

from collections.abc import Collection
from enum import StrEnum

from tallystick.core.refusal import Refusal
from tallystick.core.role import BOOKS, BRINGS, LEAD, Role


class ErrandKind(StrEnum):
    WEIGH = "weigh"  # say what a folder would do
    TAKE = "take"  # take it into the books
    GIVE = "give"  # write the books out


class ErrandState(StrEnum):
    WAITING = "waiting"
    UNDER_WAY = "under_way"
    DONE = "done"
    REFUSED = "refused"  # by a rule, which says why
    FAILED = "failed"  # by a fault of ours
    CANCELLED = "cancelled"


class ErrandStep(StrEnum):
    BEGIN = "begin"
    FINISH = "finish"
    REFUSE = "refuse"
    FAIL = "fail"
    CANCEL = "cancel"
    PUT_BACK = "put_back"  # whoever was at it is gone
    ASK_AGAIN = "ask_again"


NEXT_STATE = {
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
}
OPEN = frozenset({ErrandState.WAITING, ErrandState.UNDER_WAY})
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


def may_see(kind: str, *, asked_by: str, roles_of_asker: Collection[Role], name: str, roles: Collection[Role]) -> bool:
    """Whether an errand is there for this member: for whoever asked for it, for others in a role of theirs, and for a lead.

    None of them without a role in which such an errand can be asked for at all.
    """
    if not MAY_ASK[ErrandKind(kind)] & set(roles):
        return False
    return name == asked_by or bool(set(roles) & (set(roles_of_asker) | LEAD))
