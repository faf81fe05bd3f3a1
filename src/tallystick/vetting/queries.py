"""Reading the vouches as core records, in the order in which they were given."""

from tallystick.core.vouch import Vouch as VouchRecord
from tallystick.vetting.models import Vouch

FIELDS = ("recipient_id", "referee", "tie", "known_years", "said_on", "word")


def vouches(*, using: str = "default") -> list[VouchRecord]:
    return [VouchRecord(*row) for row in Vouch.objects.using(using).order_by("act_id").values_list(*FIELDS)]
