"""Documents without books: acts, canonical JSON, heads and key files, spoilt by chance and read."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from random import Random
from unittest.mock import patch

from faults.inputs.mutation import spoil_bytes, spoil_json
from faults.inputs.watch import Watch, shown
from tallystick.bundles.registry import RECORD_KINDS
from tallystick.core.canonical import decode, encode
from tallystick.core.chain import ActUnreadable, read_act
from tallystick.core.entry import entry_said
from tallystick.core.head import head_text, read_head
from tallystick.core.record import record_of
from tallystick.journal.models import ENTRY_POSTED
from tallystick.vault import keys
from tests.home import PASSPHRASE

Answer = Callable[[bytes], object]
UNSAYABLE = (
    KeyError,
    TypeError,
    ValueError,
)  # what a content raises that no version wrote; replay and verify take it for unreadable


def read_content(data: bytes) -> object:
    """An act with what it says, as a replay reads it."""
    act = read_act(data)
    try:
        if act.kind == ENTRY_POSTED:
            return entry_said(act.content)
        return record_of(RECORD_KINDS[act.kind].record, act.content)
    except UNSAYABLE as problem:
        raise ActUnreadable(part="content", found=str(problem), wanted="") from problem


def read_canonical(data: bytes) -> object:
    """A value, which has one text: that from which it was read."""
    value = decode(data)
    assert encode(value) == data, "a value has two texts"
    return value


def read_carried(data: bytes) -> object:
    """A head, which has one text but for white space at the ends of lines; whoever wrote it need not have signed it."""
    head = read_head(data, file="a.head")
    plain = "\n".join(line.rstrip() for line in data.decode().removeprefix("\ufeff").rstrip().split("\n"))
    assert head_text(head).rstrip() == plain, "a head has two texts"
    head.bears_signature()
    return head


def keyring_reader(home: Path) -> Answer:
    """Opens the key file with the passphrase that it was made with. Whatever it says of Argon2's costs, it is stretched cheaply."""
    stretch = keys.hash_secret_raw

    def cheaply(*secrets: bytes, **how: object) -> bytes:
        return stretch(*secrets, **how | {"time_cost": 1, "memory_cost": 64, "parallelism": 1})

    def read(data: bytes) -> object:
        (home / keys.KEYRING_FILE).write_bytes(data)
        with patch.object(keys, "hash_secret_raw", cheaply):
            return keys.open_keyring(home, PASSPHRASE)

    return read


def spoil_documents(sound: Sequence[bytes], chance: Random) -> Iterator[bytes]:
    """Without end; every second one is still JSON where it was."""
    while True:
        data = chance.choice(sound)
        as_json = data.startswith(b"{") and chance.random() < 0.5
        yield spoil_json(data, chance) if as_json else spoil_bytes(data, chance)


def look_at_documents(answer: Answer, spoilt: Iterator[bytes], *, count: int) -> Watch:
    watch = Watch()
    for _, data in zip(range(count), spoilt, strict=False):
        watch.look(lambda: answer(data), told=shown(data))  # noqa: B023  (it is called before the next turn)
    return watch
