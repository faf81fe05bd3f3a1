"""The catalogs say everything that the pages and the refusals say, with the same facts in it, and are compiled as they stand."""

import re
from html import unescape
from string import Formatter

import pytest
from babel.messages.catalog import Catalog
from django.conf import settings
from django.utils import translation
from django.utils.translation import to_locale

from tallystick.core.refusal import Refusal
from tallystick.web.facts import PHRASES
from tallystick.web.hands.words import KINDS, MANY
from tallystick.web.refusals import expectation, sentence
from tests.house.test_refusals import refusals
from tools.catalogs import catalogs, compiled, gathered, is_translated, read
from tools.characters import ARABIC, HAN, HANGUL, common_han, common_hangul, of_script

LOCALES = ("ko", "zh_Hans", "ar")
PLURALS = {"ko": 1, "zh_Hans": 1, "ar": 6}
SPELLED_OUT = {"ar": {0, 1, 2}}
"""Plural forms that stand for one number alone, so that a translation may spell it out: none, one, two."""

OWN_SCRIPT = {"ko": HANGUL, "zh_Hans": HAN, "ar": ARABIC}
PERCENT_GAP = re.compile(r"%\(\w+\)s")
TAG = re.compile(r"</?\w[^>]*>")


@pytest.fixture(params=LOCALES)
def locale(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def catalog(locale: str) -> Catalog:
    return read(catalogs()[locale])


def gaps(text: str) -> list[str]:
    """What is put into a message: {held}, %(count)s."""
    return sorted([*PERCENT_GAP.findall(text), *(gap for _, gap, _, _ in Formatter().parse(text) if gap is not None)])


def test_there_is_a_catalog_for_every_language_but_english():
    assert set(catalogs()) == set(LOCALES) == {to_locale(code) for code, _ in settings.LANGUAGES if code != "en"}


def test_every_message_is_in_the_catalog_and_nothing_else(catalog: Catalog):
    template = gathered()
    said = {(message.context, message.id) for message in template if message.id}
    assert len(said) > 400
    assert {(message.context, message.id) for message in catalog if message.id} == said, "run tools/catalogs.py"


def test_every_message_is_translated_and_none_is_a_guess(catalog: Catalog):
    assert [message.id for message in catalog if message.id and not is_translated(message)] == []
    assert [message.id for message in catalog if message.id and message.fuzzy] == []
    assert not catalog.obsolete


def test_a_translation_has_the_facts_and_the_tags_of_its_message(catalog: Catalog, locale: str):
    for message in catalog:
        if not message.id:
            continue
        words = message.id if isinstance(message.id, str) else message.id[-1]
        forms = [message.string] if isinstance(message.id, str) else message.string
        for number, form in enumerate(forms):
            if isinstance(message.id, tuple) and number in SPELLED_OUT.get(locale, set()):
                assert set(gaps(form)) <= set(gaps(words)), form
            else:
                assert set(gaps(form)) == set(gaps(words)), form
            assert sorted(map(kind_of, TAG.findall(form))) == sorted(map(kind_of, TAG.findall(words))), form


def kind_of(tag: str) -> str:
    """A tag without the title that is translated with it."""
    return re.sub(r' title="[^"]*"', "", tag)


def test_every_message_is_in_the_languages_own_script(catalog: Catalog, locale: str):
    """But for what holds nothing besides facts, signs and words that are typed as they stand."""
    for message in catalog:
        forms = [message.string] if isinstance(message.id, str) else list(message.string)
        for form in forms if message.id else []:
            bare = PERCENT_GAP.sub("", re.sub(r"\{\w+\}", "", TAG.sub("", form)))
            bare = re.sub(r"UTF-16|pip install .*|postgresql://.*|@\w+:[A-Z]+|@earmark|\b[jFY년n월日日年月]\b", "", bare)
            assert of_script(bare, OWN_SCRIPT[locale]) or not re.search(r"[A-Za-z]{3,}", bare), form


def test_plural_forms_are_as_many_as_the_language_has(catalog: Catalog, locale: str):
    assert catalog.num_plurals == PLURALS[locale]
    plural = [message for message in catalog if isinstance(message.id, tuple)]
    assert len(plural) > 5
    assert {len(message.string) for message in plural} == {PLURALS[locale]}


def test_the_compiled_catalog_is_what_the_readable_one_says(catalog: Catalog, locale: str):
    assert (catalogs()[locale] / "django.mo").read_bytes() == compiled(catalog), "run tools/catalogs.py"


def test_every_kind_of_party_has_a_name_for_one_and_for_many():
    assert set(KINDS) == set(MANY)


@pytest.mark.parametrize("language", ["en", "ko", "zh-hans", "ar"])
def test_every_refusal_can_be_said_in_every_language(language: str):
    assert len(refusals()) > 100
    with translation.override(language):
        for kind in refusals():
            facts = {gap: "HERON" for text in (kind.words, kind.expected) for gap in gaps(text)}
            refusal = kind.__new__(kind)  # some gather their facts from others
            refusal.facts = facts
            said = [unescape(text) for text in (sentence(refusal), expectation(refusal))]
            if language == "en":
                assert said == [str(refusal), refusal.expectation()]
            else:
                assert of_script(said[0], OWN_SCRIPT[to_locale(language)]), said
                assert "{" not in "".join(said)


class Grim(Refusal):
    code = "grim"
    words = "{who} brings {what}."


def test_a_fact_cannot_write_into_the_page():
    assert sentence(Grim(who="<b>HERON</b>", what=3)) == "&lt;b&gt;HERON&lt;/b&gt; brings 3."
    with translation.override("ar"):
        assert sentence(Grim(who="<b>", what="a tally")) == "<bdi>&lt;b&gt;</bdi> brings <bdi>سند تسليم</bdi>."


def test_a_refusal_in_a_refusal_is_said_in_the_same_language():
    from tallystick.core.amount import AmountNotPositive
    from tallystick.ledger.post import EntriesRefused

    with translation.override("ko"):
        told = sentence(EntriesRefused([(0, AmountNotPositive(asked=0, unit="USD"))], asked=2))
    assert told == "기입 2건 가운데 1건을 받지 않습니다. 첫 번째: 0 USD의 이동은 아무것도 옮기지 않습니다."


def test_words_that_a_refusal_puts_in_are_each_told_once():
    assert len(set(PHRASES)) == len(PHRASES)


@pytest.mark.parametrize(("locale", "common"), [("ko", common_hangul()), ("zh_Hans", common_han())], ids=["ko", "zh_Hans"])
def test_our_fonts_hold_every_character_that_the_catalog_says(locale: str, common: set[str]):
    """What is not common is in the font only once tools/fonts.py has met it."""
    script = OWN_SCRIPT[locale]
    said = {letter for message in read(catalogs()[locale]) if message.id for letter in "".join(message.string)}
    sheet = (settings.LOCALE_PATHS[0].parent / "static/web/fonts/fonts.css").read_text()
    held = {
        letter for spans in re.findall(r"-said-\d+-regular.*?unicode-range: ([^;]+);", sheet) for letter in of_script(said, spans)
    }
    assert of_script(said, script) - common - held == set()


def test_common_characters_are_those_of_the_national_standards():
    assert (len(of_script(common_hangul(), "U+AC00-D7A3")), len(of_script(common_han(), "U+4E00-9FFF"))) == (2350, 3755)
