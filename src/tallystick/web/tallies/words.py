"""Words for tallies and how their disputes and overages stand, so that a catalog can have them."""

from django.utils.translation import gettext_lazy as _

from tallystick.core.dispute import DisputeState, DisputeStep
from tallystick.core.overage import OverageState, OverageStep

STATES = {"open": _("On the road"), "disputed": _("In dispute"), "done": _("Done")}
"""The lists of tallies there are, as the filter offers them."""

DISPUTE_STEPS = {
    DisputeStep.PAY.value: _("paid: whoever was to take it has it after all"),
    DisputeStep.RECOVER.value: _("recovered: whoever gave it has it back"),
    DisputeStep.WRITE_OFF.value: _("written off: nobody has it, and two say so"),
    DisputeStep.FIND_UNFOUNDED.value: _("unfounded: nothing was wrong, and nothing moves"),
}
DISPUTE_STATES = {
    DisputeState.OPEN.value: _("open"),
    DisputeState.PAID.value: _("closed as paid"),
    DisputeState.RECOVERED.value: _("closed as recovered"),
    DisputeState.WRITTEN_OFF.value: _("closed as written off"),
    DisputeState.UNFOUNDED.value: _("closed as unfounded"),
}
OVERAGE_STEPS = {
    OverageStep.CORRECT.value: _("the giver had written too little: it hands this over as well, and two say so"),
    OverageStep.SEND_BACK.value: _("it went back to the giver, who had never written it off"),
    OverageStep.COUNT_AGAIN.value: _("a second count did not find it"),
}
OVERAGE_STATES = {
    OverageState.OPEN.value: _("open"),
    OverageState.CORRECTED.value: _("corrected by the giver"),
    OverageState.SENT_BACK.value: _("sent back"),
    OverageState.MISCOUNTED.value: _("not found by a second count"),
}
