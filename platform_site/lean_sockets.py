"""What a socket keeps while it is silent: two thousand of them are silent nearly all of the time."""

import asyncio
from typing import Any

from autobahn.websocket import protocol
from twisted.web.http import HTTPChannel

Event = dict[str, Any]


class Events:
    """What the server has to tell an application about one socket, in order, for one reader.

    In place of ``asyncio.Queue``, which keeps four times as much for what never happens here: many
    readers, a bound, and somebody who waits until all is done.
    """

    __slots__ = ("_come", "_waiting")

    def __init__(self) -> None:
        self._waiting: list[Event] = []
        self._come: asyncio.Future[None] | None = None

    def qsize(self) -> int:
        return len(self._waiting)

    def put_nowait(self, event: Event) -> None:
        self._waiting.append(event)
        if self._come is not None and not self._come.done():
            self._come.set_result(None)

    def get_nowait(self) -> Event:
        return self._waiting.pop(0)

    async def get(self) -> Event:
        while not self._waiting:
            self._come = asyncio.get_running_loop().create_future()
            try:
                await self._come
            finally:
                self._come = None
        return self.get_nowait()


def say_less_of_connections() -> None:
    """The library words all its settings for each of them, for a line of a log that nobody writes."""
    vars(protocol)["pformat"] = type


def let_go_of_request(transport: Any) -> None:
    """Once it has become a socket: HTTP's channel would stay with the transport, and the request with it."""
    channel = transport.producer
    if isinstance(channel, HTTPChannel):
        transport.unregisterProducer()
        # They know each other: both would wait for the next search for garbage.
        channel.requests.clear()
