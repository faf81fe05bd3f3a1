"""Keepers who rewrite their own books from the ground, and who or what betrays them."""

from collections.abc import Callable
from random import Random

from nacl.signing import SigningKey

from tallystick.bundles.verify.heads import Carried, last_head
from tallystick.bundles.verify.proof import Proof, prove
from tallystick.journal.immutable import WRITTEN_ONCE
from tallystick.vault.keys import unlocked
from tests import books
from tests.bundles.rewriting import forget_checkpoints, more_given, rewrite, said_otherwise, sign_anew
from tests.bundles.tampering import rows, tampered

WAYS = ("and leaves the checkpoints", "and signs with another key", "and signs with the key", "cut off with their checkpoints")


class Keeper:
    """Has seen the books before: where the entries are, how much was signed, and the head that was carried away."""

    def __init__(self) -> None:
        self.entries = [act["id"] for act in rows("journal_act") if act["kind"] == "entry_posted"]
        self.gifts = self._gifts()
        self.signed = [checkpoint["number"] for checkpoint in rows("journal_checkpoint")]
        self.head = Carried("carried.head", last_head(unlocked().office, unlocked().public_key))

    def _gifts(self) -> list[int]:
        taken_back = {entry["reverses_id"] for entry in rows("ledger_entry")}
        gifts = [move["entry_id"] for move in rows("ledger_move") if move["kind"] == "gift"]
        return [act for act in gifts if gifts.count(act) == 1 and act not in taken_back]

    def rewrites(self, chance: Random, way: str) -> str:
        """What is wrong with how one rewriting was betrayed; empty where all is well."""
        judges: dict[str, Callable[[Random], str]] = dict(
            zip(WAYS, (self._leaves_checkpoints, self._signs_with_another, self._signs_with_the_key, self._cuts_off), strict=True)
        )
        with tampered(*WRITTEN_ONCE) as self.guards_up:
            return judges[way](chance)

    def _rewrite(self, chance: Random) -> int:
        """One act says something else, and everything follows from that; the act."""
        at, change = chance.choice([(chance.choice(self.gifts), more_given), (chance.choice(self.entries), said_otherwise)])
        rewrite(at, change)
        return at

    def _leaves_checkpoints(self, chance: Random) -> str:
        at = self._rewrite(chance)
        self.guards_up()
        found = books.proof()
        betraying = next(number for number in self.signed if number >= at)
        return expect(found, at, act=betraying, words="signed over other acts")

    def _signs_with_another(self, chance: Random) -> str:
        at = self._rewrite(chance)
        sign_anew(bytes(SigningKey.generate()))
        self.guards_up()
        return expect(books.proof(), at, act=self.signed[0], words="does not bear its signature")

    def _signs_with_the_key(self, chance: Random) -> str:
        at = self._rewrite(chance)
        sign_anew(bytes(unlocked().signing_key))
        self.guards_up()
        return expect(self._against_the_head(), at, act=self.signed[-1], words="was signed over other acts")

    def _cuts_off(self, chance: Random) -> str:
        last = chance.choice(self.signed[:-1])
        rewrite(0, last=last)
        forget_checkpoints(after=last)
        self.guards_up()
        if not books.proof().holds:
            return f"Cut off after act {last}, the books did not even hold by themselves: the experiment is at fault."
        return expect(self._against_the_head(), last, act=last, words="the others were cut off")

    def _against_the_head(self) -> Proof:
        return prove(office=unlocked().office, public_key=unlocked().public_key, against=[self.head])


def expect(found: Proof, at: int, *, act: int, words: str) -> str:
    """What is wrong where the proof does not name this act first, in these words."""
    if found.holds:
        return f"Books rewritten at act {at} were proved all the same."
    first = found.problems[0]
    return (
        ""
        if first.act_id == act and words in first.words
        else f"Books rewritten at act {at}: act {first.act_id} was named ({first.words})."
    )
