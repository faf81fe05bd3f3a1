"""The rules in core stand on Python alone."""

import subprocess
import sys

from tests.house.source import ROOT, product

UNWANTED = ("django", "sqlcipher3", "sqlite3", "psycopg", "openpyxl")


def strangers_met(lines: str) -> list[str]:
    """Which of the unwanted packages a fresh Python has in memory after `lines`."""
    asking = f"{lines}\nimport sys\nprint(*(name for name in {UNWANTED!r} if name in sys.modules))"
    return subprocess.run([sys.executable, "-c", asking], capture_output=True, text=True, check=True, cwd=ROOT).stdout.split()


def test_no_module_of_core_brings_django_or_a_database_with_it():
    paths = [module.name.removeprefix("src/").removesuffix(".py") for module in product() if module.room == "core"]
    names = [path.removesuffix("/__init__").replace("/", ".") for path in paths]
    assert len(names) > 10
    assert strangers_met("\n".join(f"import {name}" for name in names)) == []


def test_a_module_that_brought_django_would_be_found():
    assert strangers_met("import django.conf") == ["django"]
