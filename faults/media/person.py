"""The command as a person runs it: a process of its own, for which the modes of files and folders may hold."""

import ctypes
import os
import subprocess
import sys
from pathlib import Path

from faults.media import books as place
from faults.media.deeds import Said

TALLYSTICK = Path(sys.executable).parent / "tallystick"
# Root passes over modes by two capabilities: https://man7.org/linux/man-pages/man7/capabilities.7.html
PR_CAPBSET_DROP, CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH = 24, 1, 2
SECONDS = 300
LIBRARY = ctypes.CDLL(None, use_errno=True)


def run(*words: object, modes_hold: bool = False) -> Said:
    """What `tallystick WORDS` says of these books. Root passes over the modes of files unless `modes_hold`."""
    command = [str(TALLYSTICK), *map(str, words), "--home", str(place.home())]
    beforehand = _let_modes_hold if modes_hold and os.geteuid() == 0 else None
    ran = subprocess.run(
        command, preexec_fn=beforehand, capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=SECONDS, check=False
    )
    return Said(ran.returncode, ran.stdout, ran.stderr)


def _let_modes_hold() -> None:
    for capability in (CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH):
        if LIBRARY.prctl(PR_CAPBSET_DROP, capability, 0, 0, 0) != 0:
            raise OSError(ctypes.get_errno(), "root would pass over every mode, and cannot be kept from it")
