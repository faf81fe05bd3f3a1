"""The field in which a code is typed: large digits, and nothing of it is ever written back into a page."""

from typing import Any

from django import forms

from tallystick.core.half import TEXT_MAX


class CodeInput(forms.TextInput):
    """Shows nothing of what was typed: whoever was refused types it again."""

    def __init__(self) -> None:
        super().__init__({"inputmode": "numeric", "autocomplete": "off", "spellcheck": "false", "class": "digits", "dir": "ltr"})

    def format_value(self, value: Any) -> str | None:
        del value
        return None


class CodeField(forms.CharField):
    """The ten digits, however they are grouped."""

    def __init__(self, **named: Any) -> None:
        super().__init__(max_length=TEXT_MAX, widget=CodeInput(), **named)
