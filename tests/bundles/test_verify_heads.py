"""Books held against a head that comes back: what is wrong with the paper itself, and what there is to carry away at all."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from nacl.signing import SigningKey

from tallystick.bundles.verify import chain
from tallystick.bundles.verify.heads import Carried, HeadForged, NothingSigned, last_head, unsigned_count
from tallystick.bundles.verify.proof import Proof, prove
from tallystick.core.chain import checkpoint_statement, sign_checkpoint
from tallystick.core.head import SignedHead, head_text, read_head
from tallystick.journal.immutable import WRITTEN_ONCE
from tallystick.vault.keys import office_code, unlocked
from tests import books
from tests.bundles import full_stall, tampering
from tests.bundles.rewriting import forget_checkpoints
from tests.bundles.tampering import rows, tampered

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def stall(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with books.standing(django_db_blocker):
        full_stall.keep(tmp_path_factory.mktemp("heads") / "stall")
        yield


def head() -> SignedHead:
    return last_head(unlocked().office, unlocked().public_key)


def against(*heads: SignedHead) -> Proof:
    carried = [Carried(f"{number}.head", one) for number, one in enumerate(heads, 1)]
    return prove(office=unlocked().office, public_key=unlocked().public_key, against=carried)


@pytest.mark.parametrize("at_once", [1, 2, 7])
def test_it_does_not_matter_how_many_acts_are_kept_until_they_are_put_in_the_tree(at_once: int, monkeypatch: Any) -> None:
    said = against(head())
    monkeypatch.setattr(chain, "LEAVES_AT_ONCE", at_once)
    assert against(head()) == said
    assert said.holds


def signed_by(key: SigningKey, said: SignedHead) -> SignedHead:
    """What `said` says, signed by whoever has this key."""
    statement = checkpoint_statement(
        office=said.office, number=said.number, head=said.head, root=said.root, signed_at=said.signed_at, follows=said.follows
    )
    return replace(said, public_key=bytes(key.verify_key), signature=sign_checkpoint(bytes(key), statement))


def test_a_head_is_that_of_the_last_checkpoint_and_is_read_as_it_was_written() -> None:
    last = rows("journal_checkpoint")[-1]
    assert (head().number, head().head, head().signature) == (last["number"], bytes(last["head"]), bytes(last["signature"]))
    assert head().rehearsal
    assert read_head(head_text(head()).encode(), file="march.head") == head()
    assert unsigned_count(head()) == 0


def test_books_hold_against_their_own_head() -> None:
    proof = against(head(), head())
    assert proof.holds
    assert [one.holds for one in proof.compared] == [True, True]
    assert books.proof().compared == ()


@pytest.mark.parametrize(
    "other", [{"root": bytes(32)}, {"signed_at": "2014-01-01T00:00:00Z"}, {"signature": bytes(64)}, {"public_key": bytes(32)}]
)
def test_a_head_copied_with_a_slip_is_told_from_books_that_were_rewritten(other: dict[str, Any]) -> None:
    (problem,) = against(replace(head(), **other)).problems
    assert problem == (
        0,
        "the head in 1.head does not bear the signature of its key: it was never signed so, or copied with a slip",
    )


def test_a_head_of_another_office_is_none_of_these_books() -> None:
    key = SigningKey.generate()
    other = signed_by(key, replace(head(), office=office_code(bytes(key.verify_key))))
    (problem,) = against(other).problems
    assert problem == (0, f"the head in 1.head is of office {other.office}; these books hold nothing of it")


def test_a_head_that_another_signed_for_this_office_is_found() -> None:
    (problem,) = against(signed_by(SigningKey.generate(), head())).problems
    assert problem == (
        1, f"the head in 1.head is signed with another key than that with which office {unlocked().office} opened",
    )  # fmt: skip


def test_a_head_from_which_the_rehearsal_was_struck_out_is_found() -> None:
    (problem,) = against(replace(head(), rehearsal=False)).problems
    assert problem == (1, "the head in 1.head is of no rehearsal; these books are one")


def test_acts_that_nobody_signed_yet_are_counted() -> None:
    with books.undone():
        books.post("H8   7 March   handover   HERON → BANK   USD 1.00   SHOPS")
        assert unsigned_count(head()) == 1


def test_without_a_checkpoint_there_is_no_head() -> None:
    with tampered(*WRITTEN_ONCE):
        forget_checkpoints(after=0)
        with pytest.raises(NothingSigned):
            head()


@pytest.mark.parametrize("column", ["head", "root", "signature", "follows"])
def test_what_the_office_did_not_sign_is_no_head(column: str) -> None:
    with tampered(*WRITTEN_ONCE):
        last = rows("journal_checkpoint")[-1]
        tampering.update("journal_checkpoint", last, **{column: 1 if column == "follows" else bytes(len(last[column]))})
        with pytest.raises(HeadForged):
            head()


def test_a_checkpoint_of_an_act_that_is_gone_is_no_head() -> None:
    with tampered(*WRITTEN_ONCE):
        tampering.run("UPDATE journal_act SET digest = %s WHERE id = %s", bytes(32), rows("journal_act")[-1]["id"])
        with pytest.raises(HeadForged):
            head()


def test_values_of_another_type_keep_anyone_from_telling() -> None:
    with tampered(*WRITTEN_ONCE):
        if tampering.connection.vendor == "postgresql":
            return  # its columns take one type
        tampering.run("UPDATE journal_act SET kind = CAST(kind AS BLOB) WHERE id = 1")
        proof = against(head())
        assert [one.holds for one in proof.compared] == [None]
        assert not proof.holds
