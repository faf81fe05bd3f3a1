"""The papers of a consignment are said: how the lines of a dispatch are described and packed."""

from datetime import datetime

from django.db import transaction

from tallystick.core.consignment import Consignment, check_packed
from tallystick.core.entry import Kind
from tallystick.core.unit import UnitKind
from tallystick.handovers.apply import CONSIGNMENT_PACKED
from tallystick.handovers.standing import tally_standing
from tallystick.journal.actions import lock_stream
from tallystick.journal.reach import within_reach
from tallystick.journal.records import say_records
from tallystick.ledger.queries.records import units


@within_reach()
@transaction.atomic
def pack(consignment: Consignment, *, office: str, recorded_at: datetime) -> None:
    """Say how the goods of a tally are packed. Raises TallyUnknown, TallyTakenBack, PackedLineUnknown, PackagesNegative."""
    head = lock_stream(office)
    story, known = tally_standing(consignment.tally), units()
    moves = enumerate(story.dispatch.moves)
    goods = {place for place, one in moves if one.kind == Kind.DISPATCH and known[one.unit].kind == UnitKind.GOODS}
    check_packed(consignment, goods=goods)
    say_records([consignment], CONSIGNMENT_PACKED, head=head, recorded_at=recorded_at)
