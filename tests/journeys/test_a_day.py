"""The days that tools/a_day lives for the pictures: through the desk's own rules, and the books prove afterwards."""

import json
import subprocess
import sys
from pathlib import Path

from tallystick.ops.demonstration import PASSPHRASE_NOTE
from tests.journeys.desk import Desk

DAY = Path(__file__).parents[2] / "tools" / "a_day"


def test_the_days_can_be_lived_and_the_books_prove(desk: Desk) -> None:
    home = desk.new()
    demo = desk.run("demo", "--no-serve", "--json", home=home)
    assert demo.returncode == 0, demo.stderr.decode()
    lived = subprocess.run([sys.executable, DAY, home], env=desk.environment(home), capture_output=True, check=False, timeout=300)
    assert lived.returncode == 0, lived.stderr.decode()
    told = json.loads(lived.stdout)
    assert set(told["drafts"]) == {"reversal", "write-off", "order", "payout", "limit"}
    assert len(told["members"]["WREN"]["codes"]) == 10
    proved = desk.run("verify", "--json", home=home, environment={"TALLYSTICK_PASSPHRASE_FILE": str(home / PASSPHRASE_NOTE)})
    assert proved.returncode == 0, proved.stdout.decode() + proved.stderr.decode()
    assert json.loads(proved.stdout)["acts"] > json.loads(demo.stdout)["acts"] + 60
