"""F42: a hundred thousand acknowledged posts while everything breaks; then element by element.

``FAULTS_POSTS`` says how many, ``FAULTS_SEED`` which chance. It stops by itself, also when nothing goes on.
"""

import asyncio
import os
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import psycopg
import pytest

from tests.faults.client import Listener
from tests.faults.company import Company, company
from tests.faults.installation import Installation, full
from tests.faults.oracle import faults_of
from tests.faults.schedule import Schedule
from tests.servers.postgres_server import PostgresServer

POSTS = int(os.environ.get("FAULTS_POSTS", "100000"))
# One process alone is away whenever it is broken: fewer posts, and more time between two faults.
POSTS_EMBEDDED = POSTS // 10
BREAKS_EMBEDDED_AFTER_SECONDS = (3.0, 8.0)
SENDERS, LISTENERS = 24, 8
ROUND = 100
PAUSE_SECONDS = 0.04
BREAKS_AFTER_SECONDS = (1.0, 4.0)
STANDS_STILL_SECONDS = 60.0
# Said again by the page itself: the connection of that moment, or the one to the database, was gone.
SAID_AGAIN = {"not_subscribed", "server_fault"}
DATABASE = "soak"

pytestmark = [pytest.mark.faults, pytest.mark.long, pytest.mark.timeout(2 * 3600)]


@pytest.fixture
def two(postgres_server: PostgresServer) -> Iterator[Installation]:
    with full(postgres_server, DATABASE) as house:
        yield house


@pytest.mark.postgres_only
async def test_nothing_is_lost_doubled_or_out_of_order(
    two: Installation, postgres_server: PostgresServer
) -> None:
    """Two processes, of whose rings three in ten are lost all the time."""
    for web in two.webs:
        web.break_at(f"rings:{web.port}")
        await asyncio.to_thread(web.stop)
        await asyncio.to_thread(web.start)
    await soak(two, POSTS, database=(postgres_server, DATABASE))


@pytest.mark.sqlite_only
async def test_nothing_is_lost_on_the_embedded_default(alone: Installation) -> None:
    await soak(alone, POSTS_EMBEDDED, pause_seconds=BREAKS_EMBEDDED_AFTER_SECONDS)


async def soak(
    house: Installation,
    posts: int,
    *,
    pause_seconds: tuple[float, float] = BREAKS_AFTER_SECONDS,
    **broken: Any,
) -> None:
    async with company(house, senders=[house.webs] * SENDERS, listeners=[house.webs] * LISTENERS) as them:
        schedule, watch = Schedule(them, **broken), Watch(them)
        breaking = asyncio.create_task(schedule.keep_breaking(pause_seconds=pause_seconds))
        saying = asyncio.create_task(say_all(them, posts // SENDERS))
        watching = asyncio.create_task(watch.until_done(saying, schedule))
        try:
            await asyncio.wait({saying, breaking, watching}, return_when=asyncio.FIRST_COMPLETED)
            for task in (breaking, watching):
                if task.done():
                    task.result()
            await saying
        finally:
            await end(breaking, watching)
        await heal(house)
        watch.tell(schedule)
        await agree(them, watch, posts // SENDERS * SENDERS)


async def say_all(them: Company, each: int) -> None:
    """Nobody falls further behind than a round: beyond 3,000 entries a page would start anew."""
    for said in range(0, each, ROUND):
        await them.say(min(ROUND, each - said), pause_seconds=PAUSE_SECONDS)
        head = max(max(sender.acked_at) for sender in them.senders)
        await asyncio.gather(*(one.reach(head) for one in them.people))


async def end(*tasks: asyncio.Task[None]) -> None:
    for task in tasks:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def heal(house: Installation) -> None:
    """Whatever the schedule was in the middle of."""
    if house.redis is not None:
        house.redis.thaw()
        if not house.redis.is_ready():
            await asyncio.to_thread(house.redis.start)
    for web in house.webs:
        if (web.folder / "full").exists():
            web.fill_layer(full=False)
        if not web.is_ready():
            await asyncio.to_thread(web.kill)
            await asyncio.to_thread(web.start)


@dataclass
class Watch:
    """Says how far it is, once a minute, and notices when nothing goes on."""

    them: Company
    began: float = field(default_factory=time.monotonic)
    slowest_seconds: float = 0.0
    started_anew: int = 0
    known: dict[object, Any] = field(default_factory=dict)
    looked_at: list[int] = field(default_factory=list)

    async def until_done(self, saying: asyncio.Task[None], schedule: Schedule) -> None:
        acked, moved_at, tell_at = 0, self.began, self.began + 60
        while not saying.done():
            await asyncio.sleep(1.0)
            self.forget()
            now = time.monotonic()
            if self.them.acked > acked:
                acked, moved_at = self.them.acked, now
            if now - moved_at > STANDS_STILL_SECONDS:
                self.say_what_stands()
                raise AssertionError("nothing is acknowledged any more")
            if now >= tell_at:
                tell_at += 60
                self.tell(schedule)

    def tell(self, schedule: Schedule) -> None:
        faults = ", ".join(f"{name} {count}" for name, count in sorted(schedule.done.items()))
        heard = sum(len(one.applied) for one in self.them.people)
        seconds = time.monotonic() - self.began
        print(f"acked {self.them.acked} posts in {seconds:.0f} s, heard {heard}; {faults}", flush=True)

    def say_what_stands(self) -> None:
        """For whoever looks for the cause."""
        for one in self.them.senders:
            said = f"{one.last} connected {one.socket is not None} {one.connections} times"
            print(said, Counter(one.refusals), one.surprises[-2:], len(one.answers))
        address = self.them.house.webs[0].environment.get("DATABASE_URL")
        for web in self.them.house.webs:
            print(web.log.read_text()[-3000:])
        if address:
            asked = (
                "SELECT pid, state, wait_event, now() - query_start, left(query, 300) FROM pg_stat_activity"
            )
            with psycopg.connect(address) as connection:
                for row in connection.execute(asked).fetchall():
                    print(*row)

    def forget(self) -> None:
        """What everybody heard is kept once; how late it was is looked at and not kept."""
        people = self.them.people
        self.looked_at = self.looked_at or [0] * len(people)
        for number, one in enumerate(people):
            for place in range(self.looked_at[number], len(one.applied)):
                one.applied[place] = self.known.setdefault(one.applied[place], one.applied[place])
            self.looked_at[number] = len(one.applied)
            one.heard_at.clear()
            self.start_anew(one)

    def start_anew(self, one: Listener) -> None:
        """Who was too slow for a while, on a busy machine, comes again from where they are."""
        if too_slow := [said for said in one.surprises if said.startswith("reset too_slow")]:
            one.surprises = [said for said in one.surprises if said not in too_slow]
            self.started_anew += 1
            one.cut()


async def agree(them: Company, watch: Watch, posts: int) -> None:
    """Nothing lost, doubled or out of order, and nothing refused that a page does not say again by itself."""
    refusals = Counter(code for sender in them.senders for code in sender.refusals)
    print(f"said again: {dict(refusals)}; started anew: {watch.started_anew}", flush=True)
    ledger = await them.read_ledger()
    async with asyncio.timeout(60):
        await asyncio.gather(*(one.reach(ledger[-1]["position"]) for one in them.people))
    watch.forget()
    assert faults_of(ledger, them.senders, them.listeners, since=them.stage["position"]) == []
    assert them.acked == posts
    assert set(refusals) <= SAID_AGAIN
