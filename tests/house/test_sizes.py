"""Modules, classes and functions stay small enough to be read at one sitting."""

import ast
import re
from collections.abc import Callable, Iterable, Iterator

import pytest

from tests.house.source import ROOT, Module, modules

MODULE_LINES = 300
CLASS_LINES = 150
FUNCTION_LINES = 50
NESTING = 3
COMPLEXITY = 8
POSITIONAL = 2

Function = ast.FunctionDef | ast.AsyncFunctionDef
# What branches or repeats; `with` does neither, so it counts for nothing and is looked through.
BLOCKS = (ast.If, ast.For, ast.AsyncFor, ast.While, ast.Try, ast.Match)
SCOPES = (ast.With, ast.AsyncWith)
SILENCED = re.compile(r"#\s*noqa:.*\bC901\b")
# Methods that Python and click call with three, in their places.
CALLED_IN_PLACE = {"__exit__", "__aexit__", "convert"}
# Pytest and hypothesis call these by the names of their parameters.
CALLED_BY_NAME = {"fixture", "given", "composite", "hookimpl", "rule", "invariant", "initialize"}


def long_modules(module: Module) -> Iterator[str]:
    lines = module.text.count("\n")
    if lines > MODULE_LINES:
        yield f"{module.name}: {lines} lines"


def long_classes(module: Module) -> Iterator[str]:
    for node in ast.walk(module.tree):
        if isinstance(node, ast.ClassDef) and _lines(node) > CLASS_LINES:
            yield f"{module.name}:{node.lineno} class {node.name}: {_lines(node)} lines"


def long_functions(module: Module) -> Iterator[str]:
    for function in _functions(module):
        if _lines(function) > FUNCTION_LINES:
            yield f"{module.name}:{function.lineno} {function.name}: {_lines(function)} lines"


def deep_functions(module: Module) -> Iterator[str]:
    for function in _functions(module):
        depth = _deepest(function.body)
        if depth > NESTING:
            yield f"{module.name}:{function.lineno} {function.name}: {depth} blocks deep"


def wide_functions(module: Module) -> Iterator[str]:
    for function in _functions(module):
        names = _positional(function)
        if len(names) > POSITIONAL and not _is_called_by_another(module, function):
            yield f"{module.name}:{function.lineno} {function.name}: {len(names)} positional parameters ({', '.join(names)})"


def silenced_complexity(module: Module) -> Iterator[str]:
    """Complexity is ruff's to measure (C901); nobody may tell it to look away."""
    for number, line in enumerate(module.text.splitlines(), start=1):
        if SILENCED.search(line):
            yield f"{module.name}:{number} silences C901"


RULES = (long_modules, long_classes, long_functions, deep_functions, wide_functions, silenced_complexity)


def _lines(node: ast.ClassDef | Function) -> int:
    assert node.end_lineno is not None
    return node.end_lineno - node.lineno + 1


def _functions(module: Module) -> Iterator[Function]:
    return (node for node in ast.walk(module.tree) if isinstance(node, Function))


def _deepest(statements: Iterable[ast.stmt]) -> int:
    return max((_depth(one) for one in statements), default=0)


def _depth(statement: ast.stmt) -> int:
    """Blocks of control flow one inside the other; a function inside a function begins anew, `elif` stays beside its `if`."""
    if isinstance(statement, SCOPES):
        return _deepest(statement.body)
    if not isinstance(statement, BLOCKS):
        return 0
    inside = [_deepest(getattr(statement, part, ())) for part in ("body", "finalbody")]
    inside += [_deepest(part.body) for part in (*getattr(statement, "handlers", ()), *getattr(statement, "cases", ()))]
    otherwise = getattr(statement, "orelse", [])
    if isinstance(statement, ast.If) and len(otherwise) == 1 and isinstance(otherwise[0], ast.If):
        return max(1 + max(inside), _depth(otherwise[0]))
    return 1 + max(*inside, _deepest(otherwise))


def _positional(function: Function) -> list[str]:
    names = [argument.arg for argument in (*function.args.posonlyargs, *function.args.args)]
    return names[1:] if names[:1] in (["self"], ["cls"]) else names


def _is_called_by_another(module: Module, function: Function) -> bool:
    if function.name in CALLED_IN_PLACE and function.args.args[0].arg == "self":
        return True
    if not module.name.startswith("tests/"):
        return False
    decorators = {_last_name(one) for one in function.decorator_list}
    return function.name.startswith(("test_", "pytest_")) or bool(decorators & CALLED_BY_NAME)


def _last_name(decorator: ast.expr) -> str:
    if isinstance(decorator, ast.Call):
        decorator = decorator.func
    return decorator.attr if isinstance(decorator, ast.Attribute) else getattr(decorator, "id", "")


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_every_module_keeps_within_the_sizes(rule: Callable[[Module], Iterator[str]]):
    found = [breach for module in modules() if not module.is_written_by_django for breach in rule(module)]
    assert not found, "\n".join(found)


def test_ruff_measures_complexity_at_the_same_limit():
    settings = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert '"C90",' in settings
    assert f"max-complexity = {COMPLEXITY}" in settings


DEEP = "def f():\n for a in b:\n  if a:\n   with a:\n    try:\n     c()\n    finally:\n     while d:\n      e()\n"
ELIFS = "def f():\n if a:\n  pass\n elif b:\n  pass\n elif c:\n  pass\n elif d:\n  pass\n elif e:\n  pass\n"


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        (long_modules, "x = 1\n" * 301),
        (long_classes, "class A:\n" + "    x = 1\n" * 150),
        (long_functions, "def f():\n" + "    x = 1\n" * 50),
        (deep_functions, DEEP),
        (wide_functions, "def f(a, b, c): ..."),
        (wide_functions, "class A:\n    def f(self, a, b, c): ..."),
        (silenced_complexity, "def f(): ...  # no" + "qa: C901"),
    ],
)
def test_a_module_past_a_size_is_found(rule: Callable[[Module], Iterator[str]], text: str):
    assert list(rule(Module("src/tallystick/ledger/example.py", text)))


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        (long_modules, "x = 1\n" * 300),
        (long_functions, "def f():\n" + "    x = 1\n" * 49),
        (deep_functions, ELIFS),
        (deep_functions, "def f():\n for a in b:\n  if a:\n   with a:\n    while c:\n     d()\n"),
        (deep_functions, "def f():\n for a in b:\n  if a:\n   def g():\n    for c in a:\n     d()\n"),
        (wide_functions, "class A:\n    def f(self, a, b, *, c, d): ..."),
    ],
)
def test_a_module_within_the_sizes_passes(rule: Callable[[Module], Iterator[str]], text: str):
    assert not list(rule(Module("src/tallystick/ledger/example.py", text)))
