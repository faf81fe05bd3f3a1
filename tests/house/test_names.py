"""What things are called, what a module may open with, and what stands in only one place."""

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.house.source import Module, modules, product

EMPTY_NAMES = {"util", "utils", "helper", "helpers", "common", "manager", "managers", "service", "services", "misc"}
EMPTY_VERBS = re.compile(r"_?(process|handle|manage|do)(_|$)")
CLOCKS = {"now", "utcnow", "today", "localdate", "localtime"}
ROOMS_WITH_A_CLOCK = ("web", "api", "ops")
# A person is answered here, whatever went wrong; everywhere else a fault goes on its way.
ANSWERING_PLACES = ("src/tallystick/ops/command.py", "src/tallystick/web/page.py")
SIGNALS = re.compile(r"django\.dispatch|django(\.\w+)+\.signals|django\.core\.signals")


def empty_names(module: Module) -> Iterator[str]:
    path = Path(module.name)
    for part in (*path.parent.parts, path.stem):
        if set(part.split("_")) & EMPTY_NAMES:
            yield f"{module.name}: “{part}” says nothing about what is in it"


def empty_verbs(module: Module) -> Iterator[str]:
    for node in ast.walk(module.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and EMPTY_VERBS.match(node.name):
            yield f"{module.name}:{node.lineno} {node.name}: what does it do?"


def silent_modules(module: Module) -> Iterator[str]:
    if not ast.get_docstring(module.tree):
        yield f"{module.name} does not open with what it is for"


def busy_packages(module: Module) -> Iterator[str]:
    """A package's front holds a sentence and nothing else; that of a folder of migrations, which Django makes, may be bare."""
    if Path(module.name).name == "__init__.py" and len(module.tree.body) > bool(ast.get_docstring(module.tree)):
        yield f"{module.name} holds more than a docstring"


def clock_readers(module: Module) -> Iterator[str]:
    if module.room in ROOMS_WITH_A_CLOCK or not module.name.startswith("src/"):
        return
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Attribute) and (node.attr in CLOCKS or ast.unparse(node) == "time.time"):
            yield f"{module.name}:{node.lineno} asks the clock: {ast.unparse(node)}"


def catchers_of_everything(module: Module) -> Iterator[str]:
    """`except BaseException` that ends in a bare `raise` cleans up and catches nothing."""
    if module.name in ANSWERING_PLACES or not module.name.startswith("src/"):
        return
    for node in ast.walk(module.tree):
        if isinstance(node, ast.ExceptHandler) and _catches_everything(node):
            yield f"{module.name}:{node.lineno} catches everything"


def signal_users(module: Module) -> Iterator[str]:
    for node in ast.walk(module.tree):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom):
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        if any(SIGNALS.match(name) for name in names):
            yield f"{module.name}:{node.lineno} uses signals"


def _catches_everything(handler: ast.ExceptHandler) -> bool:
    types = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    names = {ast.unparse(one) if one else "" for one in types}
    last = handler.body[-1]
    cleans_up = names == {"BaseException"} and isinstance(last, ast.Raise) and last.exc is None
    return bool(names & {"", "Exception", "BaseException"}) and not cleans_up


RULES = (empty_names, empty_verbs, silent_modules, busy_packages, clock_readers, catchers_of_everything, signal_users)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_every_module_keeps_to_the_house_style(rule: Callable[[Module], Iterator[str]]):
    found = [breach for module in modules() if not module.is_written_by_django for breach in rule(module)]
    assert not found, "\n".join(found)


def test_faults_are_answered_in_at_most_two_places():
    answering = [module for module in product() if module.name in ANSWERING_PLACES]
    handlers = [node for module in answering for node in ast.walk(module.tree) if isinstance(node, ast.ExceptHandler)]
    assert sum(_catches_everything(handler) for handler in handlers) <= len(ANSWERING_PLACES)


@pytest.mark.parametrize(
    ("rule", "name", "text"),
    [
        (empty_names, "ledger/utils.py", ""),
        (empty_names, "ledger/date_helpers.py", ""),
        (empty_names, "common/dates.py", ""),
        (empty_verbs, "ledger/post.py", "def process_entry(): ..."),
        (empty_verbs, "ledger/post.py", "class A:\n    def _do_it(self): ..."),
        (silent_modules, "ledger/post.py", "import os"),
        (busy_packages, "ledger/__init__.py", '"""The ledger."""\nfrom x import y'),
        (busy_packages, "ledger/__init__.py", "from x import y"),
        (clock_readers, "ledger/post.py", "at = datetime.now(UTC)"),
        (clock_readers, "core/entry.py", "at = datetime.date.today()"),
        (clock_readers, "core/entry.py", "at = time.time()"),
        (catchers_of_everything, "ledger/post.py", "try:\n    f()\nexcept Exception:\n    pass"),
        (catchers_of_everything, "ledger/post.py", "try:\n    f()\nexcept (ValueError, Exception) as e:\n    raise"),
        (catchers_of_everything, "ledger/post.py", "try:\n    f()\nexcept:\n    pass"),
        (signal_users, "ledger/models.py", "from django.db.models.signals import post_save"),
        (signal_users, "ledger/models.py", "from django.dispatch import receiver"),
        (signal_users, "ledger/models.py", "from django.db.models import signals"),
    ],
)
def test_a_breach_of_style_is_found(rule: Callable[[Module], Iterator[str]], name: str, text: str):
    assert list(rule(Module(f"src/tallystick/{name}", text)))


@pytest.mark.parametrize(
    ("rule", "name", "text"),
    [
        (empty_names, "ledger/post.py", ""),
        (empty_verbs, "ledger/post.py", "def document(): ...\ndef processed_at(): ..."),
        (busy_packages, "ledger/__init__.py", '"""The ledger."""'),
        (busy_packages, "ledger/migrations/__init__.py", ""),
        (clock_readers, "ops/command.py", "at = datetime.now(UTC)"),
        (catchers_of_everything, "ledger/post.py", "try:\n    f()\nexcept BaseException:\n    g()\n    raise"),
        (catchers_of_everything, "ops/command.py", "try:\n    f()\nexcept Exception:\n    pass"),
    ],
)
def test_what_keeps_to_the_style_passes(rule: Callable[[Module], Iterator[str]], name: str, text: str):
    assert not list(rule(Module(f"src/tallystick/{name}", text)))
