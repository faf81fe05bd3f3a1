"""The choice of languages, as links that keep the page where it is."""

from dataclasses import dataclass

from django import template
from django.conf import settings
from django.template import Context
from django.utils.translation import get_language, get_language_info

from tallystick.web.language import CHOICE

register = template.Library()


@dataclass(frozen=True, slots=True)
class Language:
    """A language that the pages are in, named in itself; `address` is this page in it."""

    code: str
    name: str
    direction: str
    address: str
    is_current: bool


@register.simple_tag(takes_context=True)
def languages(context: Context) -> list[Language]:
    """Every language there is; none where a page is made without anyone asking."""
    request = getattr(context, "request", None)
    if request is None:
        return []
    query = request.GET.copy()
    found = []
    for code, name in settings.LANGUAGES:
        query[CHOICE] = code
        direction = "rtl" if get_language_info(code)["bidi"] else "ltr"
        found.append(Language(code, name, direction, f"?{query.urlencode()}", code == get_language()))
    return found
