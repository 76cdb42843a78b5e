"""A silent socket keeps little, and hears of everything all the same."""

import asyncio
import gc
import weakref
from typing import Any, cast

import pytest
from twisted.internet.testing import StringTransport
from twisted.web.http import HTTPChannel, Request

from platform_site.lean_sockets import Events, let_go_of_request

FIRST, SECOND, THIRD = ({"type": "websocket.receive", "text": text} for text in ("one", "two", "three"))


async def test_events_come_in_order_whoever_is_first() -> None:
    events = Events()
    events.put_nowait(FIRST)
    assert events.qsize() == 1
    assert await events.get() is FIRST
    waiting = asyncio.create_task(events.get())
    await asyncio.sleep(0)
    events.put_nowait(SECOND)
    events.put_nowait(THIRD)
    assert await waiting is SECOND
    assert events.get_nowait() is THIRD
    assert events.qsize() == 0


async def test_who_stops_waiting_takes_nothing_away() -> None:
    events = Events()
    waiting = asyncio.create_task(events.get())
    await asyncio.sleep(0)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    events.put_nowait(FIRST)
    assert await events.get() is FIRST
    late = asyncio.create_task(events.get())
    await asyncio.sleep(0)
    events.put_nowait(SECOND)
    late.cancel()
    with pytest.raises(asyncio.CancelledError):
        await late
    assert await events.get() is SECOND


def test_nothing_of_the_request_stays_with_a_socket() -> None:
    transport, channel = cast(Any, StringTransport)(), cast(Any, HTTPChannel)()
    channel.transport = cast(Any, StringTransport)()
    transport.registerProducer(channel, True)
    channel.requests = [Request(channel)]
    gone = weakref.ref(channel.requests[0])
    gc.disable()
    try:
        let_go_of_request(transport)
        assert gone() is None
    finally:
        gc.enable()
    assert transport.producer is None


def test_whoever_else_fills_the_transport_stays() -> None:
    transport, other = cast(Any, StringTransport)(), object()
    transport.registerProducer(other, True)
    let_go_of_request(transport)
    assert transport.producer is other
    let_go_of_request(cast(Any, StringTransport)())
