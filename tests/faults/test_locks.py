"""F15: somebody else holds a row or a table. Posts wait; after too long they are told to come again."""

import asyncio
import sqlite3
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Protocol
from urllib.request import Request, urlopen

import psycopg
import pytest

from tests.faults.client import Sender
from tests.faults.company import Company, company, until
from tests.faults.installation import Installation

pytestmark = [pytest.mark.faults, pytest.mark.long, pytest.mark.timeout(180)]
ROW = "SELECT 1 FROM journal_stream WHERE name = 'room:hearing' FOR UPDATE"
ALL_POSTS = "LOCK TABLE rooms_post IN EXCLUSIVE MODE"
READING_TOO = "LOCK TABLE journal_entry, rooms_post IN ACCESS EXCLUSIVE MODE"
WHOLE_FILE = "BEGIN IMMEDIATE"
# delivery.md: what heals within five seconds is shown to nobody. SQLite itself gives up after five.
SHORT_SECONDS = {ROW: 4.5, ALL_POSTS: 4.5, READING_TOO: 4.5, WHOLE_FILE: 3.5}
# The product waits for eight.
LONG_SECONDS = {ROW: 13.0, ALL_POSTS: 13.0, WHOLE_FILE: 13.0}
QUICK_SECONDS = 2.0


class Held(Protocol):
    def execute(self, statement: Any, /) -> Any: ...
    def close(self) -> None: ...


@dataclass
class Patient(Sender):
    """Waits for an answer rather than asking again."""

    patience_seconds: float = 30


@asynccontextmanager
async def talking(house: Installation, *, errors_shown: bool = False) -> AsyncIterator[Company]:
    """Before, during and after what happens inside; everything is heard in the end."""
    webs = [house.webs] * 6
    async with company(house, senders=webs, listeners=webs, sender=Patient) as them:
        saying = asyncio.create_task(them.say(30, pause_seconds=0.2))
        await until(lambda: them.acked > 12)
        yield them
        assert not saying.done(), "they were still talking"
        await saying
        await them.agree(errors_shown=errors_shown)


@asynccontextmanager
async def held(house: Installation, statement: str, them: Company) -> AsyncIterator[None]:
    """While it lasts nobody's post is kept."""
    lock = await asyncio.to_thread(take, house, statement)
    try:
        await asyncio.sleep(0.3)
        acked = them.acked
        yield
        assert them.acked == acked, "the lock was held"
    finally:
        lock.execute("ROLLBACK")
        lock.close()


def take(house: Installation, statement: str) -> Held:
    web = house.webs[0]
    if statement == WHOLE_FILE:
        path = web.folder / "dialogue.sqlite3"
        lock: Held = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=30)
        lock.execute(statement)
        return lock
    session = psycopg.connect(web.environment["DATABASE_URL"], autocommit=True)
    session.execute("BEGIN")
    session.execute(statement)
    return session


@pytest.mark.postgres_only
@pytest.mark.parametrize("statement", [ROW, ALL_POSTS, READING_TOO], ids=["row", "table", "reading too"])
async def test_a_short_lock_is_shown_to_nobody(statement: str, two: Installation) -> None:
    await hold_for_a_moment(two, statement)


@pytest.mark.sqlite_only
async def test_a_short_lock_of_the_file_is_shown_to_nobody(alone: Installation) -> None:
    await hold_for_a_moment(alone, WHOLE_FILE)


async def hold_for_a_moment(house: Installation, statement: str) -> None:
    async with talking(house) as them:
        async with held(house, statement, them):
            began = time.monotonic()
            if statement != READING_TOO:
                await reading_goes_on(house, them)
            await asyncio.sleep(SHORT_SECONDS[statement] - (time.monotonic() - began))
        acked = them.acked
        await until(lambda: them.acked >= acked + len(them.senders), seconds=QUICK_SECONDS)
    assert all(one.connections == 1 for one in them.senders)


@pytest.mark.postgres_only
@pytest.mark.parametrize("statement", [ROW, ALL_POSTS], ids=["row", "table"])
async def test_after_a_long_lock_everybody_comes_again(statement: str, two: Installation) -> None:
    await hold_for_long(two, statement)


@pytest.mark.sqlite_only
async def test_after_a_long_lock_of_the_file_everybody_comes_again(alone: Installation) -> None:
    await hold_for_long(alone, WHOLE_FILE)


async def hold_for_long(house: Installation, statement: str) -> None:
    """Who cannot be heard is told to try again, keeps the text, and is heard once."""
    async with talking(house, errors_shown=True) as them, held(house, statement, them):
        await asyncio.sleep(LONG_SECONDS[statement] - QUICK_SECONDS)
        assert any(one.refusals for one in them.senders)
        await reading_goes_on(house, them)


async def reading_goes_on(house: Installation, them: Company) -> None:
    """Those who come are let in, over the socket and without."""
    began = time.monotonic()
    come = them.chance.sample(them.listeners, 3)
    for one in come:
        one.cut()
    await until(lambda: all(one.live_at > began for one in come), seconds=5)
    for web in house.webs:
        address = f"{web.address}/streams/{them.stage['stream']}/entries?epoch={them.stage['epoch']}&after=1"
        cookie = {"Cookie": f"sessionid={them.stage['sessions'][0]}"}
        asked = Request(address, headers=cookie)  # noqa: S310 — our own process

        def read(asked: Request = asked) -> int:
            with urlopen(asked, timeout=QUICK_SECONDS) as answer:  # noqa: S310 — our own process
                return int(answer.status)

        assert await asyncio.to_thread(read) == 200
