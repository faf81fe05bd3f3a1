"""What reached recipients, month by month, and how much of each unit of the sponsor's money that was."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils import dateformat
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from tallystick.core.moment import month_named
from tallystick.core.unit import Unit
from tallystick.reports.turnout import Turnout, Turnouts
from tallystick.web.figures import MINUS, amount


@dataclass(frozen=True, slots=True)
class MonthRow:
    """`plain_…` are the same figures for a script to draw, in whole units and with a point."""

    month: str
    delivered: str
    kept: str
    share: str
    plain_delivered: str
    plain_kept: str
    plain_share: str


@dataclass(frozen=True, slots=True)
class MonthsShown:
    rows: tuple[MonthRow, ...]
    whole: MonthRow
    unpriced: tuple[tuple[str, str], ...]  # (unit, amount) that reached recipients and has no rate


def months_shown(turned: Turnouts, *, places: int, units: Mapping[str, Unit]) -> MonthsShown:
    rows = tuple(_row(month_words(month), one, places=places) for month, one in turned.months.items())
    unpriced = tuple((unit, amount(parts, units[unit].places)) for unit, parts in sorted(turned.whole.unpriced.items()) if parts)
    return MonthsShown(rows, _row(_("All months"), turned.whole, places=places), unpriced)


def month_words(month: str) -> str:
    """“June 2015” of “2015-06”."""
    return dateformat.format(month_named(month), pgettext("date format, a month", "F Y"))


def share_words(per_mille: int | None) -> str:
    """“0.873” of one; nothing where there is none to tell."""
    return "" if per_mille is None else amount(per_mille, 3)


def _row(words: str, one: Turnout, *, places: int) -> MonthRow:
    per_mille = one.per_mille()
    delivered, kept = amount(round(one.delivered), places), amount(round(one.kept), places)
    share = share_words(per_mille)
    return MonthRow(words, delivered, kept, share, _plain(delivered), _plain(kept), _plain(share))


def _plain(figure: str) -> str:
    return figure.replace(",", "").replace(MINUS, "-")
