"""Who is at the office, what day it is there, and how something is asked for."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Any

from tallystick.core.amount import Parts
from tallystick.core.role import Role

LEAD = "LEAD"  # as the demo made them
STAFF = {
    "WREN": Role.BOOKKEEPER,
    "DUNLIN": Role.COORDINATOR,
    "KNOT": Role.COMPLIANCE,
    "SISKIN": Role.SAFEGUARDING,
    "TWITE": Role.ANALYST,
    "RUFF": Role.AUDITOR,
    "DUNNOCK": Role.SPONSOR,
}
NEWCOMERS = {"SISKIN"}  # have a password, and no second factor yet
THERE = timezone(timedelta(hours=8))  # by the clock in Dandong
TODAY = datetime.now(THERE).date()
MONEY, GOODS = "REH-MONEY-B", "REH-GOODS-B"


def day(ago: int) -> date:
    return TODAY - timedelta(days=ago)


def at(ago: int, hour: int = 9) -> str:
    """A moment so many days ago, by the clock there; today's is now."""
    if not ago:
        return datetime.now(THERE).replace(microsecond=0).isoformat()
    return datetime.combine(day(ago), time(hour), tzinfo=THERE).isoformat()


def yuan(whole: int) -> Parts:
    return Parts(whole * 100)


@dataclass
class Office:
    """The members with their roles, and what the days so far brought that addresses name."""

    roles: dict[str, Role]
    told: dict[str, Any] = field(default_factory=dict)

    def ask(self, who: str, wish: str, content: Any, *, agrees: str = "", because: str = "") -> Any:
        """Ask as this member, and where two are needed have `agrees` agree; where nobody does, it goes on waiting."""
        from tallystick.desk.actions import agree, ask
        from tallystick.desk.models import Draft

        done = ask(wish, content, by=self._asker(who), asked_at=datetime.now(UTC), reason=because)
        assert isinstance(done, Draft) == bool(because), f"whether {wish} waits is not as it was thought"
        return agree(done.pk, by=self._asker(agrees), agreed_at=datetime.now(UTC)) if agrees else done

    def _asker(self, who: str) -> Any:
        from tallystick.desk.wishes import Asker

        return Asker(who, frozenset({self.roles[who]}))
