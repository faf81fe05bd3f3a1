"""PostgreSQL's own yardstick: the TPC-B-like script of pgbench, which is found beside the server's programs."""

import re
import subprocess
from pathlib import Path
from urllib.parse import unquote, urlsplit

from bench.setting import Engine
from tests.postgres import OWNER, find_programs

MISSING = "pgbench, which does not lie beside this machine's PostgreSQL"
SCALE = {True: 1, False: 16}  # branches; sixteen clients want as many, or they queue for one row
TPS = re.compile(r"tps = ([0-9.]+) \(without initial connection time\)")


def find_pgbench() -> Path | None:
    programs = find_programs()
    return programs / "pgbench" if programs and (programs / "pgbench").exists() else None


def make_branches(engine: Engine, *, is_quick: bool) -> str:
    """The address of a new database with pgbench's tables, filled."""
    database = engine.new_database()
    _run(database, "--initialize", "--quiet", "--scale", SCALE[is_quick])
    return database


def tpc_b(database: str, *, clients: int, seconds: float) -> float:
    """Transactions a second of so many clients, connecting left out."""
    said = _run(database, "--client", clients, "--jobs", min(clients, 2), "--time", max(1, round(seconds)))
    found = TPS.search(said)
    assert found, said
    return float(found[1])


def _run(database: str, *words: object) -> str:
    """Run pgbench on this database, through the socket that its address names."""
    program = find_pgbench()
    assert program
    address = urlsplit(database)
    command = [program, "--host", unquote(address.netloc.partition("@")[2]), "--username", OWNER]
    done = subprocess.run([*command, *map(str, words), address.path[1:]], capture_output=True, text=True, check=True)
    return done.stdout
