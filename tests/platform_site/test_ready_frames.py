"""Frames written past the server's queues arrive whole and in order, or go the usual way."""

import socket
import struct
from collections import deque
from collections.abc import Callable, Iterator
from functools import partial
from types import SimpleNamespace
from typing import Any, cast

import pytest
from daphne.ws_protocol import WebSocketProtocol
from twisted.internet.tcp import Connection

from platform_site.ready_frames import ReadyFrames, framed

SIZES = [0, 1, 125, 126, 65_535, 65_536, 300_000]


class Reactor:
    """Asked to watch sockets; the test calls ``doWrite`` itself, and ``run`` what was put off."""

    def __init__(self) -> None:
        self.later: list[Callable[[], None]] = []

    def callLater(self, _seconds: float, work: Callable[..., None], *what: object) -> None:  # noqa: N802 — Twisted's name
        self.later.append(partial(work, *what))

    def run(self) -> None:
        while self.later:
            self.later.pop()()

    def __getattr__(self, _name: str) -> Any:
        return lambda *_what: None


class Pair:
    """A transport of the server, and the page at its other end."""

    def __init__(self) -> None:
        ours, self.page = socket.socketpair()
        for end in (ours, self.page):
            end.setblocking(False)
        self.reactor = Reactor()
        self.transport: Any = Connection(ours, cast(Any, SimpleNamespace()), cast(Any, self.reactor))
        self.transport.connected = True
        self.protocol: Any = SimpleNamespace(
            transport=self.transport,
            state=WebSocketProtocol.STATE_OPEN,
            send_queue=deque(),
            _perMessageCompress=None,
        )
        self.ready = ReadyFrames(self.protocol)

    def read(self) -> bytes:
        parts = []
        while True:
            try:
                parts.append(self.page.recv(1 << 20))
            except BlockingIOError:
                return b"".join(parts)

    def read_all(self) -> bytes:
        """The network takes again what it can, until nothing is left."""
        data = self.read()
        while self.ready.waiting_bytes:
            self.transport.doWrite()
            data += self.read()
        return data


@pytest.fixture
def pair() -> Iterator[Pair]:
    pair = Pair()
    ours = pair.transport.socket
    yield pair
    ours.close()
    pair.page.close()


def texts_in(data: bytes) -> list[bytes]:
    """RFC 6455, section 5.2, read anew: whole text frames without a mask."""
    texts = []
    while data:
        first, size, start = data[0], data[1], 2
        assert first == 0x81
        if size == 126:
            (size,), start = struct.unpack("!H", data[2:4]), 4
            assert size > 125
        elif size == 127:
            (size,), start = struct.unpack("!Q", data[2:10]), 10
            assert size > 65_535
        texts.append(data[start : start + size])
        assert len(texts[-1]) == size
        data = data[start + size :]
    return texts


@pytest.mark.parametrize("size", SIZES)
def test_every_length_is_framed_as_the_rfc_says(size: int) -> None:
    texts = (b"x" * size, b"after")
    assert texts_in(framed(texts)) == list(texts)


def test_several_go_out_at_once(pair: Pair) -> None:
    assert pair.ready.write((b"one", b"two")) == 0
    assert texts_in(pair.read()) == [b"one", b"two"]
    assert pair.ready.waiting_bytes == 0


def test_who_does_not_read_is_counted_and_later_gets_all_in_order(pair: Pair) -> None:
    said = [b"%d" % number * 40_000 for number in range(20)]
    for text in said:
        assert pair.ready.write((text,)) == pair.ready.waiting_bytes
    assert pair.ready.waiting_bytes > 100_000
    pair.transport.write(framed((b"by the usual way",)))
    assert pair.ready.write((b"last",)) == pair.ready.waiting_bytes
    assert texts_in(pair.read_all()) == [*said, b"by the usual way", b"last"]
    assert pair.ready.waiting_bytes == 0


def test_a_lost_connection_raises_nothing(pair: Pair) -> None:
    pair.page.close()
    for _ in range(3):
        assert pair.ready.write((b"x" * 100,)) is not None


@pytest.mark.parametrize(
    ("place", "name", "value"),
    [
        ("protocol", "state", WebSocketProtocol.STATE_CLOSING),
        ("protocol", "send_queue", deque([b"chopped"])),
        ("protocol", "_perMessageCompress", object()),
        ("protocol", "transport", object()),
        ("transport", "TLS", True),
    ],
)
def test_what_would_change_the_bytes_goes_the_usual_way(
    pair: Pair, place: str, name: str, value: object
) -> None:
    setattr(getattr(pair, place), name, value)
    assert pair.ready.write((b"no",)) is None
    assert pair.read() == b""


@pytest.mark.parametrize("state", [WebSocketProtocol.STATE_OPEN, WebSocketProtocol.STATE_CLOSED])
def test_after_all_was_said_the_rest_is_let_go(pair: Pair, state: int) -> None:
    """A page that said close itself is not waited for either: the library would, until it has read all."""
    let_go: list[object] = []
    pair.transport.protocol.connectionLost = let_go.append
    assert pair.ready.write((b"x" * 1_000_000,))
    assert pair.ready.waiting_bytes
    pair.protocol.state = state
    pair.transport.loseConnection()
    pair.ready.hang_up()
    pair.ready.hang_up()
    pair.reactor.run()
    assert len(let_go) == 1
    pair.ready.hang_up()
