"""Refusals in the reader's language: the sentence is looked up by its English words, and then the facts are put in.

A fact that is itself words of ours (“an amount”, “theft”) is looked up as well, under the context FACT; codes and amounts stand as
they are. Where the language runs from right to left every fact is set apart, so that it does not turn its neighbours round.
"""

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language_bidi, gettext, pgettext

from tallystick.core.refusal import Refusal
from tallystick.web.facts import PHRASES

FACT = "fact"


def sentence(refusal: Refusal) -> SafeString:
    """What was refused and why."""
    return _filled(refusal.words, refusal.facts)


def expectation(refusal: Refusal) -> SafeString:
    """What would have been taken instead; empty where the sentence already says it."""
    return _filled(refusal.expected, refusal.facts)


def _filled(words: str, facts: dict[str, object]) -> SafeString:
    if not words:
        return SafeString()
    if not facts:
        return conditional_escape(gettext(words).format())
    return format_html(gettext(words), **{name: _shown(fact) for name, fact in facts.items()})


def _shown(fact: object) -> SafeString:
    if isinstance(fact, Refusal):
        return sentence(fact)
    text = fact_words(fact) if isinstance(fact, str) and fact else str(fact)
    return format_html("<bdi>{}</bdi>", text) if get_language_bidi() else conditional_escape(text)


def fact_words(fact: str) -> str:
    """A fact in the reader's words where it is ours, and several of them where it lists several; as it stands where it is not."""
    listed = fact.split(", ")
    if len(listed) > 1 and set(listed) <= set(PHRASES):
        return pgettext("between two words", ", ").join(pgettext(FACT, one) for one in listed)
    return pgettext(FACT, fact)
