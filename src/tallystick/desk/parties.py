"""Whom a wish touches where it names only the reference of a tally."""

from tallystick.ledger.queries.tallies import tally_story


def parties_of_tally(tally: str) -> set[str]:
    """Whoever gave it and whoever carries it; nobody where there is no such tally, which is refused elsewhere."""
    story = tally_story(tally)
    return {story.giver, story.carrier} if story else set()
