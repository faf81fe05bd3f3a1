"""What a wish about a tally stands on: the tally itself, and the parties that it names."""

from collections.abc import Collection

from tallystick.core.custody.ends import PartyUnknown
from tallystick.core.dispute import TallyTakenBack, TallyUnknown
from tallystick.ledger.queries.tallies import TallyStory, tally_story
from tallystick.people.queries import parties


def tally_standing(reference: str) -> TallyStory:
    """The tally of this reference. Raises TallyUnknown, TallyTakenBack."""
    story = tally_story(reference)
    if story is None:
        raise TallyUnknown(tally=reference)
    if story.taken_back_by:
        raise TallyTakenBack(tally=reference)
    return story


def check_known(codes: Collection[str]) -> None:
    """Refuses, with PartyUnknown, a party that is not in these books."""
    known = parties(codes=set(codes))
    for code in codes:
        if code not in known:
            raise PartyUnknown(party=code)
