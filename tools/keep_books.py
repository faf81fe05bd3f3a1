#!/usr/bin/env python3
"""Books as this release makes them, kept for the tests of every later one: python tools/keep_books.py [VERSION].

Writes tests/upgrades/books-VERSION: `file/` with an encrypted file of books and its keys, `server/` with a dump of a PostgreSQL
database and its keys, and beside each what this release says of them. Run it on the commit of a release, and commit what it
wrote; what is there is never written over. `--source` names the `src` of another commit to make the books with.

Needs the development environment (.venv/bin/python) and PostgreSQL's programs, the older of those in use the better: a dump
is read by the version that wrote it and by later ones.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tests.postgres import find_programs, start_cluster  # noqa: E402

PASSPHRASE = "two egrets on the weir"
COMMAND = "from tallystick.ops.command import main; main()"
AT = "2016-03-01T09:00:00+09:00"
LATER = (
    f"{AT},H9001,handover,CRANE,WAGTAIL,CNY,100.00,SHOPS,,,",
    f"{AT},V9001,reversal,WAGTAIL,CRANE,CNY,100.00,SHOPS,,,H9001: typed twice",
    f"{AT},T9001,dispatch,CRANE,WAGTAIL,CNY,500.00,SHOPS,G03,REH-MONEY,tranche 4",
)
"""Taken in after the lamps, so that the books have a third checkpoint, a reversal and something on the road."""


def main() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    reader = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    reader.add_argument("version", nargs="?", default=version.rpartition(".")[0])
    reader.add_argument("--source", type=Path, default=ROOT / "src", help="the src folder of the commit that makes the books")
    told = reader.parse_args()
    target = ROOT / "tests" / "upgrades" / f"books-{told.version}"
    if target.exists():
        sys.exit(f"{target} is there already and is not written over.")
    with tempfile.TemporaryDirectory() as made:
        keep(Path(made), source=told.source.resolve())
        shutil.copytree(Path(made) / "kept", target)
    print(f"Wrote {target}")


def keep(work: Path, *, source: Path) -> None:
    """Make both kinds of books in `work` and gather what is to be kept of them in `work/kept`."""
    (work / "passphrase").write_text(f"{PASSPHRASE}\n", encoding="utf-8")
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(source), "TALLYSTICK_PASSPHRASE_FILE": str(work / "passphrase")}
    for kind in ("file", "server"):
        (work / "kept" / kind).mkdir(parents=True)
    make_books(work / "file", environment, kept=work / "kept" / "file")
    shutil.copy(work / "file" / "books.db", work / "kept" / "file")
    cluster = start_cluster()
    try:
        database = cluster.make_database()
        make_books(work / "server", environment | {"TALLYSTICK_DATABASE_URL": database}, kept=work / "kept" / "server")
        (work / "kept" / "server" / "books.sql").write_text(dump(database), encoding="utf-8")
    finally:
        cluster.stop()


def make_books(home: Path, environment: dict[str, str], *, kept: Path) -> None:
    """The lamps and what came later, in `home`; keys and answers are copied to `kept`."""
    later = home.with_name(f"later-{home.name}")
    shutil.copytree(ROOT / "examples" / "lamps", later)
    with (later / "moves.csv").open("a", encoding="utf-8", newline="") as file:
        file.writelines(f"{row}\n" for row in LATER)
    ask("init", "--rehearsal", home=home, environment=environment)
    ask("import", ROOT / "examples" / "lamps", home=home, environment=environment)
    ask("import", later, home=home, environment=environment)
    proof = ask("verify", home=home, environment=environment)
    replayed = ask("replay", home=home, environment=environment)
    said = {
        "acts": proof["acts"], "checkpoints": proof["checkpoints"], "head": proof["head"], "digest": replayed["digest"],
        "holdings": ask("holdings", home=home, environment=environment)["holdings"],
    }  # fmt: skip
    for one in said["holdings"]:
        one.pop("since"), one.pop("or_earlier")
    (kept / "said.json").write_text(json.dumps(said, indent=1) + "\n", encoding="utf-8")
    (kept / "passphrase.txt").write_text(f"{PASSPHRASE}\n", encoding="utf-8")
    shutil.copy(home / "keys.json", kept)


def ask(*words: object, home: Path, environment: dict[str, str]) -> dict[str, Any]:
    """What a command of the release says."""
    command = [sys.executable, "-c", COMMAND, *map(str, words), "--home", str(home), "--json"]
    answered = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if answered.returncode:
        sys.exit(f"{words}: {answered.stdout}{answered.stderr}")
    said: dict[str, Any] = json.loads(answered.stdout)
    return said


def dump(database: str) -> str:
    """The database as plain SQL that any client can send; what only PostgreSQL's own client understands is left out."""
    programs = find_programs()
    assert programs is not None
    plain = ("--no-owner", "--no-privileges", "--no-comments", "--rows-per-insert=500")
    dumped = subprocess.run([programs / "pg_dump", *plain, f"--dbname={database}"], capture_output=True, text=True, check=True)
    return "\n".join(line for line in dumped.stdout.splitlines() if not line.startswith(("\\", "--", "SET transaction_timeout")))


if __name__ == "__main__":
    main()
