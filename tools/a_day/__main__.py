"""A few weeks at the desk of the demo's office, lived in a moment: .venv/bin/python tools/a_day HOME.

HOME holds the books that `tallystick demo --no-serve` made. Its staff come in, and what the demo's old books have nothing of is
asked for and agreed to as pages ask for it: tallies on the road and in dispute, losses with answers, pay orders, codes, drafts that
wait. Everybody and everything is invented. What it tells, as JSON, is how each member signs in, and the codes that addresses name.
"""

import json
import shutil
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from office import GOODS, LEAD, MONEY, NEWCOMERS, STAFF, Office, day

from tallystick.core.role import Role
from tallystick.ops.demonstration import EXAMPLE, PASSPHRASE_NOTE
from tallystick.ops.opening import open_books

BASES = f"""\
{MONEY},KR,rehearsal authority,invented for rehearsal,livelihood grants,{day(200)},{day(-300)},USD,70000.00
{GOODS},CN,rehearsal customs,invented for rehearsal,goods for livelihood,{day(200)},{day(-300)},LAMP,3200
"""


def live(home: Path) -> dict[str, Any]:
    """Live all of it, and tell what there is to see."""
    keyring = open_books(home, (home / PASSPHRASE_NOTE).read_text(encoding="utf-8").strip())
    from custody import hands_are_busy  # these need the books to be open
    from money import money_is_paid
    from promises import something_is_promised
    from waiting import something_waits

    office = Office({LEAD: Role.LEAD, **STAFF})
    office.told["members"] = {name: come_in(name, role) for name, role in STAFF.items()}
    office.told["later"] = day(-30).isoformat()
    permit(keyring)
    for lived in (something_is_promised, hands_are_busy, money_is_paid, something_waits):
        lived(office)
    return office.told


def come_in(name: str, role: Role) -> dict[str, Any]:
    """Make this member, with an authenticator and codes in its place but for a newcomer; how they sign in."""
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    from tallystick.staff.actions import add_member
    from tallystick.staff.models import Member

    password = add_member(name, roles=[role])
    member = Member.objects.get(username=name)
    if name in NEWCOMERS:
        return {"password": password, "codes": []}
    TOTP.activate(member, generate_totp_secret())
    return {"password": password, "codes": RecoveryCodes.activate(member).get_unused_codes()}


def permit(keyring: Any) -> None:
    """Authorisations for this year, since the demo's are long over: a folder without moves brings them in."""
    from tallystick.bundles.folder.reading import open_folder
    from tallystick.bundles.taking.take import take_folder

    with tempfile.TemporaryDirectory() as base:
        folder = Path(shutil.copytree(EXAMPLE, Path(base) / "lamps"))
        (folder / "moves.csv").write_text((folder / "moves.csv").read_text(encoding="utf-8").partition("\n")[0] + "\n")
        with (folder / "authorisations.csv").open("a", encoding="utf-8") as file:
            file.write(BASES)
        with open_folder(folder) as opened:
            take_folder(opened, keyring=keyring, recorded_at=datetime.now(UTC))


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    print(json.dumps(live(Path(sys.argv[1]))))
