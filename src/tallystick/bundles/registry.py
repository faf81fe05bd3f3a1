"""Every kind of act that carries a record, in the order in which the state digest reads their tables."""

from tallystick.authorisations.apply import BASIS_RECORDED
from tallystick.corridors.apply import (
    AGREEMENT_MADE,
    EXPOSURE_LIMIT_SET,
    LEG_SET,
    OVERRIDE_GIVEN,
    TARIFF_SET,
    VALUE_LIMIT_SET,
)
from tallystick.grants.apply import GRANT_CANCELLED, GRANT_PROMISED, TRANCHE_RELEASED, TRANCHES_PLANNED
from tallystick.handovers.apply import (
    CONSIGNMENT_PACKED,
    DISPUTE_CLOSED,
    DISPUTE_OPENED,
    LIABILITY_RECOVERED,
    LIABILITY_TAKEN,
    OVERAGE_CLEARED,
    OVERAGE_COUNTED,
    PAY_ORDER_DRAWN,
    PAY_ORDER_STEPPED,
)
from tallystick.handovers.codes.apply import CODE_EXHAUSTED, CODE_ISSUED, CODE_REDEEMED, CODE_RULED, PAYOUT_LIMIT_SET
from tallystick.journal.apply import OFFICE_OPENED
from tallystick.journal.record_kind import RecordKind
from tallystick.ledger.apply.records import EARMARK_OPENED, PROGRAMME_OPENED, UNIT_DEFINED
from tallystick.people.apply import LIMIT_SET, PARTY_MADE
from tallystick.staff.apply import SIGNED_OFF
from tallystick.ventures.apply import COVENANT_GIVEN, COVENANT_SEEN, VENTURE_DESCRIBED, VENTURE_ENDED, VISIT_REPORTED
from tallystick.vetting.apply import VOUCH_GIVEN

KINDS: tuple[RecordKind, ...] = (
    OFFICE_OPENED,
    UNIT_DEFINED,
    PROGRAMME_OPENED,
    PARTY_MADE,
    EARMARK_OPENED,
    BASIS_RECORDED,
    LEG_SET,
    GRANT_PROMISED,
    VOUCH_GIVEN,
    VISIT_REPORTED,
    SIGNED_OFF,
    CONSIGNMENT_PACKED,
    DISPUTE_OPENED,
    DISPUTE_CLOSED,
    OVERAGE_COUNTED,
    OVERAGE_CLEARED,
    LIABILITY_TAKEN,
    LIABILITY_RECOVERED,
    PAY_ORDER_DRAWN,
    PAY_ORDER_STEPPED,
    TRANCHES_PLANNED,
    TRANCHE_RELEASED,
    GRANT_CANCELLED,
    COVENANT_GIVEN,
    COVENANT_SEEN,
    CODE_ISSUED,
    CODE_REDEEMED,
    CODE_EXHAUSTED,
    CODE_RULED,
    PAYOUT_LIMIT_SET,
    LIMIT_SET,
    TARIFF_SET,
    AGREEMENT_MADE,
    VALUE_LIMIT_SET,
    EXPOSURE_LIMIT_SET,
    OVERRIDE_GIVEN,
    VENTURE_DESCRIBED,
    VENTURE_ENDED,
)
RECORD_KINDS = {kind.name: kind for kind in KINDS}
KIND_OF = {kind.record: kind for kind in KINDS}
