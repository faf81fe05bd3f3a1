"""The wish that writes a referee's word down."""

from collections.abc import Collection

from tallystick.core.vouch import Vouch
from tallystick.desk.wishes import Deed, Done, WishKind
from tallystick.vetting.actions import give_vouch


def give(vouch: Vouch, deed: Deed) -> Done:
    """Raises what vetting.actions.give_vouch does."""
    return Done(vouch.recipient, stood=not give_vouch(vouch, office=deed.office, recorded_at=deed.recorded_at))


def parties_of(vouch: Vouch) -> Collection[str]:
    """Whoever speaks for or against somebody does not write it down themselves, where they are a custodian of ours."""
    return (vouch.referee, vouch.recipient)


def facts_of(vouch: Vouch) -> list[tuple[str, str]]:
    years = "" if vouch.known_years is None else str(vouch.known_years)
    return [
        ("recipient", vouch.recipient), ("referee", vouch.referee), ("word", vouch.word), ("tie", vouch.tie),
        ("known for years", years), ("said on", vouch.said_on.isoformat()),
    ]  # fmt: skip


VOUCH = WishKind("vouch", Vouch, give, subject=lambda wish: str(wish.recipient), parties=parties_of, facts=facts_of)
