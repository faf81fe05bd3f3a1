"""`tallystick verify` and `replay`: the books proved, in words a bookkeeper can act on."""

from collections.abc import Sequence
from typing import Any

from tallystick.bundles.digest import state_digest
from tallystick.bundles.replay import replay
from tallystick.bundles.verify.heads import Carried
from tallystick.bundles.verify.proof import Proof, prove
from tallystick.journal.queries import act_count, acts, is_rehearsal
from tallystick.journal.snapshot import snapshot
from tallystick.ops.heads import compared_document, comparison
from tallystick.ops.tables import make_tables
from tallystick.ops.terminal import banner, print_json, progress, say
from tallystick.vault.keys import Keyring


def prove_here(keyring: Keyring, *, against: Sequence[Carried] = ()) -> Proof:
    """Prove the books at hand as the books of this keyring's office, with a bar to watch."""
    with progress("Proving acts", total=act_count()) as told:
        return prove(office=keyring.office, public_key=keyring.public_key, against=against, told=told)


def show_proof(keyring: Keyring, *, against: Sequence[Carried], as_json: bool) -> bool:
    """Prove the books, hold them against these heads, and say what holds; whether they are proved."""
    proof = prove_here(keyring, against=against)
    if as_json:
        print_json({"done": proof.holds, "rehearsal": is_rehearsal(), **proof_document(proof)})
    else:
        say_proof(proof)
    return proof.holds


def proof_document(proof: Proof) -> dict[str, Any]:
    """What `--json` says of a proof."""
    problems = [{"act": act_id, "words": words} for act_id, words in proof.problems]
    against = [compared_document(one) for one in proof.compared]
    return {
        "acts": proof.act_count, "checkpoints": proof.checkpoint_count, "head": proof.head, "problems": problems,
        "against": against,
    }  # fmt: skip


def say_proof(proof: Proof) -> None:
    banner(rehearsal=is_rehearsal())
    if not proof.holds:
        say("Not proved. The first act that does not hold comes first:", style="bold red")
        for _, words in proof.problems:
            say(f"  {words}")
        return
    say(
        f"Proved: {proof.act_count:,} acts in an unbroken chain, {proof.checkpoint_count:,} signed checkpoint(s),",
        style="green",
    )
    say("every row is what its act says, every balance is what its moves add up to.", style="green")
    for one in proof.compared:
        say(comparison(one), style="green")
    say(f"Head {proof.head}")


def show_replay(*, as_json: bool) -> bool:
    """Replay `source` into the empty books at hand and compare; whether the two states are the same."""
    make_tables()
    with snapshot(using="source"):
        with progress("Replaying acts", total=act_count(using="source")) as told:
            count = replay(acts(using="source"), told=told)
        held, replayed = state_digest(using="source"), state_digest()
    same = held == replayed
    if as_json:
        print_json({"done": same, "rehearsal": is_rehearsal(), "acts": count, "digest": held, "replayed": replayed})
        return same
    banner(rehearsal=is_rehearsal())
    replaying = f"{count:,} acts replayed"
    say(f"{'The books':<{len(replaying)}}  {held}")
    say(f"{replaying}  {replayed}")
    say("The same state." if same else "Not the same state: run tallystick verify.", style="green" if same else "bold red")
    return same
