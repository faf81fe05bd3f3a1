"""The stream of an office: numbered without a gap, chained, signed where it ends, and read as of one moment."""

import threading

import pytest
from django.db import connection, transaction

from tallystick.core.canonical import encode
from tallystick.core.chain import FIRST, act_digest, read_act
from tallystick.core.merkle import CompactRange
from tallystick.journal import actions, queries
from tallystick.journal.models import Act, Office
from tallystick.journal.snapshot import snapshot
from tallystick.vault.keys import unlocked
from tests import books

OTHER = "ab" * 8


def say(office: str, *words: str) -> list[queries.StoredAct]:
    contents = [encode({"said": word}) for word in words]
    return actions.append(actions.lock_stream(office), "word_said", contents=contents, recorded_at=books.POSTED_AT)


@pytest.mark.django_db
def test_acts_are_numbered_and_chained_one_after_the_other() -> None:
    books.found()
    office = unlocked().office
    say(office, "heron", "swallow")
    say(office, "crane")
    acts = list(queries.acts())
    assert [(act.id, act.number, act.kind) for act in acts[1:]] == [(2, 2, "word_said"), (3, 3, "word_said"), (4, 4, "word_said")]
    previous = FIRST
    for act in acts:
        previous = act_digest(previous, act.body)
        assert act.digest == previous
        assert (read_act(act.body).number, read_act(act.body).office) == (act.number, office)
    assert queries.head_of(office) == queries.Head(office, 4, previous, 4, (), previous)


@pytest.mark.django_db
def test_nothing_said_leaves_the_head_where_it_is() -> None:
    books.found()
    head = actions.lock_stream(unlocked().office)
    assert actions.append(head, "word_said", contents=[], recorded_at=books.POSTED_AT) == []
    assert actions.head_after(head, []) == head


@pytest.mark.django_db
def test_an_act_names_how_far_other_offices_were_seen() -> None:
    books.found()
    (first,) = say(unlocked().office, "heron")
    assert read_act(first.body).after == {}
    theirs = say(OTHER, "gull", "tern")
    Office.objects.create(code=OTHER, act_id=theirs[0].id, public_key=bytes(32), rehearsal=True)
    (second,) = say(unlocked().office, "crane")
    assert read_act(second.body).after == {OTHER: 2}
    assert (second.number, second.id) == (3, 5)
    assert queries.head_of(OTHER).after == ((unlocked().office, 3),)


@pytest.mark.django_db
def test_an_office_that_said_nothing_has_nothing_to_sign() -> None:
    books.found()
    assert actions.sign_head(unlocked().office, signing_key=bytes(unlocked().signing_key), signed_at=books.POSTED_AT) is None
    assert len(queries.checkpoints()) == 1


@pytest.mark.django_db
def test_a_checkpoint_covers_every_act_before_it() -> None:
    books.found()
    office, key = unlocked().office, bytes(unlocked().signing_key)
    for words in (["heron"], ["swallow", "crane", "gull"], ["tern"] * 9):
        say(office, *words)
        signed = actions.sign_head(office, signing_key=key, signed_at=books.POSTED_AT)
        assert signed is not None
        digests = list(Act.objects.order_by("number").values_list("digest", flat=True))
        assert (signed.number, bytes(signed.head)) == (len(digests), bytes(digests[-1]))
        assert bytes(signed.root) == CompactRange().extend(map(bytes, digests)).root()
    assert len(list(queries.digests_after(office, number=5))) == 9
    assert queries.last_checkpoint(OTHER) is None


@pytest.mark.django_db(transaction=True)
def test_a_snapshot_does_not_see_what_is_written_meanwhile() -> None:
    books.found()
    with snapshot():
        before = queries.act_count()
        writer = threading.Thread(target=write_elsewhere)
        writer.start()
        writer.join(timeout=60)
        assert queries.act_count() == before
    assert queries.act_count() == before + 1


def write_elsewhere() -> None:
    try:
        with transaction.atomic():
            say(unlocked().office, "heron")
    finally:
        connection.close()


@pytest.mark.django_db
def test_books_of_invented_people_are_a_rehearsal() -> None:
    assert queries.is_rehearsal()
    books.found()
    assert queries.is_rehearsal()
    Office.objects.update(rehearsal=False)
    assert not queries.is_rehearsal()
