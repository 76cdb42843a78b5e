"""The process of those who were away: opens sockets, then all ask at once for what they missed.

``python -m bench.catching_up`` reads ``Opening``, one line of JSON, and answers with ``CaughtUp``.
"""

import asyncio
import json
import os
import sys
import time
from contextlib import suppress
from dataclasses import dataclass

from bench.client import Connection
from bench.dialects import Dialogue
from bench.loops import Hall, Opening, answer, opened

LIVE = b'"t":"live"'
RESET = b'"t":"reset"'
WITHIN_SECONDS = 120


@dataclass
class CaughtUp:
    """``ms`` from the question to ``live``, of each socket that came so far in time, shortest first.

    ``entries`` were heard by all together.
    """

    ms: list[float]
    entries: int
    seconds: float
    missing: int
    disordered: int


async def catch_up(connections: list[Connection], *, awaited: int) -> CaughtUp:
    """``awaited`` entries each."""
    delays: list[float] = []
    everybody = asyncio.Event()
    began = time.perf_counter()

    def listen(data: bytes) -> None:
        if RESET in data:
            raise RuntimeError("told to begin anew instead of catching up")
        if LIVE in data:
            delays.append(1000 * (time.perf_counter() - began))
            if len(delays) == len(connections):
                everybody.set()

    for one in connections:
        one.on_data = listen
        if isinstance(one.dialect, Dialogue):
            one.send(one.dialect.subscribe())
    with suppress(TimeoutError):
        async with asyncio.timeout(WITHIN_SECONDS):
            await everybody.wait()
    took = time.perf_counter() - began
    heard = [one.heard + one.doubled for one in connections]
    missing = sum(abs(awaited - one) for one in heard)
    disordered = sum(one.disordered for one in connections)
    return CaughtUp(sorted(delays), sum(heard), took, missing, disordered)


async def serve(opening: Opening) -> None:
    (connections,) = await opened(opening)
    beating = asyncio.create_task(Hall([connections]).beat())
    await asyncio.sleep(1)
    answer(await catch_up(connections, awaited=opening.places[0]["awaited"]))
    beating.cancel()
    for one in connections:
        one.transport.abort()


def main() -> None:
    opening = Opening(**json.loads(sys.stdin.readline()))
    if opening.cpu is not None:
        os.sched_setaffinity(0, {opening.cpu})
    asyncio.run(serve(opening))


if __name__ == "__main__":
    main()
