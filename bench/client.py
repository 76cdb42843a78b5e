"""Many sockets of one load client: cheap enough that the server is what is measured.

Deliveries are counted by the numbers in the raw bytes; frames are not taken apart. What is lost,
doubled or in another order than before is counted for each connection.
"""

import asyncio
import base64
import os
import struct
from collections.abc import Callable
from typing import Any

from bench.dialects import NUMBER, Dialect

TAIL_BYTES = 16  # a number may be cut in two by the network


class Connection(asyncio.Protocol):
    """One socket in the room. ``on_heard(numbers)`` is told what arrived, in order."""

    def __init__(self, dialect: Dialect, *, host: str, headers: dict[str, str]) -> None:
        self.dialect = dialect
        self.is_in = asyncio.get_running_loop().create_future()
        self.heard = 0
        self.seen = bytearray()
        self.doubled = 0
        self.is_lost = False
        self.on_heard: Callable[[list[int]], None] | None = None
        self._host, self._headers = host, headers
        self._head: bytes | None = b""
        self._tail = b""

    def connection_made(self, transport: Any) -> None:
        self.transport = transport
        lines = {
            "Host": self._host,
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
        found, end = [], 0
        for match in NUMBER.finditer(data):
            found.append(int(match[1]))
            end = match.end()
        # What stands behind the last whole number may be the beginning of the next.
        begun = data.rfind(b"#", max(end, len(data) - TAIL_BYTES))
        self._tail = data[begun:] if begun >= 0 else b""
        self._count(found)
        for text in self.dialect.answers_to(data, self.heard):
            self.send(text)

    def connection_lost(self, fault: Exception | None) -> None:
        self.is_lost = True
        if not self.is_in.done():
            self.is_in.set_exception(fault or ConnectionResetError("closed before it was in the room"))

    def say(self, number: int) -> None:
        self.send(self.dialect.say(number))

    def send(self, text: str) -> None:
        self.transport.write(masked(text.encode()))

    def _opened(self, head: bytes) -> None:
        self._head = None
        if b" 101 " not in head.split(b"\r\n", 1)[0]:
            raise ConnectionRefusedError(head.decode("latin1"))
        for text in self.dialect.on_open():
            self.send(text)
        if not self.dialect.joined_by:
            self.is_in.set_result(None)

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


def masked(text: bytes) -> bytes:
    """A text frame from a client; the mask is zero, which the standard allows and costs nothing."""
    size = len(text)
    if size < 126:
        return struct.pack("!BB", 0x81, 0x80 | size) + b"\0\0\0\0" + text
    return struct.pack("!BBH", 0x81, 0xFE, size) + b"\0\0\0\0" + text
