"""Clients that post until they are told to stop, each a process of its own, and ask for the same again whatever refuses them."""

import os
import select
import signal
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from faults.kills.child import FAULT, PATIENCE_SECONDS, Tell, Work, bear, hear
from faults.kills.entries import batches
from faults.kills.ground import now
from tallystick.core.entry import Entry
from tallystick.core.refusal import Refusal
from tallystick.handovers.actions import hand_over
from tallystick.journal.reach import within_reach
from tallystick.vault.keys import unlocked

PAUSE_SECONDS = 0.02  # before the same is asked for again
LOOK_SECONDS = 0.005
Ask = Callable[[Sequence[Entry], Tell], bool]


@dataclass
class Client:
    """A process that posts, and all that it has said so far."""

    name: str
    pid: int
    reading: int
    said: list[str] = field(default_factory=list)
    rest: bytes = b""

    def listen(self, seconds: float) -> None:
        *lines, self.rest = (self.rest + hear(self.reading, until=time.monotonic() + seconds)).split(b"\n")
        self.said += [line.decode() for line in lines]

    def acknowledged_count(self) -> int:
        """Batches; each is asked for until it is acknowledged, so that they are the first so many."""
        return sum(words.startswith("done ") for words in self.said)

    def begun_count(self) -> int:
        return sum(words.startswith("begin ") for words in self.said)

    def known_count(self) -> int:
        """Batches that were refused, asked for again, and had been done the first time."""
        return sum(words.startswith("done ") and words.endswith(" known") for words in self.said)

    def refusals(self) -> Counter[str]:
        return Counter(words.split()[1] for words in self.said if words.startswith("refused "))

    def faults(self) -> list[str]:
        return [f"{self.name}: {words.removeprefix(FAULT)}" for words in self.said if words.startswith(FAULT)]


@dataclass
class Crowd:
    """All the clients of one experiment."""

    clients: list[Client]
    stopping: int  # closed, it tells them to stop

    def wait_for_work(self) -> list[str]:
        """Until every client has had two more batches acknowledged, of which it began the second after now; else who had not."""
        aims = {}
        for client in self.clients:
            client.listen(LOOK_SECONDS)
            aims[client.name] = client.acknowledged_count() + 2
        given_up_at = time.monotonic() + PATIENCE_SECONDS
        while behind := [client for client in self.clients if client.acknowledged_count() < aims[client.name]]:
            if time.monotonic() > given_up_at or any(client.faults() for client in behind):
                return [f"{client.name} did not get on with its work" for client in behind]
            for client in self.clients:
                client.listen(LOOK_SECONDS)
        return []

    def stop(self) -> None:
        """Tells every client to stop, and hears what it says last."""
        os.close(self.stopping)
        for client in self.clients:
            client.listen(PATIENCE_SECONDS)
            os.kill(client.pid, signal.SIGKILL)  # it has ended; were it caught somewhere, it would end now
            os.waitpid(client.pid, 0)
            os.close(client.reading)


def ask_once(entries: Sequence[Entry], tell: Tell) -> bool:
    """Posts as the product is used, and tells what came of it; whether it was done."""
    try:
        with within_reach():
            posted = hand_over(entries, office=unlocked().office, recorded_at=now())
    except Refusal as refusal:
        tell(f"refused {refusal.code}")
        return False
    tell("done known" if posted.already_count else "done anew")
    return True


def ask_carelessly(entries: Sequence[Entry], tell: Tell) -> bool:
    """Seeded fault: a refusal is taken for as good as done."""
    try:
        with within_reach():
            hand_over(entries, office=unlocked().office, recorded_at=now())
    except Refusal as refusal:
        tell(f"refused {refusal.code}")
    tell("done anew")
    return True


def gather_crowd(names: Sequence[str], *, ask: Ask = ask_once, set_up: Callable[[], None] = lambda: None) -> Crowd:
    """A client for each name. Each does `set_up` before it opens its connection."""
    stopped, stopping = os.pipe()
    clients = []
    for name in names:
        pid, reading = bear(_client(name, ask=ask, set_up=set_up, pipe=(stopped, stopping)))
        clients.append(Client(name, pid, reading))
    os.close(stopped)
    return Crowd(clients, stopping)


def _client(name: str, *, ask: Ask, set_up: Callable[[], None], pipe: tuple[int, int]) -> Work:
    stopped, stopping = pipe

    def work(tell: Tell) -> None:
        os.close(stopping)  # the others hold it too, and only its last holder can let it go
        set_up()
        for number, entries in enumerate(batches(name)):
            tell(f"begin {number}")
            while not ask(entries, tell):
                if _is_told_to_stop(stopped, seconds=PAUSE_SECONDS):
                    return
            if _is_told_to_stop(stopped, seconds=0):
                return

    return work


def _is_told_to_stop(stopped: int, *, seconds: float) -> bool:
    return bool(select.select([stopped], [], [], seconds)[0])
