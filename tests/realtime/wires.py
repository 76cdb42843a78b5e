"""Frames as bytes, for what no library would send."""

import asyncio
import base64
import secrets
from typing import Self

from tests.servers.server import HOST
from tests.servers.web_server import WebServer

TEXT, CONTINUED, CLOSE, PING, PONG = 0x1, 0x0, 0x8, 0x9, 0xA


class Wire:
    """A TCP connection on which the handshake of a websocket went through."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader, self.writer = reader, writer

    @classmethod
    async def open(cls, web: WebServer, session: str, *extra: str, path: str = "/ws/") -> Self:
        reader, writer = await asyncio.open_connection(HOST, web.port)
        lines = [f"GET {path} HTTP/1.1", *handshake_of(web, session), *extra]
        writer.write("\r\n".join([*lines, "", ""]).encode())
        wire = cls(reader, writer)
        wire.answer = (await reader.readuntil(b"\r\n\r\n")).decode()
        return wire

    answer = ""

    @property
    def status(self) -> int:
        return int(self.answer.split()[1])

    def send(self, payload: bytes, opcode: int = TEXT, *, first: int = 0x80, masked: bool = True) -> None:
        self.writer.write(frame_of(payload, opcode, first=first, masked=masked))

    async def close_code(self) -> int:
        """What the server closes with; 1006 when it only hangs up."""
        async with asyncio.timeout(10):
            try:
                while True:
                    opcode, payload = await self.frame()
                    if opcode == CLOSE:
                        return int.from_bytes(payload[:2], "big") if payload else 1005
            except (asyncio.IncompleteReadError, ConnectionError):
                return 1006

    async def frame(self) -> tuple[int, bytes]:
        head = await self.reader.readexactly(2)
        length = head[1] & 0x7F
        if length >= 126:
            length = int.from_bytes(await self.reader.readexactly(2 if length == 126 else 8), "big")
        return head[0] & 0x0F, await self.reader.readexactly(length)


def frame_of(payload: bytes, opcode: int = TEXT, *, first: int = 0x80, masked: bool = True) -> bytes:
    """``first``: the bits beside the opcode, of which 0x80 says that this is the last part."""
    mask = secrets.token_bytes(4)
    length = len(payload)
    size = (
        bytes([length])
        if length < 126
        else bytes([126]) + length.to_bytes(2, "big")
        if length < 2**16
        else bytes([127]) + length.to_bytes(8, "big")
    )
    size = bytes([size[0] | (0x80 if masked else 0)]) + size[1:]
    body = bytes(b ^ mask[i % 4] for i, b in enumerate(payload)) if masked else payload
    return bytes([first | opcode]) + size + (mask if masked else b"") + body


def handshake_of(web: WebServer, session: str) -> list[str]:
    return [
        f"Host: {HOST}:{web.port}",
        "Upgrade: websocket",
        "Connection: Upgrade",
        f"Sec-WebSocket-Key: {base64.b64encode(secrets.token_bytes(16)).decode()}",
        "Sec-WebSocket-Version: 13",
        "Sec-WebSocket-Protocol: dialogue.v1",
        f"Origin: {web.address}",
        f"Cookie: sessionid={session}",
    ]
