"""A part of the bench in a process of its own, so that nobody finds another's memory warm or full."""

import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from typing import Any

from bench.place import ROOT, environment

KIB = 1024 if sys.platform != "darwin" else 1  # the unit in which the system counts a process's memory


@dataclass(frozen=True)
class Run:
    """`seconds` from the start of the process to its end; `said` is the JSON document that it printed, `{}` where it was text."""

    seconds: float
    peak_bytes: int
    said: dict[str, Any]


def run(module: str, *words: object, database: str = "") -> Run:
    """Runs `python -m bench.MODULE WORDS`, after everything that waits for the disk has reached it. A failure is a fault."""
    command = [sys.executable, "-m", f"bench.{module}", *map(str, words)]
    os.sync()
    with tempfile.TemporaryFile("w+", encoding="utf-8") as out, tempfile.TemporaryFile("w+", encoding="utf-8") as err:
        started = time.perf_counter()
        files = {"stdin": subprocess.DEVNULL, "stdout": out, "stderr": err}
        process = subprocess.Popen(command, cwd=ROOT, env=environment(database), **files)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        err.seek(0)
        text = out.read()
        assert process.returncode == 0, f"{' '.join(command)} ended with {process.returncode}: {text[-2000:]}{err.read()[-4000:]}"
    return Run(seconds=seconds, peak_bytes=usage.ru_maxrss * KIB, said=json.loads(text) if text.startswith("{") else {})
