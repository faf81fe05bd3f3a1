"""Inputs that grow towards lines not yet reached: `python -m faults.inputs.guided KIND RUNS SEED`, where atheris is installed.

Atheris is no part of the development environment: it is large, and has no wheel for some of the Pythons that the books run on.
Where it is not there, this part is left out and says so.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path

from bench.place import ROOT
from faults.finding import Finding

RUNS = {"acts": 250_000, "canonical": 250_000, "heads": 250_000, "moves": 20_000}
SECONDS_MAX = 5  # by the clock on the wall, which counts what else the machine does
TAIL = 600  # characters of what a run says when it ends badly


def guide(*, seed: int) -> Iterator[Finding]:
    """What came of every kind, each in a process of its own: the fuzzer ends the process that it runs in."""
    if find_spec("atheris") is None:
        yield Finding("inputs guided by coverage", "", "left out: atheris is not installed")
        return
    for kind, runs in RUNS.items():
        command = [sys.executable, "-m", "faults.inputs.guided", kind, str(runs), str(seed)]
        with tempfile.TemporaryDirectory(prefix="tally-") as folder:
            ran = subprocess.run(
                command, cwd=ROOT, env=os.environ | {"TMPDIR": folder}, capture_output=True, text=True, check=False
            )
        problems = () if ran.returncode == 0 else (f"{kind}, seed {seed}: {ran.stderr[-TAIL:]}",)
        yield Finding(f"{kind}, guided by coverage", "", f"{runs:,} inputs", problems)


def main() -> None:
    import atheris

    kind, runs, seed = sys.argv[1:]
    with atheris.instrument_imports(include=["tallystick"]):
        answer, sound = answers(kind)
    from tallystick.core.refusal import Refusal

    corpus = Path(tempfile.mkdtemp())
    (corpus / "sound").write_bytes(sound)

    def look(data: bytes) -> None:
        try:
            answer(data)
        except Refusal as refusal:
            assert str(refusal) and refusal.expectation() is not None

    words = [f"-runs={runs}", f"-seed={seed}", f"-timeout={SECONDS_MAX}", f"-artifact_prefix={corpus}/"]
    atheris.Setup([sys.argv[0], *words, str(corpus)], look)
    atheris.Fuzz()


def answers(kind: str) -> tuple[Callable[[bytes], object], bytes]:
    """What reads an input of this kind, and a sound one to begin with. Nothing here knows Django."""
    from tallystick.core.canonical import decode, encode
    from tallystick.core.chain import read_act
    from tallystick.core.head import read_head

    act = encode(
        {
            "office": "0" * 16,
            "number": 1,
            "kind": "entry_posted",
            "content": {},
            "after": {},
            "recorded_at": "2026-11-23T16:00:00Z",
        }
    )
    if kind == "moves":
        return _moves_reader()
    return {
        "acts": (read_act, act),
        "canonical": (lambda data: encode(decode(data)), b'{"a":["b",1,{"c":"d"}]}'),
        "heads": (lambda data: read_head(data, file="a.head"), _head()),
    }[kind]


def _head() -> bytes:
    from tallystick.core.head import SignedHead, head_text

    return head_text(
        SignedHead("0" * 16, 2, 1, bytes(32), bytes(32), "2026-11-23T16:00:00Z", bytes(32), bytes(64), rehearsal=True)
    ).encode()


def _moves_reader() -> tuple[Callable[[bytes], object], bytes]:
    """A folder of which moves.csv is the input."""
    from tallystick.bundles.folder.reading import open_folder
    from tests.bundles.folder_making import make_stall

    folder = make_stall(Path(tempfile.mkdtemp()) / "stall")

    def read(data: bytes) -> object:
        (folder / "moves.csv").write_bytes(data)
        with open_folder(folder) as opened:
            return list(opened.entries()), list(map(str, opened.faults))

    return read, (folder / "moves.csv").read_bytes()


if __name__ == "__main__":
    main()
