"""What is committed names no machine and no registry, and says at its door how to begin."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.house.source import ROOT, committed_files

PICTURES = {".png", ".jpg", ".ico", ".xlsx", ".woff2", ".mo", ".db"}
MACHINE_PATH = re.compile(r"(?<![\w.])/(work|root|farm|home/\w+|Users/\w+)/")
REGISTRY = re.compile(
    r"\b(pypi\.org|pythonhosted\.org|registry\.npmjs|npmjs\.org|deb\.debian\.org|crates\.io|proxy\.golang)", re.IGNORECASE
)
UNFINISHED = re.compile(r"\b(TO[D]O|FIX[M]E|X[X]X|HA[C]K)\b(?! #\d)")


def machine_paths(text: str) -> Iterator[str]:
    return _found(MACHINE_PATH, text)


def registry_hosts(text: str) -> Iterator[str]:
    return _found(REGISTRY, text)


def unfinished_work(text: str) -> Iterator[str]:
    """A note of work left over, unless the number of an issue follows it."""
    return _found(UNFINISHED, text)


def _found(pattern: re.Pattern[str], text: str) -> Iterator[str]:
    for number, line in enumerate(text.splitlines(), start=1):
        if match := pattern.search(line):
            yield f"{number} {match[0]}"


RULES = (machine_paths, registry_hosts, unfinished_work)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_no_committed_file_holds_it(rule: Callable[[str], Iterator[str]]):
    texts = [path for path in committed_files() if path.suffix not in PICTURES]
    assert len(texts) > 50
    found = [f"{path.relative_to(ROOT)}:{one}" for path in texts for one in rule(path.read_text(encoding="utf-8"))]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        (machine_paths, "cd /wo" + "rk/main"),
        (machine_paths, "python /ho" + "me/amina/run.py"),
        (registry_hosts, "see https://" + "pypi." + "org/project/x"),
        (unfinished_work, "# TO" + "DO later"),
    ],
)
def test_a_line_that_should_not_be_committed_is_found(rule: Callable[[str], Iterator[str]], text: str):
    assert list(rule(f"first line\n{text}\n"))


def test_what_only_looks_like_a_machine_path_passes():
    assert not list(machine_paths("https://example.org/works/ and docs/roots/of/trees"))


def direct_dependencies() -> list[str]:
    lines = [line for name in ("run", "postgres") for line in (ROOT / "requirements" / f"{name}.in").read_text().splitlines()]
    return [re.split(r"[<>=\[ ]", line)[0] for line in lines if line and not line.startswith("#")]


def unexplained(names: list[str], *, text: str) -> list[str]:
    return [name for name in names if f"`{name}`" not in text]


def test_every_dependency_has_its_reason():
    names = direct_dependencies()
    assert "Django" in names
    assert unexplained(names, text=(ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")) == []
    assert unexplained(["click", "rich"], text="`click` reads options; rich is not explained") == ["rich"]


def test_what_is_installed_is_what_is_locked():
    settings = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert [name for name in direct_dependencies() if f'"{name}' not in settings] == []


def test_the_readme_says_how_to_begin():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [word for word in ("make demo", "make test") if word not in text] == []


def test_every_link_between_the_pages_leads_somewhere():
    pages = [path for path in committed_files() if path.suffix == ".md"]
    found = [f"{page.relative_to(ROOT)}: {target}" for page in pages for target in dead_links(page)]
    assert not found, "\n".join(found)


def dead_links(page: Path) -> list[str]:
    targets = re.findall(r"\]\(([^)#\s]+)[^)]*\)", page.read_text(encoding="utf-8"))
    return [target for target in targets if "://" not in target and not (page.parent / target).exists()]


def test_a_dead_link_is_found(tmp_path: Path):
    page = tmp_path / "page.md"
    page.write_text("[the plan](docs/nowhere.md), [this page](page.md#here), [elsewhere](https://example.org/)", encoding="utf-8")
    assert dead_links(page) == ["docs/nowhere.md"]
