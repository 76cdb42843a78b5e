"""Many sockets of one load client: cheap enough that the server is what is measured.

Deliveries are counted by the numbers in the raw bytes; frames are not taken apart. What is lost,
doubled or out of order is counted for each connection.
"""

import asyncio
import base64
import os
import struct
from collections.abc import Callable
from itertools import pairwise
from typing import Any

from bench.dialects import NUMBER, Dialect

TAIL_BYTES = 48  # a number, or a position with the words around it, may be cut in two by the network
FRAMES_END_WITH = b"}]"  # neither of them does


class Connection(asyncio.Protocol):
    """One socket. It ``is_open`` after the handshake and ``is_in`` when it hears the room.

    ``on_heard(numbers)`` is told what arrived, in order.
    """

    def __init__(self, dialect: Dialect, *, host: str, headers: dict[str, str]) -> None:
        self.dialect = dialect
        loop = asyncio.get_running_loop()
        self.is_open: asyncio.Future[None] = loop.create_future()
        self.is_in: asyncio.Future[None] = loop.create_future()
        self.heard = 0
        self.seen = bytearray()
        self.doubled = 0
        self.disordered = 0
        self.is_lost = False
        self.on_heard: Callable[[list[int]], None] | None = None
        self.on_data: Callable[[bytes], None] | None = None
        self._host, self._headers = host, headers
        self._head: bytes | None = b""
        self._tail = b""
        self._order = -1

    def connection_made(self, transport: Any) -> None:
        self.transport = transport
        lines = {
            "Host": self._host,
            "Origin": f"http://{self._host}",
            "Upgrade": "websocket",
            "Connection": "Upgrade",
            "Sec-WebSocket-Version": "13",
            "Sec-WebSocket-Key": base64.b64encode(os.urandom(16)).decode(),
            **self._headers,
        }
        head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
        transport.write(f"GET {self.dialect.path} HTTP/1.1\r\n{head}\r\n".encode())

    def data_received(self, data: bytes) -> None:
        if self._head is not None:
            self._head += data
            if b"\r\n\r\n" not in self._head:
                return
            head, data = self._head.split(b"\r\n\r\n", 1)
            self._opened(head)
        data = self._tail + data
        if not self.is_in.done() and self.dialect.joined_by and self.dialect.joined_by in data:
            self.is_in.set_result(None)
        self._count([int(number) for number in NUMBER.findall(data)])
        if self.dialect.order:
            self._follow([int(place) for place in self.dialect.order.findall(data)])
        for text in self.dialect.answers_to(data, self.heard):
            self.send(text)
        if self.on_data:
            self.on_data(data)
        self._tail = b"" if data[-1:] in FRAMES_END_WITH else self._rest_of(data)

    def connection_lost(self, fault: Exception | None) -> None:
        self.is_lost = True
        for awaited in (self.is_open, self.is_in):
            if not awaited.done():
                awaited.set_exception(fault or ConnectionResetError("closed before it was in the room"))

    def say(self, number: int) -> None:
        self.send(self.dialect.say(number))

    def send(self, text: str) -> None:
        if not self.is_lost:
            self.transport.write(masked(text.encode()))

    def _opened(self, head: bytes) -> None:
        self._head = None
        if b" 101 " not in head.split(b"\r\n", 1)[0]:
            raise ConnectionRefusedError(head.decode("latin1"))
        self.is_open.set_result(None)
        for text in self.dialect.on_open():
            self.send(text)
        if not self.dialect.joined_by:
            self.is_in.set_result(None)

    def _rest_of(self, data: bytes) -> bytes:
        """What stands behind the last whole number or position may be the beginning of the next."""
        last = data[-TAIL_BYTES:]
        patterns = (NUMBER, self.dialect.order) if self.dialect.order else (NUMBER,)
        return last[max((found.end() for each in patterns for found in each.finditer(last)), default=0) :]

    def _count(self, numbers: list[int]) -> None:
        fresh = []
        for number in numbers:
            if number >= len(self.seen):
                self.seen.extend(bytes(number + 1024 - len(self.seen)))
            if self.seen[number]:
                self.doubled += 1
            else:
                self.seen[number] = 1
                fresh.append(number)
        self.heard += len(fresh)
        if fresh and self.on_heard:
            self.on_heard(fresh)

    def _follow(self, places: list[int]) -> None:
        if places:
            self.disordered += sum(later <= earlier for earlier, later in pairwise((self._order, *places)))
            self._order = places[-1]


def masked(text: bytes) -> bytes:
    """A text frame from a client; the mask is zero, which the standard allows and costs nothing."""
    size = len(text)
    if size < 126:
        return struct.pack("!BB", 0x81, 0x80 | size) + b"\0\0\0\0" + text
    return struct.pack("!BBH", 0x81, 0xFE, size) + b"\0\0\0\0" + text
