"""Reading the journal: streams in the order these books took them in, heads, frontiers and checkpoints."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from django.db import connections

from tallystick.core.chain import FIRST
from tallystick.journal.asking import ask
from tallystick.journal.models import ENTRY_POSTED, Act, Checkpoint, Office

CHUNK = 5_000  # rows
PAGE = 20_000  # digests
DIGESTS = "SELECT number, digest FROM journal_act WHERE office = %s AND number > %s ORDER BY number LIMIT %s"
# This office and every other with the end of its stream, the number of acts there are, and the digest of the last act that is no entry.
STREAMS = f"""
    SELECT o.code,
           (SELECT a.number FROM journal_act a WHERE a.office = o.code ORDER BY a.number DESC LIMIT 1),
           (SELECT a.digest FROM journal_act a WHERE a.office = o.code ORDER BY a.number DESC LIMIT 1),
           (SELECT a.id FROM journal_act a ORDER BY a.id DESC LIMIT 1),
           (SELECT a.digest FROM journal_act a WHERE NOT (a.kind = '{ENTRY_POSTED}') ORDER BY a.id DESC LIMIT 1)
      FROM (SELECT code FROM journal_office UNION ALL SELECT CAST(%s AS varchar(16))) o
"""
# How often a page asks must not depend on how many offices there are.
HEADS = """
    SELECT o.code,
           (SELECT a.number FROM journal_act a WHERE a.office = o.code ORDER BY a.number DESC LIMIT 1),
           (SELECT a.digest FROM journal_act a WHERE a.office = o.code ORDER BY a.number DESC LIMIT 1)
      FROM journal_office o ORDER BY o.code
"""


class StoredAct(NamedTuple):
    id: int
    office: str
    number: int
    kind: str
    body: bytes
    digest: bytes


class Head(NamedTuple):
    """Where an office's stream ends, and how many acts these books have taken in altogether.

    `after` is how far these books have seen every other office. `records` is the digest of the last act that says a record,
    empty where it is not known: see journal/kept.py.
    """

    office: str
    number: int
    digest: bytes
    last_id: int
    after: tuple[tuple[str, int], ...] = ()
    records: bytes = b""


def acts(*, using: str = "default", after_id: int = 0) -> Iterator[StoredAct]:
    """Every act past `after_id`, in the order it was taken in, read in a stream."""
    with connections[using].chunked_cursor() as cursor:
        cursor.execute("SELECT id, office, number, kind, body, digest FROM journal_act WHERE id > %s ORDER BY id", [after_id])
        while rows := cursor.fetchmany(CHUNK):
            for key, office, number, kind, body, digest in rows:
                yield StoredAct(key, office, number, kind, bytes(body), bytes(digest))


def bodies(ids: list[int]) -> dict[int, bytes]:
    """The exact bytes of the acts with these ids."""
    return {key: bytes(body) for key, body in Act.objects.filter(id__in=ids).values_list("id", "body")}


def act_count(*, using: str = "default") -> int:
    return Act.objects.using(using).count()


def head_of(office: str) -> Head:
    """The end of this office's stream; of an office that said nothing yet, the beginning."""
    return ask_head(office)()


def heads() -> list[tuple[str, int, bytes]]:
    """(office, number, digest) of the end of every office's stream."""
    return [(code, number or 0, bytes(digest or FIRST)) for code, number, digest in ask(HEADS)()]


def ask_head(office: str) -> Callable[[], Head]:
    """Asks for the end of this office's stream; what it gives back reads the answer."""
    answer = ask(STREAMS, [office])

    def read() -> Head:
        number, digest, last_id, records, after = 0, FIRST, 0, b"", []
        for code, last, at, count, recorded in answer():
            last_id, records = count or 0, bytes(recorded or b"")
            if last is not None and code == office:
                number, digest = last, bytes(at)
            elif last is not None:
                after.append((code, last))
        return Head(office, number, digest, last_id, tuple(sorted(after)), records)

    return read


def offices(*, using: str = "default") -> dict[str, Office]:
    return {office.code: office for office in Office.objects.using(using).order_by("code")}


def checkpoints(*, using: str = "default") -> list[Checkpoint]:
    return list(Checkpoint.objects.using(using).order_by("office", "number"))


def last_checkpoint(office: str) -> Checkpoint | None:
    return Checkpoint.objects.filter(office=office).order_by("-number").first()


def last_digest() -> bytes:
    """The digest of the act that these books took in last, whoever said it: as long as it stays, nothing else has changed."""
    rows = ask("SELECT digest FROM journal_act ORDER BY id DESC LIMIT 1")()
    return bytes(rows[0][0]) if rows else b""


def digests_after(office: str, *, number: int) -> Iterator[bytes]:
    """The digests of an office's acts past `number`, in order."""
    while rows := ask(DIGESTS, [office, number, PAGE])():
        yield from (bytes(digest) for _, digest in rows)
        number = rows[-1][0]


def is_rehearsal() -> bool:
    """Whether these books hold invented people only; books without an office are held to be one."""
    return not Office.objects.filter(rehearsal=False).exists()
