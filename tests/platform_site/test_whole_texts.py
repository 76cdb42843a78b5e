"""What a page says is heard once, whole and in order, whichever way it takes through the server."""

import asyncio
import random
import struct
from typing import Any, cast

import pytest
from autobahn.twisted.websocket import WebSocketServerFactory
from twisted.internet.testing import StringTransport

from platform_site.whole_texts import HeardSocket, whole_text

SHAKE = (
    b"GET / HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
)
SIZES = [0, 1, 3, 4, 5, 125, 126, 127, 65_535]
CONTINUED, TEXT, BINARY, PING = 0x0, 0x1, 0x2, 0x9
MASK = b"\x01\xfe\x33\x80"


def frame(payload: bytes, opcode: int = TEXT, *, is_last: bool = True) -> bytes:
    """As a page sends it (RFC 6455, section 5.2)."""
    size = len(payload)
    length = (
        struct.pack("!B", 0x80 | size)
        if size < 126
        else struct.pack("!BH", 0x80 | 126, size)
        if size < 1 << 16
        else struct.pack("!BQ", 0x80 | 127, size)
    )
    masked = bytes(byte ^ MASK[place % 4] for place, byte in enumerate(payload))
    return bytes([0x80 * is_last | opcode]) + length + MASK + masked


class Heard(HeardSocket):
    """Without the application around it."""

    def __init__(self) -> None:
        super().__init__()
        self.application_queue: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self.heard: list[str | bytes] = []
        self.client_addr = None

    def onConnect(self, _request: object) -> None: ...  # noqa: N802 — the library's names

    def onOpen(self) -> None: ...  # noqa: N802

    def connectionLost(self, *_args: object) -> None: ...  # noqa: N802


class Wire(StringTransport):
    def unregisterProducer(self) -> None: ...  # noqa: N802


@pytest.fixture
def socket() -> Any:
    factory = cast(Any, WebSocketServerFactory)()
    factory.protocol = Heard
    factory.setProtocolOptions(failByDrop=False)
    protocol = factory.buildProtocol(None)
    protocol.makeConnection(cast(Any, Wire)())
    protocol.dataReceived(SHAKE)
    return protocol


@pytest.mark.parametrize("size", SIZES)
def test_a_whole_text_is_read_and_what_follows_is_left(size: int) -> None:
    text = "ә" * (size // 2) + "x" * (size % 2)
    data = frame(text.encode())
    assert whole_text(data) == (text, len(data))
    assert whole_text(data + b"rest") == (text, len(data))
    assert all(whole_text(data[:cut]) is None for cut in range(min(len(data), 300)))
    assert whole_text(data[:-1]) is None


@pytest.mark.parametrize(
    "data",
    [
        frame(b"\xff\xfe"),
        frame(b"x", BINARY),
        frame(b"x", PING),
        frame(b"x", is_last=False),
        frame(b"x", CONTINUED),
        frame(b"x" * 65_536),
        b"\x81\x01x",  # no mask
        b"\xc1\x81" + MASK + b"x",  # a reserved bit
        b"\x81\xfe\x00\x01" + MASK + b"x",  # a length written longer than it need be
    ],
)
def test_all_else_is_the_librarys(data: bytes) -> None:
    assert whole_text(data) is None


@pytest.mark.parametrize("seed", range(30))
def test_however_it_arrives_it_is_heard_in_order(socket: Any, seed: int) -> None:
    chance = random.Random(seed)
    said, data = list[str | bytes](), b""
    for number in range(40):
        text = f"{number} " + "қ" * chance.choice([0, 1, 60, 63, 5_000])
        whole, half = text.encode(), chance.randrange(len(text))
        match chance.randrange(4):
            case 0:
                data += frame(whole[:half], is_last=False) + frame(b"", PING) + frame(whole[half:], CONTINUED)
            case 1:
                data += frame(whole, BINARY)
                text = whole  # type: ignore[assignment]
            case _:
                data += frame(whole)
        said.append(text)
    socket.listen(socket.heard.append)
    while data:
        size = chance.choice([1, 2, 7, 130, 20_000])
        socket.dataReceived(data[:size])
        data = data[size:]
    assert socket.heard == said
    assert socket.state == socket.STATE_OPEN


def test_what_came_before_somebody_listened_comes_first(socket: Any) -> None:
    socket.dataReceived(frame(b"one") + frame(b"two", BINARY))
    socket.application_queue.put_nowait({"type": "websocket.disconnect", "code": 1001})
    socket.listen(socket.heard.append)
    socket.dataReceived(frame(b"three"))
    assert socket.heard == ["one", b"two", "three"]
    assert socket.application_queue.get_nowait()["type"] == "websocket.disconnect"


@pytest.mark.parametrize("data", [frame(b"\xff\xfe"), b"\x81\x01x", b"\xf1\x81" + MASK + b"x"])
def test_what_is_wrong_ends_it_and_nothing_of_it_is_heard(socket: Any, data: bytes) -> None:
    socket.listen(socket.heard.append)
    socket.dataReceived(frame(b"before") + data + frame(b"after"))
    assert socket.heard == ["before"]
    assert socket.state != socket.STATE_OPEN
    socket.dataReceived(frame(b"after"))
    assert socket.heard == ["before"]


def test_whoever_is_not_listened_to_any_more_is_not_heard(socket: Any) -> None:
    socket.listen(socket.heard.append)
    socket.muted = True
    socket.dataReceived(frame(b"late"))
    assert socket.heard == []
