"""The forms about one tally: what of it was received, lost, returned, claimed or counted above the waybill."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tallystick.core.amount import Parts, show_amount
from tallystick.core.dispute import Dispute, DisputeStep
from tallystick.core.overage import Overage, OverageStep
from tallystick.core.party import is_custodian
from tallystick.desk.handovers.disputing import ClearingWish, ClosingWish, DisputeWish, OverageWish, SettledLine
from tallystick.desk.handovers.receiving import BackLine, CountedLine, ReceiptWish, ReturnWish
from tallystick.ledger.queries.tallies import TallyLine, TallyStory
from tallystick.web.figures import amount
from tallystick.web.forms import CODE_LENGTH, HappenedForm, WishForm
from tallystick.web.rows import RowsForm, amount_field, answers_field, cause_field, code_field, text_field
from tallystick.web.tallies.words import DISPUTE_STEPS, OVERAGE_STEPS


class OfTally(RowsForm, HappenedForm):
    """A form about one tally, with a row for everything of it that is on the road.

    A row is known by the place of its line in the whole tally, which stays when another line comes in meanwhile; what was said of a line
    that is not on the road any more is taken at its word, and the books refuse it or know it already.
    """

    prefilled = ""  # the field that begins with all that is on the road
    note = text_field(_("Note, without any name"))

    def __init__(self, *args: Any, story: TallyStory, **named: Any) -> None:
        self.story = story
        self.lines: Sequence[TallyLine] = story.lines
        super().__init__(*args, **named)

    def prepare(self) -> None:
        super().prepare()
        self.add_rows([place for place, line in enumerate(self.lines) if line.left or self._was_sent(place)])
        self.suggestions["custodian"] = self.known.codes(is_custodian)
        if self.prefilled:
            for place in self.places:
                line = self.lines[place]
                self.fields[f"{self.prefilled}-{place}"].initial = show_amount(line.left, self.known.units[line.unit].places)

    def row_title(self, place: int) -> object:
        line = self.lines[place]
        left = amount(line.left, self.known.units[line.unit].places)
        return _("{unit} {left} on the road, {earmark}").format(unit=line.unit, left=left, earmark=line.earmark)

    def _was_sent(self, place: int) -> bool:
        return any(f"{name}-{place}" in self.data for name in self.row_fields)

    def counted(self, name: str, place: int) -> Parts:
        return self.row_parts(name, place, unit=self.lines[place].unit)


class ReceiptForm(OfTally):
    """What was counted on arrival."""

    prefilled = "received"
    row_fields = {
        "received": lambda: amount_field(_("Received")),
        "lost": lambda: amount_field(_("Lost on the way")),
        "cause": cause_field,
        "answers": answers_field,
        "above": lambda: amount_field(_("Counted above the waybill")),
    }

    def clean(self) -> dict[str, Any]:
        """What was lost was lost to something."""
        said = super().clean() or {}
        for place in self.places:
            if self.said("lost", place) and not self.said("cause", place):
                self.add_error(f"cause-{place}", _("A loss has a cause."))
        return said

    def wish(self) -> ReceiptWish:
        lines = tuple(
            CountedLine(
                self.lines[place].unit, self.lines[place].earmark, received=self.counted("received", place),
                lost=self.counted("lost", place), cause=self.said("cause", place), answers=self.said("answers", place),
                above=self.counted("above", place),
            )
            for place in self.places
        )  # fmt: skip
        return ReceiptWish(self.story.reference, self.happened_at(), lines, note=self.cleaned_data["note"])


class RoadLossForm(ReceiptForm):
    """What was lost on the road, and nothing of it came."""

    prefilled = ""
    row_fields = {name: ReceiptForm.row_fields[name] for name in ("lost", "cause", "answers")}


class ReturnForm(OfTally):
    """What is on the road goes back."""

    prefilled = "back"
    row_fields = {"back": lambda: amount_field(_("Goes back"))}
    reason = None  # type: ignore[assignment]

    def wish(self) -> ReturnWish:
        back = [(self.lines[place], self.counted("back", place)) for place in self.places]
        lines = tuple(BackLine(line.unit, line.earmark, parts) for line, parts in back if parts)
        return ReturnWish(self.story.reference, self.happened_at(), lines, note=self.cleaned_data["note"])


class ClosingForm(OfTally):
    """How a dispute ends, and what becomes of what is on the road."""

    prefilled = "amount"
    ending = forms.ChoiceField(label=_("It ends as"), choices=list(DISPUTE_STEPS.items()))
    row_fields = {
        "amount": lambda: amount_field(_("How much of it")),
        "cause": lambda: _labelled(cause_field(), _("Cause, where it is written off")),
        "answers": lambda: _labelled(
            answers_field(), _("Where it is written off: who answers; empty where the programme bears it")
        ),
    }
    field_order = ("ending", "happened_on", "happened_time", "clock", "note")

    def __init__(self, *args: Any, dispute: Dispute, **named: Any) -> None:
        self.dispute = dispute
        super().__init__(*args, **named)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        for place in self.places:
            loses = said.get("ending") == DisputeStep.WRITE_OFF and self.said("amount", place)
            if loses and not self.said("cause", place):
                self.add_error(f"cause-{place}", _("A loss has a cause."))
        return said

    def wish(self) -> ClosingWish:
        said = self.cleaned_data
        return ClosingWish(
            self.dispute.dispute, said["ending"], self.happened_at(), self._settled(said["ending"]), note=said["note"]
        )

    def _settled(self, step: str) -> tuple[SettledLine, ...]:
        """What its rows say; they count for nothing where the claim is unfounded."""
        if step == DisputeStep.FIND_UNFOUNDED:
            return ()
        rows = [(place, self.lines[place], self.counted("amount", place)) for place in self.places]
        is_loss = step == DisputeStep.WRITE_OFF
        return tuple(
            SettledLine(
                line.unit, line.earmark, parts, self.said("cause", place) if is_loss else "",
                self.said("answers", place) if is_loss else "",
            )
            for place, line, parts in rows
            if parts
        )  # fmt: skip


class DisputeForm(WishForm):
    """A claim about a tally."""

    claimed_by = code_field(_("Who claims it"), required=True, offers="claimed_by")
    happened_on = forms.DateField(label=_("Day"), widget=forms.DateInput({"type": "date"}))
    unit_code = forms.ChoiceField(label=_("Unit"))
    amount = forms.CharField(label=_("Amount claimed"), max_length=40, widget=forms.TextInput({"inputmode": "decimal"}))
    why = forms.CharField(label=_("What is claimed, without any name"), max_length=500, widget=forms.Textarea({"rows": 3}))
    reason = None  # type: ignore[assignment]

    def __init__(self, *args: Any, story: TallyStory, **named: Any) -> None:
        self.story = story
        super().__init__(*args, **named)

    def prepare(self) -> None:
        super().prepare()
        self.choose("unit_code", sorted({line.unit for line in self.story.lines}))
        self.suggest("claimed_by", [self.story.giver, self.story.carrier])

    def wish(self) -> DisputeWish:
        said = self.cleaned_data
        parts = self.parts("amount", unit=said["unit_code"])
        return DisputeWish(
            self.story.reference, said["claimed_by"], said["happened_on"], said["unit_code"], parts, reason=said["why"]
        )


class OverageForm(WishForm):
    """What was counted above the waybill."""

    line = forms.ChoiceField(label=_("Unit and earmark"))
    amount = forms.CharField(
        label=_("Counted above the waybill"), max_length=40, widget=forms.TextInput({"inputmode": "decimal"})
    )
    counted_by = code_field(_("Who counted it"), required=True, offers="counted_by")
    happened_on = forms.DateField(label=_("Day"), widget=forms.DateInput({"type": "date"}))
    note = text_field(_("Note, without any name"))
    reason = None  # type: ignore[assignment]

    def __init__(self, *args: Any, story: TallyStory, **named: Any) -> None:
        self.story = story
        super().__init__(*args, **named)

    def prepare(self) -> None:
        super().prepare()
        field = self.fields["line"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(str(place), f"{line.unit}, {line.earmark}") for place, line in enumerate(self.story.lines)]
        self.suggest("counted_by", [self.story.carrier, self.story.giver])

    def wish(self) -> OverageWish:
        said = self.cleaned_data
        line = self.story.lines[int(said["line"])]
        return OverageWish(
            self.story.reference, line.unit, line.earmark, self.parts("amount", unit=line.unit), said["counted_by"],
            said["happened_on"], note=said["note"],
        )  # fmt: skip


class ClearingForm(HappenedForm):
    """How an overage ends."""

    ending = forms.ChoiceField(label=_("It ends so"), choices=list(OVERAGE_STEPS.items()))
    reference = forms.CharField(
        label=_("Where the giver had written too little: reference of its correction"), max_length=CODE_LENGTH, required=False
    )
    authorisation = code_field(_("Authorisation of the correction"))
    note = text_field(_("Note, without any name"))
    field_order = ("ending", "happened_on", "happened_time", "clock", "reference", "authorisation", "note", "reason")

    def __init__(self, *args: Any, overage: Overage, **named: Any) -> None:
        self.overage = overage
        super().__init__(*args, **named)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("ending") == OverageStep.CORRECT and not said.get("reference"):
            self.add_error("reference", _("A correction is an entry of its own, and has a reference."))
        return said

    def wish(self) -> ClearingWish:
        said = self.cleaned_data
        wish = ClearingWish(self.overage.overage, said["ending"], self.happened_at(), note=said["note"])
        if wish.step != OverageStep.CORRECT:
            return wish
        return replace(wish, reference=said["reference"], authorisation=said["authorisation"])


def _labelled(field: forms.Field, label: object) -> forms.Field:
    field.label = str(label)
    return field
