"""Arrows drawn by strings point down as well: foreign keys, migrations, and modules looked up by name."""

import ast
import re
from collections.abc import Callable, Iterable, Iterator

import pytest

from tests.house.source import Module, may_know, product, rooms

RELATIONS = {"ForeignKey", "OneToOneField", "ManyToManyField", "CompositePrimaryKey"}
MODEL = re.compile(r"(\w+)\.\w+")
DOTTED = re.compile(r"tallystick\.(\w+)(\.\w+)*")

# Whoever starts Django names its settings; this is the one place that does.
STARTS_DJANGO = ("src/tallystick/ops/opening.py", "tallystick.config.settings")


def _is_room(name: str) -> bool:
    return any(name in floor for floor in rooms())


def upward_keys(module: Module) -> Iterator[str]:
    """Foreign keys that name a model of a higher room, or of a stranger's, in a string."""
    for node in ast.walk(module.tree):
        if not isinstance(node, ast.Call) or ast.unparse(node.func).rsplit(".")[-1] not in RELATIONS:
            continue
        ends = [*node.args[:1], *(word.value for word in node.keywords if word.arg in ("to", "through"))]
        for text in _strings(ends):
            match = MODEL.fullmatch(text)
            if match and _is_room(match[1]) and not may_know(room=module.room, other=match[1]):
                yield f"{module.name}:{node.lineno} {module.room} holds a key to {text}"


def upward_migrations(module: Module) -> Iterator[str]:
    """Migrations that must wait for those of a higher room, or of a stranger's."""
    for node in ast.walk(module.tree):
        if not isinstance(node, ast.Assign) or ast.unparse(node.targets[0]) not in ("dependencies", "run_before"):
            continue
        pairs = [one for one in ast.walk(node.value) if isinstance(one, ast.Tuple) and one.elts]
        for other in _strings(pair.elts[0] for pair in pairs):
            if _is_room(other) and not may_know(room=module.room, other=other):
                yield f"{module.name}:{node.lineno} waits for the migrations of {other}"


def upward_names(module: Module) -> Iterator[str]:
    """Modules of a higher room, or of a stranger's, named in a string that the code could look up."""
    for node in ast.walk(module.tree):
        for text in _strings([node]):
            match = DOTTED.fullmatch(text) if (module.name, text) != STARTS_DJANGO else None
            if match and _is_room(match[1]) and not may_know(room=module.room, other=match[1]):
                yield f"{module.name}:{node.lineno} {module.room} names {text}"


def _strings(nodes: Iterable[ast.AST]) -> list[str]:
    return [node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)]


RULES = (upward_keys, upward_migrations, upward_names)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_no_string_points_up(rule: Callable[[Module], Iterator[str]]):
    found = [breach for module in product() if module.room for breach in rule(module)]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        (upward_keys, 'grant = models.ForeignKey("grants.Grant", models.PROTECT)'),
        (upward_keys, 'grant = ForeignKey(to="grants.Grant", on_delete=PROTECT)'),
        (upward_migrations, 'class Migration:\n    dependencies = [("grants", "0001_initial")]'),
        (upward_names, 'grants = import_module("tallystick.grants.models")'),
    ],
)
def test_an_arrow_that_points_up_is_found(rule: Callable[[Module], Iterator[str]], text: str):
    assert list(rule(Module("src/tallystick/ledger/models.py", text)))


def test_strangers_on_one_floor_do_not_know_each_other():
    text = 'vouch = models.ForeignKey("vetting.Vouch", models.PROTECT)'
    assert list(upward_keys(Module("src/tallystick/authorisations/models.py", text)))


def test_an_arrow_that_points_down_or_home_passes():
    text = 'a = ForeignKey("people.Party", PROTECT)\nb = ForeignKey("self", PROTECT)\nc = ForeignKey("Unit", PROTECT)'
    assert not list(upward_keys(Module("src/tallystick/ledger/models.py", text)))
