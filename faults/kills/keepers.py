"""Parts of an experiment that need a process of their own each, since Django starts in a process once and for one database."""

import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

from bench.place import ROOT
from faults.finding import Finding

Told = Callable[[str], None]


def find_side_by_side(parts: Sequence[tuple[str, ...]], *, told: Told) -> list[Finding]:
    """What every one of these found, in their order: a module and its words each, all at the same time."""
    with ThreadPoolExecutor(len(parts)) as threads:
        return [finding for found in threads.map(lambda words: _find(words, told), parts) for finding in found]


def _find(words: tuple[str, ...], told: Told) -> list[Finding]:
    """Runs a module that writes a JSON document a line: `told`, how far it is, or `found`, a finding."""
    found: list[Finding] = []
    with subprocess.Popen([sys.executable, "-m", *words], cwd=ROOT, stdout=subprocess.PIPE, text=True) as keeper:
        assert keeper.stdout
        try:
            for line in keeper.stdout:
                said = json.loads(line)
                if "told" in said:
                    told(said["told"])
                else:
                    found.append(Finding(**said["found"] | {"problems": tuple(said["found"]["problems"])}))
        except BaseException:
            keeper.terminate()
            raise
    assert keeper.returncode == 0, f"{' '.join(words)} ended with {keeper.returncode}"
    return found
