"""What an act says of an entry, as canonical text at once: the same bytes as `encode(entry_content(posted))`.

The texts of codes are kept, since the same few stand in move after move.
"""

from tallystick.core.canonical import encode
from tallystick.core.entry import Move, PostedEntry
from tallystick.core.remembered import Remembered


def entry_text(posted: PostedEntry) -> bytes:
    """The canonical JSON of an entry: keys in order, amounts as strings, empty fields left out. Raises NotCanonical."""
    reference, happened_at, moves, reverses = posted
    end = f',"reverses":{_text(reverses)}' if reverses else ""
    said = _move_text(moves[0]) if len(moves) == 1 else ",".join([_move_text(move) for move in moves])
    return f'{{"happened_at":"{happened_at.isoformat()}","moves":[{said}],"reference":{_text(reference)}{end}}}'.encode()


def _move_text(move: Move) -> str:
    kind, giver, taker, unit, amount, earmark, named, grant, authorisation, note = move
    code = CODES
    said = f'{{"amount":"{amount}"'
    if authorisation:
        said += f',"authorisation":{code[authorisation]}'
    said += f',"earmark":{code[earmark]},"giver":{code[giver]}'
    if grant:
        said += f',"grant":{code[grant]}'
    said += f',"kind":{code[kind]}'
    if named:
        said += f',"named":{code[named]}'
    if note:
        said += f',"note":{_text(note)}'
    return f'{said},"taker":{code[taker]},"unit":{code[unit]}}}'


def _text(text: str) -> str:
    if text.isalnum() and text.isascii():
        return f'"{text}"'
    return encode(text).decode()


CODES = Remembered(_text)
