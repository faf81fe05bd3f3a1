"""The forms that send value on its way."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tallystick.authorisations.queries import authorisations
from tallystick.core.consignment import PackedLine
from tallystick.core.entry import Kind, PostedEntry
from tallystick.core.party import is_custodian
from tallystick.core.unit import UnitKind
from tallystick.desk.entries import EntryWish, WishedLine
from tallystick.desk.handovers.sending import DispatchWish, KeptLine, PackingWish, SentLine
from tallystick.web.figures import amount
from tallystick.web.forms import CODE_LENGTH, HappenedForm
from tallystick.web.paging import is_number
from tallystick.web.rows import RowsForm, amount_field, code_field, text_field

ROWS, EMPTY_ROWS = 3, 2  # at first; and at least as many are empty when a form comes back


def choice_field(label: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=False)


def whole_field(label: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, max_value=1_000_000, required=False)


LINE = {
    "unit": lambda: choice_field(_("Unit")),
    "amount": lambda: amount_field(_("Amount")),
    "earmark": lambda: choice_field(_("Earmark")),
    "grant": lambda: code_field(_("Grant, if it is for one")),
    "authorisation": lambda: code_field(_("Authorisation"), offers="authorisation"),
}
PACKED = {
    "specification": lambda: text_field(_("Specification, of goods")),
    "packaging": lambda: text_field(_("Packaging, of goods")),
    "packages": lambda: whole_field(_("Number of packages")),
}


class LinesForm(RowsForm, HappenedForm):
    """Several amounts from one hand to another, each of a unit and an earmark."""

    row_fields = dict(LINE)
    reason = None  # type: ignore[assignment]

    def prepare(self) -> None:
        super().prepare()
        self.add_rows(range(max(ROWS, self._rows_sent() + EMPTY_ROWS)))
        units, earmarks = sorted(self.known.units), sorted(self.known.earmarks)
        for place in self.places:
            self.choose(f"unit-{place}", units, empty=True)
            self.choose(f"earmark-{place}", earmarks, empty=True)
        self.suggestions["custodian"] = self.known.codes(is_custodian)
        self.suggestions["authorisation"] = sorted(authorisations())

    def _rows_sent(self) -> int:
        """How many rows came filled in: those beyond are not ours to forget."""
        places = [name.rpartition("-")[2] for name, value in self.data.items() if name.startswith("amount-") and value]
        return max((int(place) + 1 for place in places if is_number(place) and len(place) < 4), default=0)

    def clean(self) -> dict[str, Any]:
        """A row that says an amount says a unit and an earmark as well."""
        said = super().clean() or {}
        for name, place in ((name, place) for place in self.filled() for name in ("unit", "earmark")):
            if not self.said(name, place):
                self.add_error(f"{name}-{place}", _("An amount is of a unit, for an earmark."))
        if not list(self.filled()):
            self.add_error("amount-0", _("Nothing is said to pass."))
        return said

    def filled(self) -> Iterator[int]:
        return (place for place in self.places if self.said("amount", place))


class DispatchForm(LinesForm):
    """The giver's half of a tally, with its papers and the commission beside it."""

    row_fields = {**LINE, **PACKED}
    reference = forms.CharField(label=_("Reference of the tally"), max_length=CODE_LENGTH)
    giver = code_field(_("Who gives it up"), required=True, offers="custodian")
    carrier = code_field(_("Who carries it"), required=True, offers="custodian")
    note = text_field(_("Note, without any name"))
    kept_by = code_field(_("Who keeps it"), offers="custodian")
    kept_unit = choice_field(_("Unit"))
    kept_amount = amount_field(_("Amount"))
    kept_earmark = choice_field(_("Earmark"))
    aside = ("kept_by", "kept_unit", "kept_amount", "kept_earmark")
    aside_title = _("Commission beside it, if there is one")
    field_order = ("reference", "happened_on", "happened_time", "clock", "giver", "carrier", "note")

    def prepare(self) -> None:
        super().prepare()
        self.choose("kept_unit", sorted(self.known.units), empty=True)
        self.choose("kept_earmark", sorted(self.known.earmarks), empty=True)

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if said.get("kept_amount"):
            for name in ("kept_by", "kept_unit", "kept_earmark"):
                if not said.get(name):
                    self.add_error(name, _("A commission is kept by somebody, of a unit, for an earmark."))
        return said

    def wish(self) -> DispatchWish:
        said = self.cleaned_data
        kept: tuple[KeptLine, ...] = ()
        if said["kept_amount"]:
            parts = self.parts("kept_amount", unit=said["kept_unit"])
            kept = (KeptLine(said["kept_by"], said["kept_unit"], parts, said["kept_earmark"]),)
        lines = tuple(self._line(place) for place in self.filled())
        return DispatchWish(
            said["reference"], self.happened_at(), said["giver"], said["carrier"], lines, commission=kept, note=said["note"]
        )

    def _line(self, place: int) -> SentLine:
        unit = self.said("unit", place)
        return SentLine(
            unit, self.row_parts("amount", place, unit=unit), self.said("earmark", place),
            grant=self.said("grant", place), authorisation=self.said("authorisation", place),
            specification=self.said("specification", place), packaging=self.said("packaging", place),
            packages=self.said("packages", place) or 0,
        )  # fmt: skip


class HandoverForm(LinesForm):
    """Custody passing while both are present, down the way or back up."""

    reference = forms.CharField(label=_("Reference"), max_length=CODE_LENGTH)
    giver = code_field(_("Who gives it up"), required=True, offers="custodian")
    taker = code_field(_("Who takes it"), required=True, offers="custodian")
    way = forms.ChoiceField(
        label=_("Which way"),
        choices=[(Kind.HANDOVER.value, _("onward")), (Kind.RETURN.value, _("back to whom it came from"))],
    )
    note = text_field(_("Note, without any name"))
    field_order = ("reference", "happened_on", "happened_time", "clock", "giver", "taker", "way", "note")

    def wish(self) -> EntryWish:
        said = self.cleaned_data
        lines = []
        for place in self.filled():
            unit = self.said("unit", place)
            lines.append(
                WishedLine(
                    said["way"], said["giver"], said["taker"], unit, self.row_parts("amount", place, unit=unit),
                    self.said("earmark", place), self.said("grant", place), self.said("authorisation", place), said["note"],
                )
            )  # fmt: skip
        return EntryWish(said["reference"], self.happened_at(), tuple(lines))


class PackingForm(RowsForm):
    """How the goods of a tally are packed."""

    row_fields = dict(PACKED)
    reason = None  # type: ignore[assignment]

    def __init__(self, *args: Any, dispatch: PostedEntry, packed: dict[int, PackedLine], **named: Any) -> None:
        self.dispatch, self.packed = dispatch, packed
        super().__init__(*args, **named)

    def prepare(self) -> None:
        super().prepare()
        moves = enumerate(self.dispatch.moves)
        self.goods = [
            place for place, one in moves if one.kind == Kind.DISPATCH and self.known.units[one.unit].kind == UnitKind.GOODS
        ]
        self.add_rows(range(len(self.goods)))
        for place, line in enumerate(self.goods):
            if line in self.packed:
                told = self.packed[line]
                for name in PACKED:
                    self.fields[f"{name}-{place}"].initial = getattr(told, name) or None

    def row_title(self, place: int) -> object:
        move = self.dispatch.moves[self.goods[place]]
        return f"{move.unit} {amount(move.amount, self.known.units[move.unit].places)}"

    def wish(self) -> PackingWish:
        lines = tuple(
            PackedLine(line, self.said("specification", place), self.said("packaging", place), self.said("packages", place) or 0)
            for place, line in enumerate(self.goods)
        )
        return PackingWish(self.dispatch.reference, lines)
