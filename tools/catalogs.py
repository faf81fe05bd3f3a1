#!/usr/bin/env python3
"""The catalogs of the pages' languages, brought up to what the code says now: python tools/catalogs.py

Gathers every message there is (templates, the Python of `web`, the words of every refusal and of the facts in them), enters what is
new into src/tallystick/web/locale/*/LC_MESSAGES/django.po with an empty translation, takes out what nobody says any more, and writes
django.mo beside it. Tests hold the catalogs to this: nothing missing, nothing empty, and each django.mo as its django.po says.

Needs the development environment (.venv/bin/python).
"""

import importlib
import os
import pkgutil
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "tallystick"
WEB = SOURCE / "web"
LOCALES = WEB / "locale"
KEYWORDS = DEFAULT_KEYWORDS | {
    "gettext_lazy": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
}

Said = tuple[str | tuple[str, str], str | None, str, str]
"""Words (or the two of one and of many), context, the file they stand in, and a word to whoever translates them."""


def gathered() -> Catalog:
    """Every message, each once, with the files that say it."""
    template = Catalog(project="Tallystick", charset="utf-8")
    for words, context, file, note in [*of_templates(), *of_python(), *of_refusals(), *of_facts()]:
        template.add(words, context=context, locations=[(file, None)], auto_comments=[note] if note else [])
    return template


def of_templates() -> Iterator[Said]:
    """What {% translate %} and {% blocktranslate %} say, as Django itself reads them."""
    from django.template import Context, engines
    from django.templatetags.i18n import BlockTranslateNode, TranslateNode

    engine, nobody = engines["django"].engine, Context()
    templates = (path for path in (WEB / "templates").rglob("*") if path.suffix in (".html", ".txt"))
    for path in sorted(templates):
        nodes = engine.get_template(str(path.relative_to(WEB / "templates"))).nodelist
        for node in nodes.get_nodes_by_type((TranslateNode, BlockTranslateNode)):
            context = node.message_context.resolve(nobody) if node.message_context else None
            if isinstance(node, TranslateNode):
                words = str(node.filter_expression.var.literal)
            else:
                words, _ = node.render_token_list(node.singular)
                words = (words, node.render_token_list(node.plural)[0]) if node.plural else words
            yield words, context, _named(path), ""


def of_python() -> Iterator[Said]:
    """What gettext and its kin are called with in the pages."""
    for path in sorted(WEB.rglob("*.py")):
        for _, words, _, context in extract_from_file("python", path, keywords=KEYWORDS):
            yield words, context, _named(path), ""


def of_refusals() -> Iterator[Said]:
    """The two sentences of every refusal: its words are the message id."""
    for kind in refusals():
        module = sys.modules[kind.__module__]
        assert module.__file__ is not None
        for words in filter(None, (kind.words, kind.expected)):
            yield words, None, _named(Path(module.__file__)), f"refusal {kind.code}"


def of_facts() -> Iterator[Said]:
    """Words of ours that refusals put into their sentences."""
    from tallystick.web.facts import PHRASES
    from tallystick.web.refusals import FACT

    return ((words, FACT, _named(WEB / "facts.py"), "") for words in PHRASES)


def refusals() -> list[type]:
    """Every kind of refusal in the product; what only gathers others has no code."""
    import tallystick
    from tallystick.core.refusal import Refusal

    for module in pkgutil.walk_packages(tallystick.__path__, "tallystick."):
        importlib.import_module(module.name)
    return sorted((kind for kind in _below(Refusal)), key=lambda kind: (kind.__module__, kind.__name__))


def _below(kind: type) -> set[type]:
    own = {one for one in kind.__subclasses__() if one.__module__.startswith("tallystick.") and hasattr(one, "code")}
    return own.union(*(_below(one) for one in kind.__subclasses__()))


def _named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def catalogs() -> dict[str, Path]:
    """The folder of each catalog by its locale: ar, ko, zh_Hans."""
    return {folder.name: folder / "LC_MESSAGES" for folder in sorted(LOCALES.iterdir()) if folder.is_dir()}


def read(folder: Path) -> Catalog:
    with (folder / "django.po").open("rb") as file:
        return read_po(file, locale=folder.parent.name)


def compiled(catalog: Catalog) -> bytes:
    """The catalog as gettext reads it."""
    file = BytesIO()
    write_mo(file, catalog)
    return file.getvalue()


def bring_up(folder: Path, template: Catalog) -> int:
    """Enter what is new, take out what is gone, and compile; how many messages are not translated yet."""
    catalog = read(folder)
    catalog.update(template, no_fuzzy_matching=True, update_creation_date=False)
    catalog.obsolete.clear()
    catalog.last_translator = catalog.language_team = "the founders of Tallystick"
    catalog.msgid_bugs_address, catalog.revision_date = "", catalog.creation_date
    with (folder / "django.po").open("wb") as file:
        write_po(file, catalog, width=130, sort_by_file=True, include_lineno=False, omit_header=False)
    (folder / "django.mo").write_bytes(compiled(catalog))
    return sum(not is_translated(message) for message in catalog if message.id)


def is_translated(message: Message) -> bool:
    """Whether it says something, in each of its plural forms."""
    forms = [message.string] if isinstance(message.id, str) else message.string
    return bool(forms) and all(forms)


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tallystick.config.settings")
    import django

    django.setup()
    template = gathered()
    for locale, folder in catalogs().items():
        empty = bring_up(folder, template)
        print(f"{locale}: {len(template)} messages, {empty} of them not translated")


if __name__ == "__main__":
    main()
