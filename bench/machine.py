"""The machine and the versions that the figures hold for. No name of a host and no path is among them."""

import os
import platform
import subprocess
import tempfile
import time
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from sqlcipher3 import dbapi2 as driver

from bench.place import ROOT

PROBE_BYTES = 4096
PACKAGES = ("Django", "sqlcipher3", "psycopg", "beancount", "django-hordak", "orjson", "argon2-cffi")
GIB = 2**30


def machine() -> dict[str, str]:
    """What stands at the head of the page."""
    return {
        "processor": f"{_processor()}, {os.cpu_count()} cores",
        "memory": f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / GIB:.1f} GiB",
        "system": f"{platform.system()} {platform.machine()}, Python {platform.python_version()}",
        "packages": ", ".join(_packages()),
        "SQLCipher": _sqlcipher(),
    }


def load() -> str:
    """How busy the machine is with everything, the bench included: the last minute's average of running processes."""
    return f"{os.getloadavg()[0]:.1f}"


def commit() -> str:
    """The commit that was measured, and whether anything was changed since."""
    said = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False)
    if said.returncode:
        return "before the first commit"
    changed = subprocess.run(["git", "status", "--porcelain"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return said.stdout.strip() + (", with changes not committed" if changed else "")


def durable_writes(folder: Path, *, seconds: float) -> float:
    """How often a second the disk under `folder` takes 4 KiB and says that they are safe: the floor under every commit."""
    with tempfile.TemporaryFile(dir=folder) as file:
        block, count = os.urandom(PROBE_BYTES), 0
        started = time.perf_counter()
        while (taken := time.perf_counter() - started) < seconds:
            os.write(file.fileno(), block)
            os.fdatasync(file.fileno())
            count += 1
    return count / taken


def _packages() -> Iterator[str]:
    """Those that are installed here, with their versions: a peer may be missing."""
    for name in PACKAGES:
        try:
            yield f"{name} {version(name)}"
        except PackageNotFoundError:
            continue


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def _sqlcipher() -> str:
    connection = driver.connect(":memory:")
    (cipher,) = connection.execute("PRAGMA cipher_version").fetchone()
    connection.close()
    return f"{cipher}, on SQLite {driver.sqlite_version}"
