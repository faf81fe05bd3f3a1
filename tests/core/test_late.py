"""What is late on the road."""

from tallystick.core.amount import Parts
from tallystick.core.corridor import Leg
from tallystick.core.late import days_allowed, days_by_way


def leg(start: str, end: str, *, days: int) -> Leg:
    return Leg(f"{start}-{days}", start, end, "walk", 0, Parts(0), "CNY", days)


def test_a_way_takes_as_long_as_its_slowest_leg_and_a_fortnight_where_none_is_known():
    ways = days_by_way([leg("Dandong", "Sinuiju", days=2), leg("Dandong", "Sinuiju", days=5), leg("Sinuiju", "Dandong", days=1)])
    assert days_allowed(ways, giver="Dandong", taker="Sinuiju") == 5
    assert days_allowed(ways, giver="Sinuiju", taker="Dandong") == 1
    assert days_allowed(ways, giver="Dandong", taker="Hyesan") == 14
