"""Every refusal says one plain sentence, under a code of its own, and is provoked by a test."""

import importlib
import pkgutil
import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from string import Formatter
from subprocess import CompletedProcess

import pytest

import tallystick
from tallystick.core.refusal import Refusal
from tallystick.vault.keys import NoBooksThere
from tests import provoked

CODE = re.compile(r"[a-z]+(_[a-z0-9]+)*")
UNWANTED = re.compile(r"\b(invalid|error|please|successfully)\b", re.IGNORECASE)


def refusals() -> list[type[Refusal]]:
    """Every kind of refusal in the product."""
    for module in pkgutil.walk_packages(tallystick.__path__, "tallystick."):
        importlib.import_module(module.name)
    return sorted(_below(Refusal), key=lambda kind: (kind.__module__, kind.__name__))


def _below(kind: type[Refusal]) -> set[type[Refusal]]:
    """The kinds below `kind` that are the product's own; what only gathers others has no code."""
    own = {one for one in kind.__subclasses__() if one.__module__.startswith("tallystick.") and hasattr(one, "code")}
    return own.union(*(_below(one) for one in kind.__subclasses__()))


def faults_of(kind: type[Refusal]) -> Iterator[str]:
    """What is wrong with a refusal's code and words."""
    if not CODE.fullmatch(kind.code):
        yield f"{kind.__name__}: the code “{kind.code}” is not in lower case with underscores"
    if not kind.words.strip():
        yield f"{kind.__name__} says nothing"
    elif kind.words.rstrip("”)")[-1] not in ".:?}":
        yield f"{kind.__name__}: “{kind.words}” is no whole sentence"
    for text in (kind.words, kind.expected):
        for word in UNWANTED.findall(text):
            yield f"{kind.__name__} says “{word}”"
        for gap in _gaps(text):
            if not gap.isidentifier():
                yield f"{kind.__name__}: “{{{gap}}}” is no named fact"


def _gaps(text: str) -> list[str]:
    return [gap for _, gap, _, _ in Formatter().parse(text) if gap is not None]


def shared_codes(kinds: list[type[Refusal]]) -> list[str]:
    return [code for code, count in Counter(kind.code for kind in kinds).items() if count > 1]


def never_provoked(kinds: list[type[Refusal]], *, seen: set[str]) -> list[str]:
    return [provoked.name_of(kind) for kind in kinds if provoked.name_of(kind) not in seen]


def test_every_refusal_speaks_plainly():
    found = [fault for kind in refusals() for fault in faults_of(kind)]
    assert not found, "\n".join(found)


def test_every_refusal_has_a_code_of_its_own():
    assert len(refusals()) > 20
    assert shared_codes(refusals()) == []


@pytest.mark.last_of_all
def test_every_refusal_was_provoked_by_a_test():
    found = never_provoked(refusals(), seen=provoked.everywhere())
    assert not found, "\n".join(found)


class Rude(Refusal):
    code = "Rude-Code"
    words = "Invalid amount"
    expected = "please give {} of {unit.name}"


class Rude2(Rude):
    words = "There was an error."


def test_a_rude_refusal_is_found():
    assert len(list(faults_of(Rude))) == 6
    assert list(faults_of(Rude2))[1] == "Rude2 says “error”"
    assert shared_codes([Rude, Rude2]) == ["Rude-Code"]


def test_a_refusal_that_nobody_provoked_is_found():
    assert never_provoked([Rude, Rude2], seen={provoked.name_of(Rude2)}) == [provoked.name_of(Rude)]


def test_a_refusal_that_a_test_makes_itself_does_not_count():
    Rude2()
    assert provoked.name_of(Rude2) not in provoked.everywhere()


def test_a_refusal_that_a_command_made_counts(
    run_tallystick: Callable[..., CompletedProcess[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv(provoked.NOTES, str(tmp_path / "provoked.txt"))
    monkeypatch.setattr(provoked, "seen", set())
    assert run_tallystick("holdings", home=tmp_path / "nowhere").returncode == 1
    assert provoked.name_of(NoBooksThere) in provoked.everywhere()
