"""What errands and their states are called on the pages."""

from django.utils.translation import gettext_lazy as _

from tallystick.core.bringing import BASIS, BETWEEN, BY_KIND, LIMIT, TARIFF
from tallystick.core.entry import Kind
from tallystick.core.errand import ErrandKind, ErrandState

KINDS = {
    ErrandKind.WEIGH: _("A spreadsheet looked through"),
    ErrandKind.TAKE: _("A spreadsheet taken into the books"),
    ErrandKind.GIVE: _("The books given out"),
}
STATES = {
    ErrandState.ASKED: _("waiting for a second person"),
    ErrandState.WAITING: _("waiting"),
    ErrandState.UNDER_WAY: _("under way"),
    ErrandState.DONE: _("done"),
    ErrandState.REFUSED: _("refused"),
    ErrandState.FAILED: _("failed, by a fault of ours"),
    ErrandState.CANCELLED: _("cancelled"),
    ErrandState.DECLINED: _("declined"),
}
WORKBOOK, ARCHIVE = _("a workbook"), _("an archive of CSV files")
NEEDS = {
    BY_KIND[Kind.LOSS]: _("value is written off"),
    BY_KIND[Kind.REVERSAL]: _("an entry is taken back"),
    BY_KIND[Kind.PAYOUT]: _("a payout without a code"),
    TARIFF: _("a tariff is set"),
    LIMIT: _("a limit is set"),
    BASIS: _("a lawful basis is added"),
}
"""Why one person is not enough, as core/bringing.py says it in English."""


def need_words(need: str) -> str:
    """Every reason why one person is not enough for an errand."""
    return BETWEEN.join(str(NEEDS[reason]) for reason in need.split(BETWEEN)) if need else ""
