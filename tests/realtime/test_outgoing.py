"""What is sent on one socket: in order, the close last, and a fault is told to whoever runs it."""

import asyncio
from typing import Any

import pytest

from dialogue.realtime.outgoing import Outgoing
from dialogue.realtime.protocol import CloseCode


class Wire:
    def __init__(self) -> None:
        self.sent: list[Any] = []
        self.is_open = asyncio.Event()
        self.fault: Exception | None = None

    async def send(self, message: dict[str, Any]) -> None:
        await self.is_open.wait()
        if self.fault is not None:
            raise self.fault
        self.sent.append(message.get("text") or message["code"])


class Ready:
    """Writes on the same wire, as soon as it may."""

    waiting_bytes = 0

    def __init__(self, wire: Wire) -> None:
        self.wire = wire
        self.is_open = False

    def write(self, texts: tuple[bytes, ...]) -> int | None:
        if not self.is_open:
            return None
        self.wire.sent += [text.decode() for text in texts]
        return 0

    def hang_up(self) -> None: ...


async def test_the_short_way_overtakes_nothing_that_is_being_sent() -> None:
    wire = Wire()
    ready = Ready(wire)
    out = Outgoing(wire.send, ready)
    out.put(b"one")
    await asyncio.sleep(0)
    ready.is_open = True
    out.put(b"two")
    wire.is_open.set()
    await asyncio.sleep(0.01)
    out.put(b"three")
    assert wire.sent == ["one", "two", "three"]
    assert asyncio.all_tasks() == {asyncio.current_task()}


async def test_in_order_and_nothing_runs_afterwards() -> None:
    wire = Wire()
    wire.is_open.set()
    out = Outgoing(wire.send)
    for turn in range(2):
        out.put(b"one", b"two")
        await asyncio.sleep(0.01)
        assert wire.sent == ["one", "two"] * (turn + 1)
        assert asyncio.all_tasks() == {asyncio.current_task()}
    assert out.waiting_bytes == 0
    assert not out.over.done()


async def test_an_end_drops_what_waits_and_comes_last() -> None:
    wire = Wire()
    out = Outgoing(wire.send)
    out.put(b"one", b"two", b"three")
    await asyncio.sleep(0)
    out.end(CloseCode.NO_ACCESS, b"left", b"bye")
    out.put(b"too late")
    out.end(CloseCode.PROTOCOL)
    wire.is_open.set()
    await out.over
    assert wire.sent == ["one", "left", "bye", 4403]


async def test_what_cannot_be_sent_is_told() -> None:
    wire = Wire()
    wire.fault = RuntimeError("no text")
    wire.is_open.set()
    out = Outgoing(wire.send)
    out.put(b"one")
    with pytest.raises(RuntimeError):
        await out.over
    out.stop()


async def test_stopped_it_says_nothing_more() -> None:
    wire = Wire()
    out = Outgoing(wire.send)
    out.put(b"one")
    await asyncio.sleep(0)
    out.stop()
    wire.is_open.set()
    await asyncio.sleep(0.01)
    assert wire.sent == []
    assert out.over.cancelled()


async def test_much_too_much_ends_it() -> None:
    out = Outgoing(Wire().send)
    out.put(b"x" * 2_000_000)
    assert out.is_ending
    out.stop()
