"""The command, run in the process of the tests and on their own books: every word of it, without the wait for a new process."""

import gc
import os
import signal
import sys
from collections.abc import Callable
from subprocess import CompletedProcess

import pytest


@pytest.fixture
def tell(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., CompletedProcess[str]]:
    """`tell("import", folder)` runs `tallystick import FOLDER` on the test books and gives what it wrote and how it ended."""

    def run(*words: object) -> CompletedProcess[str]:
        from tallystick.ops.command import main

        said = ["tallystick", *map(str, words), "--home", os.environ["TALLYSTICK_HOME"]]
        monkeypatch.setattr(sys, "argv", said)
        capsys.readouterr()
        mask, thresholds, told_to_end = os.umask(0o077), gc.get_threshold(), signal.getsignal(signal.SIGTERM)
        try:
            with pytest.raises(SystemExit) as ended:
                main()
        finally:
            os.umask(mask)
            gc.set_threshold(*thresholds)
            signal.signal(signal.SIGTERM, told_to_end)
        return CompletedProcess(said, ended.value.code or 0, *capsys.readouterr())  # type: ignore[arg-type]

    return run
