"""What an act says of an entry, as canonical text at once: the same bytes as `encode(entry_content(posted))`.

The texts of codes are kept, since the same few stand in move after move.
"""

from functools import lru_cache

from tallystick.core.canonical import encode
from tallystick.core.entry import Move, PostedEntry

KEPT = 8_192  # texts


def entry_text(posted: PostedEntry) -> bytes:
    """The canonical JSON of an entry: keys in order, amounts as strings, empty fields left out. Raises NotCanonical."""
    reference, happened_at, moves, reverses = posted
    end = b',"reverses":' + encode(reverses) if reverses else b""
    said = b",".join([_move_text(move) for move in moves])
    return b'{"happened_at":"%b","moves":[%b],"reference":%b%b}' % (
        happened_at.isoformat().encode(), said, encode(reference), end,
    )  # fmt: skip


def _move_text(move: Move) -> bytes:
    kind, giver, taker, unit, amount, earmark, named, grant, authorisation, note = move
    return b'{"amount":"%d"%b,"earmark":%b,"giver":%b%b,"kind":%b%b%b,"taker":%b,"unit":%b}' % (
        amount, _optional("authorisation", authorisation), _text(earmark), _text(giver), _optional("grant", grant),
        _text(kind), _optional("named", named), b',"note":' + encode(note) if note else b"", _text(taker), _text(unit),
    )  # fmt: skip


@lru_cache(maxsize=KEPT)
def _text(code: str) -> bytes:
    return encode(code)


@lru_cache(maxsize=KEPT)
def _optional(name: str, code: str) -> bytes:
    return b',"%b":%b' % (name.encode(), encode(code)) if code else b""
