"""What errands and their states are called on the pages."""

from django.utils.translation import gettext_lazy as _

from tallystick.core.errand import ErrandKind, ErrandState

KINDS = {
    ErrandKind.WEIGH: _("A spreadsheet looked through"),
    ErrandKind.TAKE: _("A spreadsheet taken into the books"),
    ErrandKind.GIVE: _("The books given out"),
}
STATES = {
    ErrandState.WAITING: _("waiting"),
    ErrandState.UNDER_WAY: _("under way"),
    ErrandState.DONE: _("done"),
    ErrandState.REFUSED: _("refused"),
    ErrandState.FAILED: _("failed, by a fault of ours"),
    ErrandState.CANCELLED: _("cancelled"),
}
WORKBOOK, ARCHIVE = _("a workbook"), _("an archive of CSV files")
