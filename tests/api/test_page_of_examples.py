"""docs/api.md is right: what it has one type, these books answer."""

import json
import re
from urllib.parse import unquote

import pytest

from tallystick.core.role import PAGES, Door
from tests.asking import Program
from tests.house.source import ROOT

pytestmark = pytest.mark.django_db
EXAMPLE = re.compile(
    r"^    curl -K \S+ (?P<post>-X POST )?'http://127\.0\.0\.1:8321/api/v1/(?P<path>\S+?)'(?: --json '(?P<json>.*)')?$",
    re.MULTILINE,
)
NAMES = re.compile(r"`([a-z.]+(?:/[A-Z0-9]+)?)`")


def page() -> str:
    return (ROOT / "docs" / "api.md").read_text(encoding="utf-8")


def test_every_example_is_answered(lamps: None):
    ledger = Program("LEDGER")
    answers = []
    for example in EXAMPLE.finditer(page()):
        path = unquote(example["path"])
        if "/1/" in path:
            path = path.replace("/1/", f"/{answers[-1]['waiting']}/")
        where, _, asked = path.partition("?")
        if example["json"] or example["post"]:
            answer = ledger.post(where, json.loads(example["json"]) if example["json"] else None)
        else:
            answer = ledger.get(where, **dict([asked.split("=")] if asked else []))
        assert answer.status_code in (200, 202), (path, answer.content)
        answers.append(answer.json())
    assert (len(answers), answers[3]["done"]["already"], answers[-1]["state"]) == (6, False, "withdrawn")


def test_every_address_that_is_read_stands_on_the_page(lamps: None):
    rows = [row for row in page().splitlines() if row.startswith("| `")]
    listed = [name for row in rows for name in NAMES.findall(row.split("|")[1])]
    reader = Program("READER", role="auditor")
    assert {reader.get(name).status_code for name in listed if name != "drafts/7"} == {200}
    reads = {name for name, one in PAGES.items() if one.door is Door.CLIENT and not one.write} - {"api-nothing"}
    assert len(listed) == len(reads)
