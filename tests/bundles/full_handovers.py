"""What no folder says of handovers, two of each kind and something in every column, for books with a row in every table."""

from datetime import date
from typing import Any

from tallystick.core.amount import Parts
from tallystick.core.consignment import Consignment, PackedLine
from tallystick.core.dispute import Dispute, DisputeClosing, DisputeStep
from tallystick.core.liability import Liability, LiabilityRecovery
from tallystick.core.overage import Overage, OverageClearing, OverageStep
from tallystick.core.pay_order import PayOrder, PayOrderStep, PayOrderStepSaid

DAY, LATER = date(2014, 3, 6), date(2014, 3, 9)
LOST_AT = "2014-03-06T01:00:00+00:00"
HERE = "ab" * 8  # an office
RECORDS: tuple[tuple[Any, ...], ...] = (
    (
        Consignment("T9", (PackedLine(0, "12 volt", "carton", 2), PackedLine(1, "24 volt", "sack", 3))),
        Consignment("T8", (PackedLine(0, "cable", "reel", 1),)),
    ),
    (
        Dispute("T9-D1", "T9", "BANK", DAY, "USD", Parts(500), "five were missing"),
        Dispute("T8-D1", "T8", "HERON", LATER, "LAMP", Parts(2), "two were broken"),
    ),
    (
        DisputeClosing("T9-D1", DisputeStep.PAY.value, LATER, "T9", LOST_AT, "they were found"),
        DisputeClosing("T8-D1", DisputeStep.FIND_UNFOUNDED.value, LATER, note="they were whole"),
    ),
    (
        Overage("T9-O1", "T9", "USD", "SHOPS", Parts(100), "BANK", DAY, "one more note"),
        Overage("T8-O1", "T8", "LAMP", "LIGHT", Parts(3), "HERON", LATER, "three more"),
    ),
    (
        OverageClearing("T9-O1", OverageStep.CORRECT.value, LATER, "H8", "written too low"),
        OverageClearing("T8-O1", OverageStep.COUNT_AGAIN.value, LATER, note="none were there"),
    ),
    (
        Liability("L9-L1", "L9", LOST_AT, "USD", "SHOPS", "theft", "HERON", Parts(900), "the door stood open"),
        Liability("L8-L1", "L8", LOST_AT, "LAMP", "LIGHT", "breakage", "", Parts(4)),
    ),
    (LiabilityRecovery("L9-L1", "V8", Parts(200)), LiabilityRecovery("L8-L1", "V7", Parts(1))),
    (
        PayOrder(f"{HERE}-1", HERE, 1, "HERON", "BANK", "USD", Parts(2_000), "SHOPS", "the round", DAY, "G01"),
        PayOrder(f"{HERE}-2", HERE, 2, "OFFICE", "HERON", "USD", Parts(3_000), "SHOPS", "the road", LATER),
    ),
    (
        PayOrderStepSaid(f"{HERE}-1", PayOrderStep.ISSUE.value, LATER, "H9"),
        PayOrderStepSaid(f"{HERE}-2", PayOrderStep.MAKE_VOID.value, LATER, reason="drawn twice"),
    ),
)
STEPS = tuple(dict.fromkeys(step.value for steps in (DisputeStep, OverageStep, PayOrderStep) for step in steps))
"""Every step there is: a column of steps takes no other word."""
