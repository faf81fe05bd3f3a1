"""Every table of the books has its word in docs/glossary.md."""

import re

from django.apps import apps

from tests.house.source import ROOT

ROW = re.compile(r"^\| \*\*(?P<word>[^*|]+)\*\* \| (?P<meaning>[^|]+) \|", re.MULTILINE)


def words_of(glossary: str) -> set[str]:
    return {row["word"] for row in ROW.finditer(glossary)}


def spoken(name: str) -> str:
    """The model's name as people say it: HoldingLimit is “holding limit”."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).lower()


def unexplained(*, models: list[str], glossary: str) -> list[str]:
    return [name for name in models if spoken(name) not in words_of(glossary)]


def test_every_table_has_its_word():
    models = [model.__name__ for model in apps.get_models() if model.__module__.startswith("tallystick.")]
    assert len(models) > 5
    glossary = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    assert unexplained(models=models, glossary=glossary) == []


def test_a_table_without_a_word_is_found():
    glossary = "| **holding limit** | the most a custodian may hold |\n"
    assert unexplained(models=["HoldingLimit", "Venture"], glossary=glossary) == ["Venture"]
