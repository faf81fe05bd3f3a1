"""Spoiling what is sound: bytes and slices, cells and rows, values of JSON, all by chance."""

import csv
import io
import json
from collections.abc import Callable, Sequence
from random import Random
from typing import Any

LONG = 200_000
ODD_BYTES = (
    b"", b"\0", b"\xff", b"\xfe\xff", b"\xef\xbb\xbf", b"\r", b"\n", b"\r\n", b"\t", b" ", b",", b";", b'"', b'""', b"'", b"=1+1",
    b"@", b"-", b"+", b"0", b"1e999", b"NaN", b"Infinity", b"-0", b"9" * 30, b"\xc3\x28", b"\xed\xa0\x80", b"\xe2\x80\xa8",
    b"\xf0\x9f\x8f\xae", "e\u0301".encode(), "\u202e".encode(), "\u0660".encode(), b"\\u0000", b"\\ud800", b"{", b"}", b"[", b"]",
    b":", b"null", b"true", b"<", b">", b"&", b"<!DOCTYPE x [", b"<![CDATA[", b"]]>", b"&#0;", b"A" * 5_000, b"[" * 3_000, b'{"a":' * 900,
)  # fmt: skip
ODD_TEXTS = (
    "", " ", "\0", "\n", "=1+1", "@transit:T1", "@cost:", "@", "-1", "0", "00", "0.00", "1,000.00", "1e5", "NaN", "9" * 19, "9" * 400,
    "9223372036854775807", "9223372036854775808", "-9223372036854775809", "0." + "0" * 300 + "1", "é", "e\u0301", "\u202eabc",
    "\u0660\u0661", "\U0001f3ee", "\ufdd0", "x" * 65, "x" * 2_001, "x" * LONG, "USD", "LAMP", "HERON",
    "office", "OFFICE ", "2014-03-03", "2014-02-30", "2014-03-03T10:00:00", "2014-03-03T10:00:00+99:00", "0001-01-01T00:00:00Z",
    "9999-12-31T23:59:59Z", "2014-03-03T10:00:00.9999999+09:00", "yes", "TRUE", "dispatch", "receipt", "reversal", "gift", "'; DROP TABLE",
)  # fmt: skip
ODD_VALUES: tuple[Any, ...] = (
    None, True, False, 0, 1, -1, 2**53, 2**63, 10**400, 0.5, 1e308, "", [], {}, [[]], {"": 0}, {"é": 1}, {"a": {"a": {}}}, *ODD_TEXTS[:40],
)  # fmt: skip


def spoil_bytes(data: bytes, chance: Random, *, times: int = 0) -> bytes:
    """The same bytes with one to four changes: bits, slices taken out, doubled, exchanged, and odd things put in."""
    for _ in range(times or chance.choice((1, 1, 1, 2, 4))):
        data = chance.choice(BYTE_CHANGES)(data, chance)
    return data


def _flip(data: bytes, chance: Random) -> bytes:
    if not data:
        return b"\0"
    changed = bytearray(data)
    changed[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def _put_in(data: bytes, chance: Random) -> bytes:
    place = chance.randint(0, len(data))
    return data[:place] + chance.choice(ODD_BYTES) + data[place + chance.choice((0, 0, 1, 8)) :]


def _take_out(data: bytes, chance: Random) -> bytes:
    start, end = _slice(data, chance)
    return data[:start] + data[end:]


def _double(data: bytes, chance: Random) -> bytes:
    start, end = _slice(data, chance)
    return data[:end] + data[start:end] * chance.choice((1, 1, 2, 50)) + data[end:]


def _exchange(data: bytes, chance: Random) -> bytes:
    start, end = _slice(data, chance)
    return data[end:] + data[start:end] + data[:start]


def _cut(data: bytes, chance: Random) -> bytes:
    return data[: chance.randint(0, len(data))]


def _slice(data: bytes, chance: Random) -> tuple[int, int]:
    start = chance.randint(0, len(data))
    return start, min(len(data), start + chance.choice((1, 4, 30, 400)))


BYTE_CHANGES: Sequence[Callable[[bytes, Random], bytes]] = (_flip, _flip, _put_in, _put_in, _take_out, _double, _exchange, _cut)


def spoil_table(data: bytes, chance: Random) -> bytes:
    """A CSV file with a cell, a row or a column that is otherwise; still CSV."""
    rows = list(csv.reader(io.StringIO(data.decode("utf-8"))))
    for _ in range(chance.choice((1, 1, 2))):
        row = chance.choice(rows)
        change = chance.randrange(6)
        if change < 3 and row:
            row[chance.randrange(len(row))] = odd_text(rows, chance)
        elif change == 3:
            rows.insert(chance.randint(0, len(rows)), list(row))
        elif change == 4 and len(rows) > 1:
            rows.remove(row)
        else:
            row.insert(chance.randint(0, len(row)), odd_text(rows, chance))
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue().encode("utf-8")


def odd_text(rows: Sequence[Sequence[str]], chance: Random) -> str:
    """Something odd, or a cell from elsewhere in the table."""
    cells = chance.choice(rows)
    return chance.choice(cells) if cells and chance.random() < 0.5 else chance.choice(ODD_TEXTS)


def spoil_json(data: bytes, chance: Random) -> bytes:
    """A JSON document with a value or a name somewhere in it that is otherwise, written in the same compact way."""
    document = json.loads(data)
    places = list(_places(document))
    for holder, key in (chance.choice(places) for _ in range(chance.choice((1, 1, 2)))):
        if isinstance(holder, dict) and key in holder and chance.random() < 0.3:
            value = holder.pop(key)
            if chance.random() < 0.6:
                holder[chance.choice((key.upper(), key + " ", "é", "", "amount"))] = value
        elif isinstance(holder, dict) or key < len(holder):
            holder[key] = _odd_value(holder[key] if isinstance(holder, list) else holder.get(key), chance)
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode("utf-8", "surrogatepass")


def _places(document: Any) -> list[tuple[Any, Any]]:
    found: list[tuple[Any, Any]] = []
    for key, value in list(document.items() if isinstance(document, dict) else enumerate(document)):
        found.append((document, key))
        if isinstance(value, dict | list):
            found += _places(value)
    return found


def _odd_value(value: Any, chance: Random) -> Any:
    if isinstance(value, str) and value and chance.random() < 0.4:
        place = chance.randrange(len(value))
        return value[:place] + chance.choice(ODD_TEXTS[:30]) + value[place + 1 :]
    if isinstance(value, int) and chance.random() < 0.4:
        return value + chance.choice((-1, 1, 2**40))
    return chance.choice(ODD_VALUES)
