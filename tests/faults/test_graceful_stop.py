"""F39: a web process is told to stop. Everybody hears it, what was begun is done, and it ends; always."""

import asyncio
import json
import os
import random
import signal
import sqlite3
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing, contextmanager
from dataclasses import dataclass, field
from http.client import HTTPException
from typing import Any

import psycopg
import pytest
from websockets.exceptions import ConnectionClosed

from tests.faults.company import company, until
from tests.faults.forms import Browser
from tests.faults.installation import BreakableWeb, Installation
from tests.realtime.pages import Stage, hear, join, socket_of
from tests.servers.server import HOST
from tests.servers.web_server import WebServer

pytestmark = [pytest.mark.faults, pytest.mark.timeout(240)]
# delivery.md says 15 s for what runs; the rest is for saying so and for the interpreter.
ENDS_SECONDS = 20.0
MAX_RETRY_MS = 15_000
RESTART, FORCED = 1012, 1
ROUNDS = 3


async def ended(web: BreakableWeb) -> int:
    assert web.child is not None
    return await asyncio.to_thread(web.child.wait, ENDS_SECONDS)


@pytest.mark.sqlite_only
async def test_who_is_being_answered_is_answered_and_nobody_else_comes_in(alone: Installation) -> None:
    """A form that waits for another writer is done and answered; connecting is refused at once."""
    web = alone.webs[0]
    stage = json.loads(web.run("-m", "tests.faults", "set", "1"))
    browser = Browser(stage["sessions"][0])
    with closing(sqlite3.connect(web.folder / "dialogue.sqlite3", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        sending = asyncio.create_task(send_post(browser, web, stage, "said while it stopped"))
        await asyncio.sleep(1.0)
        tell_to_stop(web)
        await until(lambda: not web.is_ready(), seconds=1.0)
        await asyncio.sleep(1.0)
        assert not sending.done()
        other.execute("COMMIT")
        await asyncio.wait_for(sending, 5.0)
        assert await ended(web) == 0
        kept = other.execute("SELECT count(*) FROM rooms_postrevision WHERE body LIKE 'said while%'")
        assert kept.fetchone() == (1,)


async def send_post(browser: Browser, web: WebServer, stage: Stage, body: str, **more: Any) -> None:
    path = f"/threads/{stage['thread']}/posts/"
    words = {"body": body, "lang": "en", "byline": "organisation"}
    answer = await asyncio.to_thread(browser.send, web, path, **words, **more)
    assert answer.status == 302, answer.page[-500:]
    assert answer.headers.get("connection", "close") == "close"


def tell_to_stop(web: BreakableWeb) -> None:
    assert web.child is not None
    web.child.send_signal(signal.SIGTERM)


@pytest.mark.long
@pytest.mark.postgres_only
async def test_it_ends_though_the_database_answers_nothing(two: Installation) -> None:
    """Acts, forms and the hub's own reads wait for an answer, and none ever comes."""
    web = two.webs[0]
    stage = json.loads(web.run("-m", "tests.faults", "set", "2"))
    async with socket_of(web, stage["sessions"][0]) as socket:
        await join(socket, stage)
        with standing_still(web.environment["DATABASE_URL"]):
            said = {"stream": stage["stream"], "thread": stage["thread"], "body": "never"}
            key = "0b9f5a52-6f0e-4c0e-9d55-3c1a7e2b4d11"
            await socket.send(json.dumps({"t": "post", "key": key, **said}))
            sending = asyncio.create_task(send_post(Browser(stage["sessions"][1]), web, stage, "nor this"))
            await asyncio.sleep(1.0)
            tell_to_stop(web)
            bye = await hear(socket, "bye")
            code = await ended(web)
    assert bye["reason"] == "restart"
    assert code == FORCED, "it had to be forced, and says so"
    assert "stop.forced" in web.log.read_text()
    with pytest.raises((OSError, HTTPException, AssertionError)):
        await sending


@contextmanager
def standing_still(address: str) -> Iterator[None]:
    """Connections stay open, and behind each of them nobody moves."""
    others = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    with psycopg.connect(address) as connection:
        pids = [pid for (pid,) in connection.execute(others).fetchall()]
    for pid in pids:
        os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        for pid in pids:
            os.kill(pid, signal.SIGCONT)


@dataclass
class Witness:
    """What pages and forms hear through all the stops. Only a refused connection leads elsewhere."""

    stage: Stage
    webs: list[BreakableWeb]
    chance: random.Random
    byes: list[Stage] = field(default_factory=list)
    closed_with: list[int] = field(default_factory=list)
    errors: list[Stage] = field(default_factory=list)
    sent: list[str] = field(default_factory=list)

    async def read(self, number: int) -> None:
        """A page that comes back whenever it was sent away."""
        while True:
            try:
                async with socket_of(self.chance.choice(self.webs), self.stage["sessions"][number]) as socket:
                    await join(socket, self.stage)
                    await self._listen(socket)
            except (OSError, ConnectionClosed):
                await asyncio.sleep(0.1)

    async def _listen(self, socket: Any) -> None:
        try:
            async for text in socket:
                frame = json.loads(text)
                if frame["t"] == "bye":
                    self.byes.append(frame)
                elif frame["t"] == "error":
                    self.errors.append(frame)
                elif frame["t"] == "beat":
                    await socket.send(json.dumps({"t": "beat"}))
        finally:
            self.closed_with.append(socket.close_code)

    async def write(self, number: int) -> None:
        browser = Browser(self.stage["sessions"][number])
        while True:
            body = f"form {number} {len(self.sent)}"
            await self._sent_somewhere(browser, body)
            self.sent.append(body)
            await asyncio.sleep(self.chance.uniform(0.0, 0.1))

    async def _sent_somewhere(self, browser: Browser, body: str) -> None:
        while True:
            try:
                return await send_post(browser, self.chance.choice(self.webs), self.stage, body)
            except ConnectionRefusedError:
                await asyncio.sleep(0.02)

    @asynccontextmanager
    async def watching(self) -> AsyncIterator[list[asyncio.Task[None]]]:
        tasks = [asyncio.create_task(self.read(number % 8)) for number in range(8)]
        tasks += [asyncio.create_task(self.write(number)) for number in range(4)]
        yield tasks
        for task in tasks:
            task.cancel()


@pytest.mark.long
@pytest.mark.postgres_only
async def test_a_rolling_restart_shows_nobody_an_error(two: Installation) -> None:
    """One process after the other, while everybody talks, by sockets and by forms."""
    async with company(two, senders=[two.webs] * 6, listeners=[two.webs] * 8) as them:
        witness = Witness(them.stage, two.webs, them.chance)
        async with witness.watching() as tasks:
            for _round in range(ROUNDS):
                for web in two.webs:
                    saying = asyncio.create_task(them.say(25, pause_seconds=0.1))
                    await asyncio.sleep(them.chance.uniform(0.3, 1.0))
                    began = time.monotonic()
                    tell_to_stop(web)
                    assert await ended(web) == 0
                    assert time.monotonic() - began < ENDS_SECONDS
                    await asyncio.to_thread(web.start)
                    await saying
            assert [task.exception() for task in tasks if task.done()] == []
        await see_all_agree(them, witness)


async def see_all_agree(them: Any, witness: Witness) -> None:
    ledger = await them.read_ledger()
    async with asyncio.timeout(30):
        await asyncio.gather(*(one.reach(ledger[-1]["position"]) for one in them.people))
    told = [row["position"] for row in ledger if row["position"] > them.stage["position"]]
    assert [row["position"] for row in ledger] == list(range(1, len(ledger) + 1))
    for one in them.people:
        assert one.surprises == []
        assert [position for position, _kind, _post in one.applied] == told
    assert [code for sender in them.senders for code in sender.refusals] == []
    bodies = [row["body"] for row in ledger if row["kind"] == "post.added"]
    assert len(bodies) == len(set(bodies)), "nothing twice"
    assert {*witness.sent, *(body for sender in them.senders for body in sender.acked)} <= set(bodies)
    assert len(witness.sent) > 20
    assert witness.errors == []
    assert set(witness.closed_with) == {RESTART}
    assert len(witness.byes) == len(witness.closed_with)
    pauses = [bye["retry_in_ms"] for bye in witness.byes]
    assert all(0 <= pause <= MAX_RETRY_MS for pause in pauses)
    assert len(set(pauses)) > len(pauses) / 2, "spread, so that they do not all come back at once"


@pytest.mark.long
@pytest.mark.sqlite_only
async def test_half_a_request_holds_nothing_up(alone: Installation) -> None:
    """Nor does one who connected and says nothing, nor one who reads nothing."""
    web = alone.webs[0]
    stage = json.loads(web.run("-m", "tests.faults", "set", "1"))
    async with socket_of(web, stage["sessions"][0]) as socket:
        await join(socket, stage)
        for said in (
            b"",
            b"GET / HT",
            b"POST /language/ HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nlang",
        ):
            _reader, writer = await asyncio.open_connection(HOST, web.port)
            writer.write(said)
            await writer.drain()
        began = time.monotonic()
        tell_to_stop(web)
        assert (await hear(socket, "bye"))["reason"] == "restart"
        assert await ended(web) == 0
        assert time.monotonic() - began < 8.0
