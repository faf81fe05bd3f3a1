"""One evening at the bank in a process of its own, `python -m faults.bank.scene`: its findings go to the standard output as JSON."""

import argparse
import json
import os
import sys
import tempfile
from pathlib import Path

from faults.bank.town import Town
from tests.home import make_home


def main() -> None:
    reader = argparse.ArgumentParser()
    for name in ("custodians", "clients", "seconds", "seed"):
        reader.add_argument(f"--{name}", type=int, required=True)
    reader.add_argument("--database")
    reader.add_argument("--naive", action="store_true")
    asked = reader.parse_args()
    home = make_home(database=asked.database)
    try:
        os.environ.update(home.environment, DJANGO_SETTINGS_MODULE="tallystick.config.settings")
        with tempfile.TemporaryDirectory() as folder:
            print(json.dumps(play(asked, Path(folder) / "bank")))
    finally:
        home.remove()


def play(asked: argparse.Namespace, folder: Path) -> list[dict[str, object]]:
    """Sets Django up for the home at hand, then plays."""
    import django

    django.setup()
    from faults.bank.play import crowd, naive_crowds, open_books

    town = Town(asked.custodians)
    open_books(town, folder)
    say(f"{asked.clients} clients at {2 * town.count:,} accounts for {asked.seconds} s")
    found = [crowd(town, clients=asked.clients, seconds=asked.seconds, seed=asked.seed)]
    if asked.naive:
        found += naive_crowds(town, clients=asked.clients, seed=asked.seed, told=say)
    return found


def say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
