"""Books rewritten from the ground, chain and rows and balances alike: the signatures betray it, or a head that was carried away."""

from collections.abc import Iterator
from typing import Any

import pytest
from nacl.signing import SigningKey

from tallystick.bundles.verify import proof
from tallystick.bundles.verify.heads import Carried, last_head
from tallystick.bundles.verify.proof import Proof, prove
from tallystick.journal.immutable import WRITTEN_ONCE
from tallystick.vault.keys import unlocked
from tests import books
from tests.bundles import full_stall, tampering
from tests.bundles.rewriting import Change, first_gift, forget_checkpoints, more_given, rewrite, said_otherwise, sign_anew
from tests.bundles.tampering import TABLES, rows, tampered

pytestmark = pytest.mark.django_db

CHANGES = (more_given, said_otherwise)


@pytest.fixture(scope="module", autouse=True)
def stall(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with books.standing(django_db_blocker):
        full_stall.keep(tmp_path_factory.mktemp("rewriting") / "stall")
        yield
        assert books.proof().holds


@pytest.fixture
def carried() -> Carried:
    """The head of the stall, carried away before anybody touched its books."""
    return Carried("march.head", last_head(unlocked().office, unlocked().public_key))


def against(*heads: Carried) -> Proof:
    return prove(office=unlocked().office, public_key=unlocked().public_key, against=heads)


def numbers() -> list[int]:
    """How many acts each checkpoint signed."""
    return [checkpoint["number"] for checkpoint in rows("journal_checkpoint")]


def test_books_rewritten_as_they_were_are_the_same_books(carried: Carried) -> None:
    with tampered(*WRITTEN_ONCE) as guards_up:
        before = [rows(table) for table in TABLES]
        rewrite(first_gift())
        assert [rows(table) for table in TABLES] == before
        guards_up()
        assert against(carried).holds


@pytest.mark.parametrize("change", CHANGES)
def test_the_checkpoint_after_the_rewritten_act_betrays_it(change: Change) -> None:
    with tampered(*WRITTEN_ONCE) as guards_up:
        rewrite(first_gift(), change)
        guards_up()
        (act_id, words), *_ = books.proof().problems
        assert act_id == next(number for number in numbers() if number >= first_gift())
        assert "signed over other acts" in words


@pytest.mark.parametrize("change", CHANGES)
def test_without_the_signing_key_the_chain_cannot_be_signed_anew(change: Change) -> None:
    with tampered(*WRITTEN_ONCE) as guards_up:
        rewrite(first_gift(), change)
        sign_anew(bytes(SigningKey.generate()))
        guards_up()
        problems = books.proof().problems
        assert [act_id for act_id, _ in problems] == numbers()
        assert all("does not bear its signature" in words for _, words in problems)


@pytest.mark.parametrize("change", CHANGES)
def test_without_the_checkpoints_the_acts_are_not_signed(change: Change) -> None:
    with tampered(*WRITTEN_ONCE) as guards_up:
        rewrite(first_gift(), change)
        forget_checkpoints(after=first_gift() - 1)
        guards_up()
        assert "are not signed" in books.proof().problems[0].words


@pytest.mark.parametrize("change", CHANGES)
def test_a_keeper_who_signs_anew_himself_is_betrayed_by_the_head_alone(carried: Carried, change: Change) -> None:
    with tampered(*WRITTEN_ONCE) as guards_up:
        rewrite(first_gift(), change)
        sign_anew(bytes(unlocked().signing_key))
        guards_up()
        assert books.proof().holds, "nothing in the books themselves can show it"
        found = against(carried)
        (problem,) = found.problems
        assert problem.act_id == carried.head.number
        assert problem.words == (
            f"the head in march.head was signed over other acts: {unlocked().office} was rewritten between act 1 and act"
            f" {carried.head.number}"
        )
        assert [one.holds for one in found.compared] == [False]


def test_an_earlier_head_that_holds_narrows_down_where_it_was_rewritten(carried: Carried) -> None:
    earlier = head_at(numbers()[1])
    with tampered(*WRITTEN_ONCE) as guards_up:
        rewrite(carried.head.number, said_otherwise)
        sign_anew(bytes(unlocked().signing_key))
        guards_up()
        found = against(carried, earlier)
        (problem,) = found.problems
        assert f"between act {earlier.head.number + 1} and act {carried.head.number}" in problem.words
        assert [(one.carried.file, one.holds) for one in found.compared] == [("earlier.head", True), ("march.head", False)]


def head_at(number: int) -> Carried:
    """The head that could be carried away when this checkpoint was the last."""
    with books.undone(), tampered(*WRITTEN_ONCE):
        forget_checkpoints(after=number)
        return Carried("earlier.head", last_head(unlocked().office, unlocked().public_key))


def test_acts_and_checkpoints_cut_off_together_are_missed_by_the_head_alone(carried: Carried) -> None:
    with tampered(*WRITTEN_ONCE) as guards_up:
        kept = numbers()[1]
        rewrite(0, last=kept)
        forget_checkpoints(after=kept)
        guards_up()
        assert books.proof().holds, "nothing in the books themselves can show it"
        (problem,) = against(carried).problems
        assert problem.act_id == kept
        assert (
            f"is of {carried.head.number} acts of {unlocked().office}, and {kept} are here: the others were cut off"
            in problem.words
        )


def test_books_that_went_on_still_begin_with_the_head(carried: Carried) -> None:
    with books.undone():
        books.post("H8   7 March   handover   HERON → BANK   USD 1.00   SHOPS")
        books.sign()
        assert last_head(unlocked().office, unlocked().public_key).number == carried.head.number + 1
        found = against(carried, head_at(1))
        assert found.holds, found.problems
        assert [one.holds for one in found.compared] == [True, True]


def test_a_checkpoint_that_is_gone_is_missed_by_the_one_that_follows_it() -> None:
    for gone in numbers()[:-1]:
        with tampered(*WRITTEN_ONCE) as guards_up:
            run_delete(gone)
            guards_up()
            (problem,) = books.proof().problems
            assert (problem.act_id, "is gone; the one at act" in problem.words) == (gone, True)


def run_delete(number: int) -> None:
    tampering.run("DELETE FROM journal_checkpoint WHERE number = %s", number)


def test_the_checkpoint_that_is_gone_at_the_end_leaves_acts_unsigned() -> None:
    with tampered(*WRITTEN_ONCE) as guards_up:
        run_delete(numbers()[-1])
        guards_up()
        (problem,) = books.proof().problems
        assert problem.act_id == rows("journal_act")[-1]["id"]
        assert "are not signed" in problem.words


def test_checkpoints_of_the_first_form_name_none_before_them_and_still_hold() -> None:
    with tampered(*WRITTEN_ONCE) as guards_up:
        for checkpoint in rows("journal_checkpoint")[:-1]:
            tampering.update("journal_checkpoint", checkpoint, follows=None)
        sign_anew(bytes(unlocked().signing_key))
        guards_up()
        assert books.proof().holds
        assert last_head(unlocked().office, unlocked().public_key).follows == numbers()[-2]
        assert head_at(numbers()[1]).head.follows is None


def test_books_that_are_broken_besides_say_nothing_of_acts_beyond_the_break(
    carried: Carried, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(proof, "BATCH", 5)
    with tampered(*WRITTEN_ONCE) as guards_up:
        tampering.run("UPDATE people_party SET place = 'elsewhere' WHERE act_id = (SELECT MIN(act_id) FROM people_party)")
        rewrite_last_digest()
        guards_up()
        found = against(carried)
        assert all("people_party.place" in words for _, words in found.problems)
        assert [one.holds for one in found.compared] == [None]


def rewrite_last_digest() -> None:
    tampering.update("journal_act", rows("journal_act")[-1], digest=bytes(32))
