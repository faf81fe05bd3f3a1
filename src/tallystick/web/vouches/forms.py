"""The form that writes a referee's word down."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tallystick.core.vouch import VOUCH_WORDS, YEARS_MAX, Vouch
from tallystick.web.forms import CODE_LENGTH, WishForm

WORDS = {
    "for": pgettext_lazy("a referee's word", "for"),
    "unsure": pgettext_lazy("a referee's word", "unsure"),
    "against": pgettext_lazy("a referee's word", "against"),
}
assert set(WORDS) == set(VOUCH_WORDS), "every word that a referee gives can be said on a page"


class VouchForm(WishForm):
    """One statement of a referee about a recipient."""

    recipient = forms.CharField(label=_("Recipient"), max_length=CODE_LENGTH, widget=forms.TextInput({"spellcheck": "false"}))
    referee = forms.CharField(
        label=_("Referee, by a code name"), max_length=CODE_LENGTH, widget=forms.TextInput({"spellcheck": "false"})
    )
    word = forms.ChoiceField(label=_("What they say"), choices=list(WORDS.items()))
    tie = forms.CharField(label=_("How they come to know them"), max_length=200)
    known_years = forms.IntegerField(label=_("For how many years"), min_value=0, max_value=YEARS_MAX, required=False)
    said_on = forms.DateField(label=_("Day on which they said it"), widget=forms.DateInput({"type": "date"}))
    reason = None  # type: ignore[assignment]

    def wish(self) -> Vouch:
        said = self.cleaned_data
        return Vouch(
            recipient=said["recipient"], referee=said["referee"], tie=said["tie"], known_years=said["known_years"],
            said_on=said["said_on"], word=said["word"],
        )  # fmt: skip
