"""Reading the journal: streams in the order these books took them in, heads, frontiers and checkpoints."""

from collections.abc import Iterator
from typing import NamedTuple

from django.db.models import Max

from tallystick.core.chain import FIRST
from tallystick.journal.models import Act, Checkpoint, Office


class StoredAct(NamedTuple):
    id: int
    office: str
    number: int
    kind: str
    body: bytes
    digest: bytes


class Head(NamedTuple):
    """Where an office's stream ends, and how many acts these books have taken in altogether."""

    office: str
    number: int
    digest: bytes
    last_id: int


def acts(*, using: str = "default", after_id: int = 0) -> Iterator[StoredAct]:
    """Every act past `after_id`, in the order it was taken in, read in a stream."""
    rows = Act.objects.using(using).filter(id__gt=after_id).order_by("id")
    for row in rows.values_list("id", "office", "number", "kind", "body", "digest").iterator(chunk_size=5000):
        yield StoredAct(row[0], row[1], row[2], row[3], bytes(row[4]), bytes(row[5]))


def bodies(ids: list[int]) -> dict[int, bytes]:
    """The exact bytes of the acts with these ids."""
    return {key: bytes(body) for key, body in Act.objects.filter(id__in=ids).values_list("id", "body")}


def act_count(*, using: str = "default") -> int:
    return Act.objects.using(using).count()


def head_of(office: str) -> Head:
    """The end of this office's stream; of an office that said nothing yet, the beginning."""
    last = Act.objects.filter(office=office).order_by("-number").values_list("number", "digest").first()
    last_id = Act.objects.aggregate(last=Max("id"))["last"] or 0
    number, digest = last or (0, FIRST)
    return Head(office, number, bytes(digest), last_id)


def frontier(office: str) -> dict[str, int]:
    """How far these books have seen every other office: office to number."""
    others = Office.objects.exclude(code=office).values_list("code", flat=True)
    return {other: head_of(other).number for other in others}


def offices(*, using: str = "default") -> dict[str, Office]:
    return {office.code: office for office in Office.objects.using(using).order_by("code")}


def checkpoints(*, using: str = "default") -> list[Checkpoint]:
    return list(Checkpoint.objects.using(using).order_by("office", "number"))


def last_checkpoint(office: str) -> Checkpoint | None:
    return Checkpoint.objects.filter(office=office).order_by("-number").first()


def digests_after(office: str, *, number: int) -> Iterator[bytes]:
    """The digests of an office's acts past `number`, in order."""
    rows = Act.objects.filter(office=office, number__gt=number).order_by("number")
    for digest in rows.values_list("digest", flat=True).iterator(chunk_size=20000):
        yield bytes(digest)


def is_rehearsal() -> bool:
    """Whether these books hold invented people only; books without an office are held to be one."""
    return not Office.objects.filter(rehearsal=False).exists()
