"""Records of every kind there is, said by their type alone."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from tallystick.bundles.registry import KIND_OF
from tallystick.journal.queries import Head
from tallystick.journal.records import say_records


def say_known(records: Sequence[Any], *, head: Head, recorded_at: datetime) -> Head:
    """Say these records, all of one kind, one act each; the head that they leave."""
    return say_records(records, KIND_OF[type(records[0])], head=head, recorded_at=recorded_at) if records else head
