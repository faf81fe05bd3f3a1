"""What is kept of a code, and who can do anything with it."""

import re

import pytest
from argon2 import extract_parameters

from tallystick.core.half import half_drawn, read_half
from tallystick.vault import codes, derived
from tallystick.vault.codes import digest_of, draw_half, draw_name, is_proof, is_right, proof_of_showing

HALF = half_drawn(12_345_678)


@pytest.fixture(autouse=True)
def cheap(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if "cost" not in request.node.name:
        monkeypatch.setattr(codes, "MEMORY_KIB", 8)


def test_a_digest_knows_its_code_and_no_other():
    kept = digest_of(HALF, slip="7QM4-2XPK")
    assert is_right(HALF, slip="7QM4-2XPK", digest=kept)
    assert not is_right(half_drawn(12_345_679), slip="7QM4-2XPK", digest=kept)


def test_a_digest_is_worth_nothing_on_another_slip_or_under_another_key(monkeypatch: pytest.MonkeyPatch):
    kept = digest_of(HALF, slip="7QM4-2XPK")
    assert not is_right(HALF, slip="2222-2222", digest=kept)
    monkeypatch.setattr(codes, "drawn_key", lambda purpose: b"another office's key, of 32 bytes")
    assert not is_right(HALF, slip="7QM4-2XPK", digest=kept)


def test_two_digests_of_one_code_have_nothing_in_common():
    first, second = (digest_of(HALF, slip="7QM4-2XPK").rsplit("$", 2)[1:] for _ in range(2))
    assert not set(first) & set(second)


def test_the_cost_of_a_digest_is_what_was_chosen():
    made = extract_parameters(digest_of(HALF, slip="7QM4-2XPK"))
    assert (made.type.name, made.time_cost, made.memory_cost, made.parallelism) == ("ID", 2, 65536, 1)
    assert (made.salt_len, made.hash_len) == (16, 32)


def test_what_was_kept_at_another_cost_is_still_right(monkeypatch: pytest.MonkeyPatch):
    kept = digest_of(HALF, slip="7QM4-2XPK")
    monkeypatch.setattr(codes, "TIME_COST", 3)
    assert is_right(HALF, slip="7QM4-2XPK", digest=kept)


def test_codes_and_names_are_drawn_and_can_be_read_out():
    drawn = [draw_half() for _ in range(50)]
    assert len(set(drawn)) == 50
    assert all(read_half(one) == one for one in drawn)
    names = {draw_name() for _ in range(50)}
    assert len(names) == 50
    assert all(re.fullmatch("[2-9B-DF-HJKMNP-RTV-XZ]{4}-[2-9B-DF-HJKMNP-RTV-XZ]{4}", one) for one in names)


def test_a_proof_is_good_for_one_slip_in_one_members_hands(monkeypatch: pytest.MonkeyPatch):
    proof = proof_of_showing("7QM4-2XPK", name="WREN")
    assert is_proof(proof, slip="7QM4-2XPK", name="WREN")
    assert not is_proof(proof, slip="7QM4-2XPK", name="KNOT")
    assert not is_proof(proof, slip="2222-2222", name="WREN")
    assert derived.Purpose.CODES != derived.Purpose.CODES_SHOWN
