"""Parts of an experiment that need a process of their own each, since Django starts in a process once and for one database."""

import json
import signal
import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from typing import Any

from bench.place import ROOT
from faults.finding import Finding
from faults.kills.ground import Ground, standing_ground

Told = Callable[[str], None]


def find_side_by_side(parts: Sequence[tuple[str, ...]], *, told: Told) -> list[Finding]:
    """What every one of these found, in their order: a module and its words each, all at the same time."""
    with ThreadPoolExecutor(len(parts)) as threads:
        return [finding for found in threads.map(lambda words: _find(words, told), parts) for finding in found]


def keep(find: Callable[[Ground, list[str]], Iterable[Finding]]) -> None:
    """The part itself, in the process that was made for it: its words are an engine, and what `find` is told besides the ground."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # told to end, it takes its server and its folders away
    engine, *words = sys.argv[1:]
    with standing_ground(engine) as ground:
        for finding in find(ground, words):
            print(json.dumps({"found": asdict(finding)}), flush=True)


def tell(words: str) -> None:
    """How far the part is, to whoever waits for it."""
    print(json.dumps({"told": words}), flush=True)


def _document(line: str) -> dict[str, Any]:
    """What a part says; anything else on its standard output came from what it tried, and would stand in an answer's way too."""
    try:
        said = json.loads(line)
    except ValueError:
        said = None
    assert type(said) is dict, f"the part wrote {line!r}, which is no document"
    return said


def _find(words: tuple[str, ...], told: Told) -> list[Finding]:
    """Runs a module that writes a JSON document a line: `told`, how far it is, or `found`, a finding."""
    found: list[Finding] = []
    with subprocess.Popen([sys.executable, "-m", *words], cwd=ROOT, stdout=subprocess.PIPE, text=True) as keeper:
        assert keeper.stdout
        try:
            for line in keeper.stdout:
                said = _document(line)
                if "told" in said:
                    told(said["told"])
                else:
                    found.append(Finding(**said["found"] | {"problems": tuple(said["found"]["problems"])}))
        except BaseException:
            keeper.terminate()
            raise
    assert keeper.returncode == 0, f"{' '.join(words)} ended with {keeper.returncode}"
    return found
