"""F12: who does not read, confirm or beat is dropped in time, and costs little until then."""

import asyncio
import statistics
import time
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest

from tests.faults.abusers import Link, open_sockets, resident_bytes
from tests.faults.company import Company, company
from tests.faults.installation import Installation, either
from tests.servers.web_server import WebServer

pytestmark = [pytest.mark.faults, pytest.mark.long, pytest.mark.timeout(300)]
MOST_BYTES_A_SOCKET = 2 * 1024 * 1024
UNCONFIRMED_SECONDS, SILENT_SECONDS = 30, 60
# Looking happens every 2.4 s at the latest, parting takes two; the rest is for machines that do other things.
LATE_SECONDS = 12
TINY_EVERY_SECONDS = 5
BODY = "http://a.b " * 150 + "What was said at the hearing. " * 200
POSTS = 100  # by each of four, 16 kB each with its links: more than the network keeps for one socket


@pytest.fixture
def house(request: pytest.FixtureRequest) -> Iterator[Installation]:
    with either(request, processes=1) as house:
        yield house


@dataclass
class Abuser:
    """``sends`` now and then; ``confirms`` what it reads; who ``reads`` nothing lets it pile up."""

    link: Link
    sends: dict[str, Any] | None
    reads: bool = False
    confirms: bool = False
    heard: list[dict[str, Any]] = field(default_factory=list)
    last: int = 0
    joined_at: float = field(default_factory=time.monotonic)
    dropped_at: float = 0.0

    @property
    def lasted_seconds(self) -> float:
        return self.dropped_at - self.joined_at

    def live(self, stage: dict[str, Any]) -> None:
        """Until it is dropped, in a thread of its own."""
        due = 0.0
        while not self.dropped_at:
            try:
                if time.monotonic() > due:
                    due = time.monotonic() + TINY_EVERY_SECONDS
                    self._speak(stage)
                self._listen()
            except OSError:
                self.dropped_at = time.monotonic()
        self.link.close()

    def _speak(self, stage: dict[str, Any]) -> None:
        if self.sends is not None:
            self.link.say(self.sends)
        if self.confirms and self.last:
            self.link.say({"t": "got", "positions": {stage["stream"]: self.last}})

    def _listen(self) -> None:
        if not self.reads:
            time.sleep(0.2)
            if self.link.is_dropped():
                self.dropped_at = time.monotonic()
            return
        self.link.tcp.settimeout(TINY_EVERY_SECONDS / 2)
        try:
            frame = self.link.hear()
        except TimeoutError:
            return
        self.last = frame.get("position", self.last)
        if frame["t"] in {"bye", "close", "error"}:
            self.heard.append(frame)
        if frame["t"] == "close":
            self.dropped_at = time.monotonic()


async def test_whoever_reads_nothing_or_confirms_nothing_is_dropped(house: Installation) -> None:
    web = house.webs[0]
    beat = {"t": "beat"}
    async with company(house, senders=[[web]] * 4, listeners=[[web]] * 4) as them:
        before = open_sockets(web)
        mute = await abusers(web, them, 12, first=4, sends=None)
        tiny = await abusers(web, them, 12, first=6, sends=beat)
        hasty = await abusers(web, them, 2, first=0, sends=beat, reads=True)
        usual = resident_bytes(web)
        began = time.monotonic()
        async with living(them, [*mute, *tiny, *hasty]) as done:
            await say_much(them)
            filled = time.monotonic()
            assert resident_bytes(web) - usual < MOST_BYTES_A_SOCKET * (len(mute) + len(tiny))
            await say_little_until(them, done)
        for one in [*mute, *tiny, *hasty]:
            assert began + UNCONFIRMED_SECONDS < one.dropped_at < filled + UNCONFIRMED_SECONDS + LATE_SECONDS
        assert resident_bytes(web) - usual < MOST_BYTES_A_SOCKET * (len(mute) + len(tiny))
        for one in hasty:
            assert [(frame["t"], frame.get("reason", frame.get("code"))) for frame in one.heard] == [
                ("bye", "too_slow"),
                ("close", 4408),
            ]
        assert open_sockets(web) <= before
        await nobody_else_noticed(them)


async def test_whoever_does_not_beat_is_dropped_whatever_else_they_send(house: Installation) -> None:
    web = house.webs[0]
    async with company(house, senders=[[web]] * 2, listeners=[[web]] * 2) as them:
        about = {"stream": them.stage["stream"], "thread": them.stage["thread"]}
        mute = await abusers(web, them, 3, first=4, sends=None)
        typing = await abusers(
            web, them, 3, first=5, sends={"t": "typing", **about}, reads=True, confirms=True
        )
        async with living(them, [*mute, *typing]) as done:
            await say_little_until(them, done)
        # Who does not even answer a ping of the library is dropped by that, a little earlier.
        assert all(one.lasted_seconds < SILENT_SECONDS + LATE_SECONDS for one in [*mute, *typing])
        for one in typing:
            assert one.lasted_seconds > SILENT_SECONDS - 5
            assert [(frame["t"], frame.get("reason", frame.get("code"))) for frame in one.heard] == [
                ("bye", "silent"),
                ("close", 4408),
            ]
        await nobody_else_noticed(them)


async def abusers(
    web: WebServer, them: Company, count: int, *, first: int, sends: dict[str, Any] | None, **how: Any
) -> list[Abuser]:
    """Six pages of each person from the one of that number on, all of them in the room."""
    made = []
    for number in range(count):
        session = them.stage["sessions"][first + number // 6]
        link = await asyncio.to_thread(Link, web, session)
        await asyncio.to_thread(link.join, them.stage)
        made.append(Abuser(link, sends, **how))
    return made


@asynccontextmanager
async def living(them: Company, abusers: list[Abuser]) -> AsyncIterator[asyncio.Future[list[None]]]:
    """Each in a thread of its own, and all of them end with this."""
    # The usual pool has too few threads for all of them to live beside each other.
    with ThreadPoolExecutor(len(abusers)) as pool:
        loop = asyncio.get_running_loop()
        try:
            yield asyncio.gather(*(loop.run_in_executor(pool, one.live, them.stage) for one in abusers))
        finally:
            for one in abusers:
                one.link.close()


async def say_much(them: Company) -> None:
    await asyncio.gather(
        *(
            sender.send_all([f"{n}/{i} {BODY}".strip() for i in range(POSTS)], pause_seconds=0.1)
            for n, sender in enumerate(them.senders)
        )
    )


async def say_little_until(them: Company, done: asyncio.Future[Any]) -> None:
    async with asyncio.timeout(SILENT_SECONDS + 3 * LATE_SECONDS):
        while not done.done():
            await them.say(1, pause_seconds=0.5)
        await done


async def nobody_else_noticed(them: Company) -> None:
    await them.agree()
    assert all(one.connections == 1 for one in them.people)
    assert statistics.median(them.lags()) < 0.5
    assert max(them.lags()) < 4.0
