"""People in different web processes see each other come, write and vanish; Redis learns no name."""

import asyncio
import json
import time
import uuid
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import ExitStack, asynccontextmanager
from dataclasses import dataclass

import pytest
from redis.asyncio import Redis
from websockets.asyncio.client import ClientConnection

from tests.realtime.pages import Stage, hear, join, socket_of
from tests.servers.postgres_server import PostgresServer
from tests.servers.redis_server import RedisServer
from tests.servers.web_server import WebServer

pytestmark = [pytest.mark.postgres_only, pytest.mark.faults, pytest.mark.timeout(180)]
VANISHES_SECONDS = 30.0


@dataclass
class Town:
    webs: list[WebServer]
    redis: RedisServer
    stage: Stage


@pytest.fixture
def town(postgres_server: PostgresServer) -> Iterator[Town]:
    url = postgres_server.create_database("two")
    with ExitStack() as ending:
        redis = ending.enter_context(RedisServer())
        webs = [WebServer({"DATABASE_URL": url, "REDIS_URL": redis.url}) for _ in range(2)]
        webs[0].manage("migrate", "--verbosity", "0")
        for web in webs:
            ending.enter_context(web)
        yield Town(webs, redis, json.loads(webs[0].run("-m", "tests.faults", "set", "2")))
    postgres_server.drop_database("two")


async def here(socket: ClientConnection, names: set[str]) -> float:
    """Wait until these and nobody else are told to be in the room."""
    began = time.monotonic()
    async with asyncio.timeout(VANISHES_SECONDS + 5):
        while True:
            frame = json.loads(await socket.recv())
            if frame["t"] == "presence" and {person["name"] for person in frame["here"]} == names:
                return time.monotonic() - began
            await beat(socket)


async def beat(socket: ClientConnection) -> None:
    await socket.send(json.dumps({"t": "beat"}))


@asynccontextmanager
async def overheard(redis: RedisServer) -> AsyncIterator[Callable[[], bytes]]:
    """Everything that goes over Redis meanwhile."""
    said: list[bytes] = []

    async def listen() -> None:
        async for message in bus.listen():
            if message["type"] == "pmessage":
                said.append(message["channel"] + message["data"])

    async with Redis.from_url(redis.url) as client, client.pubsub() as bus:
        await bus.psubscribe("*")
        listening = asyncio.create_task(listen())
        yield lambda: b"".join(said)
        listening.cancel()


async def test_they_see_each_other_come_write_leave_and_vanish(town: Town) -> None:
    stage, (near, far) = town.stage, town.webs
    both, alone = {"Load 0", "Load 1"}, {"Load 1"}
    async with overheard(town.redis) as said, socket_of(far, stage["sessions"][1]) as other:
        await join(other, stage)
        async with socket_of(near, stage["sessions"][0]) as one:
            await join(one, stage)
            assert max(await here(one, both), await here(other, both)) < 10.0
            await one.send(json.dumps({"t": "typing", "stream": stage["stream"], "thread": stage["thread"]}))
            typing = await hear(other, "typing")
            assert (typing["thread"], typing["who"]["name"]) == (stage["thread"], "Load 0")
        assert await here(other, alone) < 5.0
        async with socket_of(near, stage["sessions"][0]) as again:
            await join(again, stage)
            await here(other, both)
            near.kill()
            assert await here(other, alone) < VANISHES_SECONDS
        assert b"writers" in said(), "it was overheard"
        assert not [word for word in (b"Load", b"demo.example", b"load-") if word in said()]


async def test_with_redis_dead_all_is_heard_within_three_seconds(town: Town) -> None:
    """F6; and what it carried comes back with it."""
    stage, (near, far) = town.stage, town.webs
    about = {"stream": stage["stream"], "thread": stage["thread"]}
    async with (
        socket_of(near, stage["sessions"][0]) as one,
        socket_of(far, stage["sessions"][1]) as other,
    ):
        await join(one, stage)
        await join(other, stage)
        town.redis.kill()
        for _turn in range(3):
            await one.send(json.dumps({"t": "post", "key": str(uuid.uuid4()), "body": "x", **about}))
            place = (await hear(one, "ack"))["position"]
            acked = time.monotonic()
            while (await hear(other, "entry"))["position"] < place:
                pass
            assert time.monotonic() - acked < 3.0
        await asyncio.to_thread(town.redis.start)
        hearing = asyncio.create_task(hear(other, "typing"))
        while not hearing.done():
            await one.send(json.dumps({"t": "typing", **about}))
            await asyncio.wait({hearing}, timeout=2.1)
        assert (await hearing)["who"]["name"] == "Load 0"
