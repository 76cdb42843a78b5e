"""The load client's process: opens the sockets once, then measures as often as it is asked.

``python -m bench.loops`` reads ``Opening``, one line of JSON, from standard input and answers with
``Opened``; then for every line with ``Saying`` one with ``Figures``. It ends with its input.
"""

import asyncio
import json
import os
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from bench.client import Connection
from bench.dialects import DIALECTS
from bench.rounds import Round

HOST = "127.0.0.1"
AT_ONCE = 16  # handshakes under way; servers bound these for one address
OPENS_WITHIN_SECONDS = 120
BEATS_EVERY_SECONDS = 10


@dataclass
class Opening:
    """Neighbours take the next of ``ports`` and ``headers``; each of ``places`` is a room of its own."""

    ports: list[int]
    dialect: str
    sockets: int
    places: list[dict[str, Any]]
    headers: list[dict[str, str]] = field(default_factory=list)
    cpu: int | None = None


@dataclass
class Opened:
    connections_per_second: float


@dataclass
class Saying:
    """``window`` things said are under way at once in a room; ``per_second`` deliveries instead pace them."""

    seconds: float
    window: int = 8
    per_second: float = 0.0


@dataclass
class Figures:
    """``deliveries`` with those after the end of it. ``cpu_of_client`` near 1: the client was the limit."""

    deliveries_per_second: float
    said_per_second: float
    deliveries: int
    p50_ms: float
    p99_ms: float
    lost: int
    doubled: int
    disordered: int
    closed: int
    cpu_of_client: float

    def add_faults_of(self, other: "Figures") -> None:
        """Of what was said besides: nothing that went wrong is forgotten."""
        self.lost += other.lost
        self.doubled += other.doubled
        self.disordered += other.disordered


class Hall:
    """All that is open, room by room. In many rooms one speaks in each, in a single one all in turn."""

    def __init__(self, rooms: Sequence[Sequence[Connection]]) -> None:
        self.rooms = rooms
        self.everybody = [one for room in rooms for one in room]
        self._next = [0] * len(rooms)

    async def measure(self, saying: Saying) -> Figures:
        before = self._faults()
        is_single = len(self.rooms) == 1
        rounds = [
            Round(room, speakers=room if is_single else room[:1], first=first)
            for room, first in zip(self.rooms, self._next, strict=True)
        ]
        began, used = time.perf_counter(), time.process_time()
        await asyncio.gather(*(self._say(round_, saying) for round_ in rounds))
        took, used = time.perf_counter() - began, time.process_time() - used
        within, said = sum(one.deliveries for one in rounds), sum(len(one.delays) for one in rounds)
        await asyncio.gather(*(one.drain() for one in rounds))
        self._next = [one.next_number for one in rounds]
        delays = sorted(delay for one in rounds for delay in one.delays) or [float("nan")]
        doubled, disordered = self._faults()
        return Figures(
            deliveries_per_second=within / took,
            said_per_second=said / took,
            deliveries=sum(one.deliveries for one in rounds),
            p50_ms=1000 * delays[len(delays) // 2],
            p99_ms=1000 * delays[int(len(delays) * 0.99)],
            lost=sum(one.said * one.size - one.deliveries for one in rounds),
            doubled=doubled - before[0],
            disordered=disordered - before[1],
            closed=sum(one.is_lost for one in self.everybody),
            cpu_of_client=used / took,
        )

    async def beat(self) -> None:
        while True:
            await asyncio.sleep(BEATS_EVERY_SECONDS)
            for one in self.everybody:
                for text in one.dialect.beat():
                    one.send(text)

    async def _say(self, round_: Round, saying: Saying) -> None:
        if saying.per_second:
            await round_.paced(saying.per_second / len(self.everybody), saying.seconds)
        else:
            await round_.closed_loop(saying.window, saying.seconds)

    def _faults(self) -> tuple[int, int]:
        everybody = self.everybody
        return sum(one.doubled for one in everybody), sum(one.disordered for one in everybody)


async def opened(opening: Opening) -> list[list[Connection]]:
    """One list a room, filled evenly."""
    gate = asyncio.Semaphore(AT_ONCE)
    rooms: list[list[Connection]] = [[] for _place in opening.places]
    loop = asyncio.get_running_loop()

    async def open_one(number: int) -> None:
        room = number * len(rooms) // opening.sockets
        port = opening.ports[number % len(opening.ports)]
        headers = opening.headers[number % len(opening.headers)] if opening.headers else {}
        dialect = DIALECTS[opening.dialect](opening.places[room])
        async with gate:
            _transport, connection = await loop.create_connection(
                lambda: Connection(dialect, host=f"{HOST}:{port}", headers=headers), HOST, port
            )
            await connection.is_open
        await connection.is_in
        rooms[room].append(connection)

    async with asyncio.timeout(OPENS_WITHIN_SECONDS):
        await asyncio.gather(*(open_one(number) for number in range(opening.sockets)))
    return rooms


async def serve(opening: Opening) -> None:
    began = time.perf_counter()
    hall = Hall(await opened(opening))
    answer(Opened(opening.sockets / (time.perf_counter() - began)))
    beating = asyncio.create_task(hall.beat())
    while line := await asyncio.to_thread(sys.stdin.readline):
        answer(await hall.measure(Saying(**json.loads(line))))
    beating.cancel()
    for one in hall.everybody:
        one.transport.abort()


def answer(told: Any) -> None:
    print(json.dumps(asdict(told)), flush=True)


def main() -> None:
    opening = Opening(**json.loads(sys.stdin.readline()))
    if opening.cpu is not None:
        os.sched_setaffinity(0, {opening.cpu})
    asyncio.run(serve(opening))


if __name__ == "__main__":
    main()
