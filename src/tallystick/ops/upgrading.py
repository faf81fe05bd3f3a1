"""`tallystick migrate`: books of an earlier release, brought up to this one."""

from tallystick.journal.migrated import migrated
from tallystick.journal.queries import is_rehearsal
from tallystick.ops.tables import make_tables
from tallystick.ops.terminal import banner, print_json, say


def bring_up(*, as_json: bool) -> None:
    """Make every change of tables that these books have not had, all of them or none, and say which they were."""
    made = migrated().outstanding
    make_tables()
    assert not migrated().outstanding, "every change was made, or an error told"
    if as_json:
        print_json({"done": True, "rehearsal": is_rehearsal(), "made": made})
        return
    banner(rehearsal=is_rehearsal())
    if not made:
        say("These books are of this release already. Nothing was changed.")
        return
    say(f"These books are of this release now: {', '.join(made)}.")
    say("No act was touched. See for yourself: tallystick verify, and tallystick replay.")
