"""The load client's process: opens the sockets, runs one measurement, prints its figures as JSON.

``python -m bench.loops`` reads the request, one line of JSON, from standard input; see ``Request``.
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

OPEN = "open"
AT_ONCE = 16  # handshakes under way; servers bound these for one address
OPENS_WITHIN_SECONDS = 120
BEATS_EVERY_SECONDS = 10


@dataclass
class Request:
    """``window`` things said are under way at once; ``per_second`` instead paces them."""

    port: int
    dialect: str
    sockets: int
    seconds: float
    window: int = 8
    per_second: float = 0.0
    cpu: int | None = None
    headers: list[dict[str, str]] = field(default_factory=list)
    place: dict[str, Any] = field(default_factory=dict)


@dataclass
class Figures:
    """``cpu_of_client`` near 1 means that the client was the limit."""

    sockets: int
    connections_per_second: float
    deliveries_per_second: float
    said_per_second: float
    p50_ms: float
    p99_ms: float
    lost: int
    doubled: int
    closed: int
    cpu_of_client: float


class Round:
    """One measurement: says things, and knows when everybody has heard each of them."""

    def __init__(self, connections: Sequence[Connection]) -> None:
        self.connections = connections
        self.said = 0
        self.deliveries = 0
        self._heard_by: list[int] = []
        self._said_at: list[float] = []
        self.delays: list[float] = []
        self.whole = asyncio.Event()
        self.under_way = 0
        for one in connections:
            one.on_heard = self._heard

    def say(self) -> None:
        speaker = self.connections[self.said % len(self.connections)]
        self._heard_by.append(0)
        self._said_at.append(time.perf_counter())
        self.under_way += 1
        speaker.say(self.said)
        self.said += 1

    def _heard(self, numbers: list[int]) -> None:
        self.deliveries += len(numbers)
        heard_by, all_of_them = self._heard_by, len(self.connections)
        for number in numbers:
            heard_by[number] += 1
            if heard_by[number] == all_of_them:
                self.delays.append(time.perf_counter() - self._said_at[number])
                self.under_way -= 1
                self.whole.set()

    async def closed_loop(self, window: int, seconds: float) -> None:
        ends = time.perf_counter() + seconds
        while time.perf_counter() < ends:
            while self.under_way < window:
                self.say()
            self.whole.clear()
            async with asyncio.timeout(30):
                await self.whole.wait()

    async def paced(self, per_second: float, seconds: float) -> None:
        began = time.perf_counter()
        while (passed := time.perf_counter() - began) < seconds:
            while self.said < passed * per_second:
                self.say()
            await asyncio.sleep(0.001)

    async def drain(self) -> None:
        """What is under way has ten seconds to arrive; the rest is lost."""
        try:
            async with asyncio.timeout(10):
                while self.under_way:
                    self.whole.clear()
                    await self.whole.wait()
        except TimeoutError:
            pass


async def measure(request: Request) -> Figures:
    began = time.perf_counter()
    connections = await _opened(request)
    opening = time.perf_counter() - began
    beating = asyncio.create_task(_beat(connections))
    await asyncio.sleep(1)
    # Whoever started us reads the server's memory now, and answers when that is done.
    print(OPEN, flush=True)
    await asyncio.to_thread(sys.stdin.readline)
    round_ = Round(connections)
    began, used = time.perf_counter(), time.process_time()
    if request.per_second:
        await round_.paced(request.per_second / request.sockets, request.seconds)
    else:
        await round_.closed_loop(request.window, request.seconds)
    took, used = time.perf_counter() - began, time.process_time() - used
    within = round_.deliveries
    await round_.drain()
    beating.cancel()
    delays = sorted(round_.delays) or [float("nan")]
    closed = sum(one.is_lost for one in connections)
    for one in connections:
        one.transport.abort()
    return Figures(
        sockets=request.sockets,
        connections_per_second=request.sockets / opening,
        deliveries_per_second=within / took,
        said_per_second=len(round_.delays) / took,
        p50_ms=1000 * delays[len(delays) // 2],
        p99_ms=1000 * delays[int(len(delays) * 0.99)],
        lost=round_.said * request.sockets - round_.deliveries,
        doubled=sum(one.doubled for one in connections),
        closed=closed,
        cpu_of_client=used / took,
    )


async def _opened(request: Request) -> list[Connection]:
    places, found = asyncio.Semaphore(AT_ONCE), list[Connection]()
    loop = asyncio.get_running_loop()

    async def open_one(number: int) -> None:
        headers = request.headers[number % len(request.headers)] if request.headers else {}
        async with places:
            _transport, connection = await loop.create_connection(
                lambda: Connection(
                    DIALECTS[request.dialect](request.place),
                    host=f"127.0.0.1:{request.port}",
                    headers=headers,
                ),
                "127.0.0.1",
                request.port,
            )
            await connection.is_in
            found.append(connection)

    async with asyncio.timeout(OPENS_WITHIN_SECONDS):
        await asyncio.gather(*(open_one(number) for number in range(request.sockets)))
    return found


async def _beat(connections: Sequence[Connection]) -> None:
    while True:
        await asyncio.sleep(BEATS_EVERY_SECONDS)
        for one in connections:
            for text in one.dialect.beat():
                one.send(text)


def main() -> None:
    request = Request(**json.loads(sys.stdin.readline()))
    if request.cpu is not None:
        os.sched_setaffinity(0, {request.cpu})
    print(json.dumps(asdict(asyncio.run(measure(request)))))


if __name__ == "__main__":
    main()
