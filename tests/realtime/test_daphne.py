"""A real web process: what the server library refuses, how a socket idles, how a stop ends it."""

import asyncio
import json
import signal
import sqlite3
import time
import uuid
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed

from tests.realtime.pages import Stage, hear, join, socket_of
from tests.realtime.wires import CLOSE, CONTINUED, PING, Wire
from tests.servers.postgres_server import PostgresServer
from tests.servers.redis_server import RedisServer
from tests.servers.server import HOST
from tests.servers.web_server import WebServer

LIMIT = 64 * 1024
pytestmark = pytest.mark.timeout(180)


@pytest.fixture(scope="module")
def served() -> Iterator[tuple[WebServer, Stage]]:
    web = WebServer({})
    web.manage("migrate", "--verbosity", "0")
    with web:
        yield web, json.loads(web.run("-m", "tests.faults", "set", "2"))


@pytest.fixture
def served_with_redis(postgres_server: PostgresServer) -> Iterator[tuple[WebServer, Stage]]:
    url = postgres_server.create_database("idle")
    with ExitStack() as ending:
        redis = ending.enter_context(RedisServer())
        web = WebServer({"DATABASE_URL": url, "REDIS_URL": redis.url})
        web.manage("migrate", "--verbosity", "0")
        ending.enter_context(web)
        yield web, json.loads(web.run("-m", "tests.faults", "set", "2"))


async def test_what_is_said_may_be_larger_than_what_is_heard(served: tuple[WebServer, Stage]) -> None:
    """One post full of links, and a page of such posts, reach everybody."""
    web, stage = served
    async with socket_of(web, stage["sessions"][0]) as writer, socket_of(web, stage["sessions"][1]) as reader:
        await join(writer, stage)
        await join(reader, stage)
        said = {"stream": stage["stream"], "thread": stage["thread"], "body": "http://a.b " * 900}
        place: Stage = {}
        for _ in range(3):
            await writer.send(json.dumps({"t": "post", "key": str(uuid.uuid4()), **said}))
            place = await hear(writer, "ack")
            entry = await hear(reader, "entry")
            assert entry["position"] == place["position"]
            assert len(json.dumps(entry)) > LIMIT
        again = {"stream": stage["stream"], "epoch": stage["epoch"], "since": stage["position"]}
        await reader.send(json.dumps({"t": "subscribe", **again}))
        page = await hear(reader, "entries")
        assert page["entries"][-1]["position"] == place["position"]


async def test_too_large_a_message_is_closed_with_1009(served: tuple[WebServer, Stage]) -> None:
    """B11."""
    web, stage = served
    for parts in ([LIMIT + 1], [LIMIT // 2 + 1, LIMIT // 2]):
        wire = await Wire.open(web, stage["sessions"][0])
        for number, size in enumerate(parts):
            is_last = number == len(parts) - 1
            wire.send(b" " * size, CONTINUED if number else 1, first=0x80 if is_last else 0)
        assert await wire.close_code() == 1009


async def test_the_largest_message_is_read(served: tuple[WebServer, Stage]) -> None:
    web, stage = served
    async with socket_of(web, stage["sessions"][0]) as socket:
        await socket.send(" " * LIMIT)
        assert (await hear(socket, "error"))["code"] == "bad_json"


async def test_what_is_no_websocket_is_closed_by_the_library(served: tuple[WebServer, Stage]) -> None:
    """B12."""
    web, stage = served
    wrong: dict[str, tuple[tuple[Any, ...], dict[str, Any], int]] = {
        "invalid UTF-8": ((b"\xff\xfe",), {}, 1007),
        "reserved bits": ((b"{}",), {"first": 0xF0}, 1002),
        "unmasked": ((b"{}",), {"masked": False}, 1002),
        "bad opcode": ((b"", 0x3), {}, 1002),
        "long ping": ((b"x" * 126, PING), {}, 1002),
        # It came with a close, so the library only hangs up.
        "close code 1005": (((1005).to_bytes(2, "big"), CLOSE), {}, 1006),
    }
    found = {}
    for name, (arguments, how, _code) in wrong.items():
        wire = await Wire.open(web, stage["sessions"][0])
        wire.send(*arguments, **how)
        found[name] = await wire.close_code()
    assert found == {name: code for name, (_arguments, _how, code) in wrong.items()}


async def test_what_is_pushed_beneath_our_frames_is_bounded(served: tuple[WebServer, Stage]) -> None:
    """F13: parts that hold nothing, and pings; each costs more here than there."""
    web, stage = served
    for opcode, begins in ((CONTINUED, True), (PING, False)):
        wire = await Wire.open(web, stage["sessions"][0])
        if begins:
            wire.send(b"{", first=0)
        for _ in range(400):
            wire.send(b"", opcode, first=0 if begins else 0x80)
        assert await wire.close_code() == 4429


async def test_handshakes_that_are_refused(served: tuple[WebServer, Stage]) -> None:
    web, stage = served
    session = stage["sessions"][0]
    twice = await Wire.open(web, session, f"Origin: {web.address}")
    assert twice.status in (400, 403), "the library refuses it before us"
    for path in ("/", "/ws", "/ws/other"):
        assert (await Wire.open(web, session, path=path)).status == 403
    assert (await Wire.open(web, session, path="/ws/?token=unwritten")).status == 101
    assert "unwritten" not in web.log.read_text(), "B32: nor is it logged"


async def test_compression_is_not_granted(served: tuple[WebServer, Stage]) -> None:
    """T24."""
    web, stage = served
    wire = await Wire.open(web, stage["sessions"][0], "Sec-WebSocket-Extensions: permessage-deflate")
    assert wire.status == 101
    assert "sec-websocket-extensions" not in wire.answer.lower()
    assert "sec-websocket-protocol: dialogue.v1" in wire.answer.lower()


@pytest.mark.postgres_only
async def test_an_idle_socket_lives_and_hears(served_with_redis: tuple[WebServer, Stage]) -> None:
    """F40: redis-py's own timeout would have closed it at 5.5 s."""
    web, stage = served_with_redis
    async with socket_of(web, stage["sessions"][0]) as idle, socket_of(web, stage["sessions"][1]) as other:
        await join(idle, stage)
        await join(other, stage)
        await asyncio.sleep(8)
        key = "0b9f5a52-6f0e-4c0e-9d55-3c1a7e2b4d10"
        said = {"t": "post", "key": key, "stream": stage["stream"], "thread": stage["thread"], "body": "x"}
        await other.send(json.dumps(said))
        # A first post takes a seat too, so there may be an entry before it.
        kinds = [(await hear(idle, "entry"))["kind"]]
        while kinds[-1] != "post.added":
            kinds.append((await hear(idle, "entry"))["kind"])


async def post_that_waits(web: WebServer, session: str) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """A request whose view runs, as long as somebody else writes."""
    body = b"language=ru&csrfmiddlewaretoken=" + b"a" * 32
    head = (
        f"POST /language/ HTTP/1.1\r\nHost: {HOST}:{web.port}\r\nOrigin: {web.address}\r\n"
        f"Cookie: sessionid={session}; csrftoken={'a' * 32}\r\n"
        f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    reader, writer = await asyncio.open_connection(HOST, web.port)
    writer.write(head.encode() + body)
    await writer.drain()
    return reader, writer


async def test_a_stop_says_goodbye_and_ends_the_process() -> None:
    """With an open socket, half a request that never ends, and one that runs."""
    web = WebServer({})
    web.manage("migrate", "--verbosity", "0")
    with web:
        stage = json.loads(web.run("-m", "tests.faults", "set", "1"))
        async with socket_of(web, stage["sessions"][0]) as socket:
            await join(socket, stage)
            _reader, writer = await asyncio.open_connection(HOST, web.port)
            writer.write(b"POST /language/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100\r\n\r\nlang")
            await writer.drain()
            held = sqlite3.connect(web.folder / "dialogue.sqlite3", isolation_level=None)
            held.execute("BEGIN IMMEDIATE")
            running, _kept = await post_that_waits(web, stage["sessions"][0])
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(running.read(1), 1.0)
            assert web.child is not None
            began = time.monotonic()
            web.child.send_signal(signal.SIGTERM)
            bye = await hear(socket, "bye")
            with pytest.raises(ConnectionClosed) as closed:
                await socket.recv()
        assert closed.value.rcvd is not None
        assert closed.value.rcvd.code == 1012
        assert bye["reason"] == "restart"
        assert 0 <= bye["retry_in_ms"] <= 15_000
        await asyncio.to_thread(web.child.wait, 20)
        assert time.monotonic() - began < 20
        held.close()
