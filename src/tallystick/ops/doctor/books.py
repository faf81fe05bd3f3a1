"""The books themselves: their tables, the guards over their rows, what is signed, and whether there is a copy elsewhere."""

from collections.abc import Iterator
from datetime import datetime

from django.db import connection

from tallystick.core.chain import ActUnreadable, read_act
from tallystick.core.moment import read_moment
from tallystick.journal.immutable import unguarded
from tallystick.journal.migrated import migrated
from tallystick.journal.queries import acts, head_of, last_checkpoint
from tallystick.ledger.partitions.parts import parts, unguarded_parts
from tallystick.ops.doctor.finding import Finding, doubtful, fine, wrong
from tallystick.staff.queries import members

LISTED_MAX = 3


def tables() -> Iterator[Finding]:
    """Whether the tables are those of this release."""
    steps = migrated()
    if steps.unknown:
        words = f"The tables were made by a later release of Tallystick, which knows {_listed(steps.unknown)}."
        yield wrong("tables", words, advice="Install that release; this one may misread them.")
    elif steps.outstanding:
        words = f"The tables are those of an earlier release: {_listed(steps.outstanding)} has not been done."
        yield wrong("tables", words, advice="Keep a copy of the books, then run tallystick migrate.")
    else:
        yield fine("tables", "The tables are those of this release.")


def guards() -> Iterator[Finding]:
    """Whether the triggers stand that refuse to change or delete what was written once."""
    bare = [*unguarded(connection), *unguarded_parts()]
    if bare:
        words = f"{_listed(bare)} has lost the triggers that keep its rows: what stands there can be changed or deleted."
        advice = "Somebody took them down. Run tallystick verify, with a head that was carried away, before anything is recorded."
        yield wrong("guards", words, advice=advice)
    else:
        yield fine("guards", "Acts, checkpoints, entries and moves can be neither changed nor deleted.")


def signatures(office: str, *, now: datetime) -> Iterator[Finding]:
    """How much of the journal a signed checkpoint covers, and since when."""
    head, last = head_of(office), last_checkpoint(office)
    unsigned = head.number - (last.number if last else 0)
    advice = "The next tallystick import signs them, also one that brings nothing new."
    if last is None:
        yield doubtful("signatures", f"None of the {head.number:,} acts is signed.", advice=advice)
    elif unsigned:
        words = f"{_acts(unsigned)} came after the last checkpoint, signed {_ago(now, last.signed_at)}, and nothing signed covers them."
        yield doubtful("signatures", words, advice=advice)
    else:
        yield fine(
            "signatures",
            f"The last checkpoint was signed {_ago(now, last.signed_at)} and covers {_acts(head.number)}, all there are.",
        )


def months(now: datetime) -> Iterator[Finding]:
    """Where the moves are kept in parts by the month: whether this month has its own."""
    standing = parts()
    if not standing:
        return
    if standing[-1].name < f"ledger_move_{now:%Y_%m}":
        words = (
            f"The moves lie in {len(standing)} parts, and those of this month go into {standing[-1].name}. Nothing is lost by it."
        )
        yield doubtful("months", words, advice="Run tallystick partition, and let a timer run it on the first of every month.")
    else:
        yield fine("months", f"The moves lie in {len(standing)} parts, the last of them this month's.")


def staff() -> Iterator[Finding]:
    """Whether anybody can sign in to the pages, and with more than a password."""
    active = [one for one in members() if one.is_active]
    bare = [one.name for one in active if not one.has_second_factor]
    if not active:
        yield doubtful("staff", "Nobody can sign in to the pages.", advice="Run tallystick staff add NAME --role lead.")
    elif bare:
        words = f"{_listed(bare)} of {_counted(len(active))} has no second factor yet, and sees nothing before one is set up."
        yield doubtful("staff", words, advice="Let them sign in once, or close them with tallystick staff close NAME.")
    else:
        yield fine("staff", f"{_counted(len(active))} may sign in, each with a second factor.")


def backups() -> Iterator[Finding]:
    """This release makes no backups, so it can know of none."""
    advice = (
        "While no command runs, copy keys.json and books.db, with books.db-wal where there is one, to another machine or medium."
        if connection.vendor == "sqlite"
        else "Keep what pg_dump gives, and keys.json beside it, on another machine or medium."
    )
    yield doubtful("backups", "No backup of these books is known.", advice=advice)


def last_recorded() -> datetime | None:
    """When the last act was recorded, by its own word; None where there is none that can be read."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT COALESCE(MAX(id), 0) FROM journal_act")
        last = cursor.fetchone()[0]
    act = next(acts(after_id=last - 1), None)
    try:
        return read_moment(read_act(act.body).recorded_at) if act else None
    except ActUnreadable:
        return None


def _listed(names: list[str]) -> str:
    more = len(names) - LISTED_MAX
    return ", ".join(names[:LISTED_MAX]) + (f" and {more} more" if more > 0 else "")


def _counted(count: int) -> str:
    return f"{count:,} member{'' if count == 1 else 's'}"


def _acts(count: int) -> str:
    return f"{count:,} act{'' if count == 1 else 's'}"


def _ago(now: datetime, then: datetime) -> str:
    days = (now - then).days
    return f"{days:,} day{'' if days == 1 else 's'} ago" if days > 0 else "today" if days == 0 else "in what is still to come"
