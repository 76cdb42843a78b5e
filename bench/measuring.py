"""One subject is started, idle, full of sockets, then under load by the client's process; all is read."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from typing import IO, Any, cast

from bench.house import House
from bench.loops import Figures, Opened, Opening, Saying
from bench.phases import Hall, Pace, Plan, Session
from bench.processes import ForeignLoad, cpu_seconds, memory_bytes
from bench.subjects import ROOT, SUBJECTS, Subject

SERVERS_CPU, CLIENTS_CPU = 0, 1
QUIET_SHARE = 0.15
ENDS_WITHIN_SECONDS = 10
WARMS_SECONDS = 1.0


@dataclass(frozen=True)
class Patience:
    """With others who use the machine: seconds to wait before a phase, and how often it is measured again."""

    seconds: float
    times_again: int


@dataclass(frozen=True)
class Entered:
    """All sockets are in. ``bytes_a_socket``: of the server's processes, above what they had when idle."""

    connections_per_second: float
    bytes_a_socket: float


@dataclass(frozen=True)
class Measured:
    """What the client saw, and what it cost. ``is_noisy``: others used the machine, each time it was tried.

    ``cpu_seconds`` are those of the server's processes for a million deliveries, ``database_seconds``
    those of PostgreSQL and Redis.
    """

    figures: Figures
    cpu_seconds: float
    database_seconds: float
    is_noisy: bool
    tries: int


@dataclass
class Reading:
    """What one session came to."""

    entered: Entered
    phases: dict[Pace, Measured] = field(default_factory=dict)


class Client:
    """The process of the load client: one line of JSON to it, one from it."""

    def __init__(self, module: str) -> None:
        self._child = subprocess.Popen(
            [sys.executable, "-m", module],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,  # Ctrl-C is ours to pass on: it ends with its input
        )

    def ask(self, wish: Any) -> dict[str, Any]:
        told, heard = cast(IO[str], self._child.stdin), cast(IO[str], self._child.stdout)
        told.write(json.dumps(asdict(wish)) + "\n")
        told.flush()
        line = heard.readline()
        if not line:
            raise RuntimeError("the load client is gone")
        answer: dict[str, Any] = json.loads(line)
        return answer

    def end(self) -> None:
        cast(IO[str], self._child.stdin).close()
        try:
            self._child.wait(ENDS_WITHIN_SECONDS)
        except subprocess.TimeoutExpired:
            self._child.kill()
            self._child.wait()


@contextmanager
def a_client(module: str) -> Iterator[Client]:
    client = Client(module)
    try:
        yield client
    finally:
        client.end()


def measure(house: House, session: Session, plan: Plan, *, patience: Patience) -> Iterator[Reading]:
    """What is known so far, after every phase: the next may fail."""
    with SUBJECTS[session.subject](house, session.hall) as subject, a_client("bench.loops") as client:
        wait_for_quiet(patience)
        reading = Reading(_enter(subject, session.hall, client))
        yield reading
        warming = Saying(seconds=WARMS_SECONDS, window=session.paces[0].window)
        warmed: Figures | None = Figures(**client.ask(warming))
        for pace in session.paces:
            saying = Saying(seconds=plan.seconds_of(pace), window=pace.window, per_second=pace.per_second)
            reading.phases[pace] = _quietly(subject, client, saying, patience)
            if warmed:
                reading.phases[pace].figures.add_faults_of(warmed)
            warmed = None
            yield reading


def wait_for_quiet(patience: Patience) -> None:
    """Until nobody else uses the machine, or does not stop using it."""
    ends = time.monotonic() + patience.seconds
    while time.monotonic() < ends:
        load = ForeignLoad()
        time.sleep(0.5)
        if load.share() < QUIET_SHARE:
            return


def _enter(subject: Subject, hall: Hall, client: Client) -> Entered:
    opening = Opening(
        ports=subject.ports,
        dialect=subject.dialect,
        sockets=hall.sockets,
        places=subject.places,
        headers=subject.headers,
        cpu=CLIENTS_CPU,
    )
    idle = memory_bytes(subject.pids)
    opened = Opened(**client.ask(opening))
    time.sleep(1)
    used = memory_bytes(subject.pids) - idle
    return Entered(opened.connections_per_second, used / hall.sockets)


def _quietly(subject: Subject, client: Client, saying: Saying, patience: Patience) -> Measured:
    """Again, a few times, if others used the machine meanwhile; what was lost then stays counted."""
    tries: list[Measured] = []
    while not tries or (tries[-1].is_noisy and len(tries) <= patience.times_again):
        wait_for_quiet(patience)
        tries.append(_say(subject, client, saying, tries=len(tries) + 1))
    for earlier in tries[:-1]:
        tries[-1].figures.add_faults_of(earlier.figures)
    return tries[-1]


def _say(subject: Subject, client: Client, saying: Saying, *, tries: int) -> Measured:
    load = ForeignLoad()
    server, databases = cpu_seconds(subject.pids), cpu_seconds(subject.database_pids)
    figures = Figures(**client.ask(saying))
    server, databases = cpu_seconds(subject.pids) - server, cpu_seconds(subject.database_pids) - databases
    millions = figures.deliveries / 1_000_000 or float("nan")
    is_noisy = load.share() > QUIET_SHARE
    return Measured(figures, server / millions, databases / millions, is_noisy, tries)
