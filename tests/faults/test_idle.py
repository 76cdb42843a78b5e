"""F40, F41: sockets that only live, and sockets that come and go.

With Redis between the processes, an idle socket is held by tests/realtime/test_daphne.py.
"""

import asyncio
import json
import statistics
import time
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from tests.faults.company import until
from tests.faults.ears import Ear, ear
from tests.faults.forms import Browser
from tests.faults.installation import BreakableWeb, Installation
from tests.faults.seed import chance_of_this_run

pytestmark = [pytest.mark.sqlite_only, pytest.mark.faults, pytest.mark.long, pytest.mark.timeout(300)]
SILENT_SECONDS = 60
TOO_SLOW_OR_SILENT = 4408
SOCKETS, WAVES, WARM_UP_WAVES = 40, 60, 20
# One forgotten connection costs 20 KiB and more; noise of the allocator, spread over all, far less.
LEAKED_BYTES = 3 * 1024


async def test_whoever_beats_lives_and_whoever_is_silent_is_let_go(alone: Installation) -> None:
    """F40: idle for longer than anybody may be silent."""
    (web,) = alone.webs
    stage = json.loads(web.run("-m", "tests.faults", "set", "3"))
    began = time.monotonic()
    async with (
        ear(web, stage["sessions"][0], stage) as idle,
        ear(web, stage["sessions"][1], stage, beats=False) as silent,
    ):
        await until(lambda: silent.closed_at is not None, seconds=SILENT_SECONDS + 10)
        assert silent.code == TOO_SLOW_OR_SILENT
        assert silent.closed_at is not None
        assert silent.closed_at - began > SILENT_SECONDS - 1
        await asyncio.sleep(10)
        assert idle.closed_at is None
        await say(web, stage["sessions"][2], stage["thread"], "are you still there")
        await until(lambda: "are you still there" in json.dumps(idle.heard), seconds=3.0)


async def say(web: BreakableWeb, session: str, thread: str, body: str) -> None:
    words = {"body": body, "lang": "en", "byline": "organisation"}
    answer = await asyncio.to_thread(lambda: Browser(session).send(web, f"/threads/{thread}/posts/", **words))
    assert answer.status == 302


async def test_memory_does_not_grow_with_those_who_came_and_went(alone: Installation) -> None:
    """F41: politely and not, having heard and said something."""
    (web,) = alone.webs
    chance = chance_of_this_run()
    stage = json.loads(web.run("-m", "tests.faults", "set", "8"))
    sizes, place = [], stage
    for wave in range(WAVES):
        async with AsyncExitStack() as ending:
            ears = [
                await ending.enter_async_context(ear(web, stage["sessions"][n % 8], place))
                for n in range(SOCKETS)
            ]
            await say(web, stage["sessions"][wave % 8], stage["thread"], f"wave {wave}")
            await until(lambda: all(heard(one, wave) for one in ears))  # noqa: B023
            for one in chance.sample(ears, SOCKETS // 2):
                one.socket.transport.abort()
            place = {**stage, "position": max(one.entries[-1]["position"] for one in ears)}
        sizes.append(memory_of(web))
    growth = slope(sizes[WARM_UP_WAVES:]) / SOCKETS
    print(
        f"{growth:.0f} bytes a socket that came and went; {sizes[0] >> 20} to {sizes[-1] >> 20} MiB",
        flush=True,
    )
    assert growth < LEAKED_BYTES


def heard(one: Ear, wave: int) -> bool:
    return any(f"wave {wave}<" in entry.get("html", "") for entry in one.entries)


def memory_of(web: BreakableWeb) -> int:
    assert web.child is not None
    status = Path(f"/proc/{web.child.pid}/status").read_text()
    return 1024 * int(status.split("VmRSS:")[1].split()[0])


def slope(sizes: list[int]) -> float:
    """Bytes a wave."""
    return statistics.linear_regression(range(len(sizes)), sizes).slope
