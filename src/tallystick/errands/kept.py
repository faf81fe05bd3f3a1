"""What errands keep sealed: what was asked, what came of it, and files, piece by piece. It lies in the books' database alone."""

import secrets
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import orjson

from tallystick.core.errand import ErrandFileGone
from tallystick.errands.models import CODE_LENGTH, Errand, FilePiece
from tallystick.vault.derived import seal_bytes, unseal_bytes

PIECE = 1 << 20  # bytes
AT_ONCE = 8  # pieces in one statement


def draw_code() -> str:
    """A name for an errand or a file, which nobody can guess."""
    return secrets.token_hex(CODE_LENGTH // 2)


def keep_file(data: bytes, *, kept_at: datetime) -> str:
    """Keep a file; the code under which it is found again."""
    code = draw_code()
    pieces = (
        FilePiece(file=code, number=number, kept_at=kept_at, sealed=seal_bytes(data[at : at + PIECE], label=f"{code} {number}"))
        for number, at in enumerate(range(0, max(len(data), 1), PIECE))
    )
    FilePiece.objects.bulk_create(pieces, batch_size=AT_ONCE)
    return code


def file_pieces(code: str) -> Iterator[bytes]:
    """A file, piece by piece. Raises ErrandFileGone where it is not kept any more, or not whole."""
    numbers = list(FilePiece.objects.filter(file=code).order_by("number").values_list("number", flat=True))
    if not numbers:
        raise ErrandFileGone
    for number in numbers:
        piece = FilePiece.objects.filter(file=code, number=number).values_list("sealed", flat=True).first()
        if piece is None:
            raise ErrandFileGone
        yield unseal_bytes(bytes(piece), label=f"{code} {number}")


def let_file_go(code: str) -> None:
    FilePiece.objects.filter(file=code).delete()


def seal_wish(wish: dict[str, Any], *, code: str) -> bytes:
    return seal_bytes(orjson.dumps(wish), label=f"{code} wish")


def seal_outcome(outcome: dict[str, Any], *, code: str) -> bytes:
    return seal_bytes(orjson.dumps(outcome), label=f"{code} outcome")


def wish_of(errand: Errand) -> dict[str, Any]:
    """What was asked for."""
    return _document(errand.wish, label=f"{errand.code} wish")


def outcome_of(errand: Errand) -> dict[str, Any]:
    """What came of it; empty where nothing did."""
    return _document(errand.outcome, label=f"{errand.code} outcome") if errand.outcome is not None else {}


def _document(sealed: bytes | memoryview, *, label: str) -> dict[str, Any]:
    found: dict[str, Any] = orjson.loads(unseal_bytes(bytes(sealed), label=label))
    return found
