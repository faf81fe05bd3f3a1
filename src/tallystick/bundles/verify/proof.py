"""The whole proof, in one reading of the books: what holds, and the first act that does not."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from django.db import connection

from tallystick.bundles.verify.chain import Links, Problem, key_problems, read_checkpoints, signed_checkpoints
from tallystick.bundles.verify.heads import Carried, Compared, compared
from tallystick.bundles.verify.rows import Said, row_problems, stray_problems
from tallystick.bundles.verify.shapes import type_problems
from tallystick.journal import queries as journal
from tallystick.journal.immutable import unguarded
from tallystick.journal.snapshot import snapshot
from tallystick.ledger.partitions.parts import unguarded_parts
from tallystick.ledger.queries.audit import wrong_balances

BATCH = 5_000  # acts
LISTED_MAX = 20


@dataclass(frozen=True, slots=True)
class Proof:
    """What was read and what does not hold, the first act first; the books are proved where nothing is listed."""

    act_count: int
    checkpoint_count: int
    head: str  # the digest of the last act, hexadecimal; empty where there is none
    problems: tuple[Problem, ...]
    compared: tuple[Compared, ...] = ()

    @property
    def holds(self) -> bool:
        return not self.problems


def prove(
    *, office: str, public_key: bytes, against: Sequence[Carried] = (), told: Callable[[int], None] = lambda count: None
) -> Proof:
    """Read every act, checkpoint, row and balance; the proof stops at the first five thousand acts that hold a problem.

    `office` and `public_key` are those of the home's keyring; the books must begin with the acts of each head in `against`.
    `told` hears how many acts each step read.
    """
    with snapshot():
        mistyped = list(type_problems())
        if mistyped:
            unheard = tuple(Compared(carried, None) for carried in against)
            return Proof(0, 0, "", _listed([*_guard_problems(), *mistyped]), unheard)
        checkpoints, problems = read_checkpoints()
        offices = journal.offices()
        keys = {code: bytes(one.public_key) for code, one in offices.items()}
        signed, unsigned = signed_checkpoints(checkpoints, keys)
        links = Links(checkpoints, signed=signed, marks=[(carried.head.office, carried.head.number) for carried in against])
        problems += _guard_problems()
        problems += key_problems(keys, office=office, public_key=public_key)
        problems += unsigned
        wrong = _act_problems(links, told)
        problems += wrong
        outcomes, missed = compared(against, links, offices=offices, is_whole=not wrong)
        if not problems:
            problems += [*links.unsigned(), *stray_problems(links.count), *_balance_problems()]
    head = links.heads.get(office, (0, b""))[1].hex()
    return Proof(links.count, len(checkpoints), head, _listed([*problems, *missed]), tuple(outcomes))


def _listed(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    return tuple(sorted(problems)[:LISTED_MAX])


def _guard_problems() -> list[Problem]:
    return [
        Problem(0, f"{table} has lost the triggers that keep its rows") for table in [*unguarded(connection), *unguarded_parts()]
    ]


def _act_problems(links: Links, told: Callable[[int], None]) -> list[Problem]:
    problems: list[Problem] = []
    acts = journal.acts()
    while not problems and (batch := list(islice(acts, BATCH))):
        said = []
        for act in batch:
            content, found = links.follow(act)
            problems += found
            if content is not None:
                said.append(Said(act, content))
        if said:
            problems += row_problems(said)
        told(len(batch))
    return problems


def _balance_problems() -> list[Problem]:
    found = []
    for account, words, last_act in wrong_balances():
        holder, unit, earmark = account
        after = f" (last moved by act {last_act} of these books)" if last_act else ""
        found.append(Problem(last_act or 0, f"the account of {holder} in {unit} for {earmark} {words}{after}"))
    return found
