"""Reading the vouches as core records, in the order in which they were given."""

from tallystick.core.vouch import Vouch as VouchRecord
from tallystick.vetting.models import Vouch

FIELDS = ("recipient_id", "referee", "tie", "known_years", "said_on", "word")


def vouches(*, using: str = "default") -> list[VouchRecord]:
    return [VouchRecord(*row) for row in Vouch.objects.using(using).order_by("act_id").values_list(*FIELDS)]


def vouches_of(recipient: str, *, most: int) -> list[VouchRecord]:
    """What was said of a recipient, the latest that these books took in first; at most so many."""
    rows = Vouch.objects.filter(recipient=recipient).order_by("-act_id").values_list(*FIELDS)
    return [VouchRecord(*row) for row in rows[:most]]


def vouches_by(referee: str, *, most: int) -> list[VouchRecord]:
    """What a referee said, the latest that these books took in first; at most so many."""
    rows = Vouch.objects.filter(referee=referee).order_by("-act_id").values_list(*FIELDS)
    return [VouchRecord(*row) for row in rows[:most]]


def vouches_before(act: int | None = None, *, most: int) -> list[tuple[int, VouchRecord]]:
    """(act, vouch) of the latest, or of those before an act, the latest first; at most so many."""
    chosen = Vouch.objects.all() if act is None else Vouch.objects.filter(act_id__lt=act)
    return [(row[0], VouchRecord(*row[1:])) for row in chosen.order_by("-act_id").values_list("act_id", *FIELDS)[:most]]
