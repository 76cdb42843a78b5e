"""The shortest way to a socket: frames that are ready go out in one write, past the server's queues.

An application finds it in ``scope["extensions"]``; where it is missing or refuses, plain ASGI
``send`` does the same. Only plain TCP without compression: anything else changes the bytes.
"""

from functools import lru_cache
from typing import Any, Final

from daphne.ws_protocol import WebSocketProtocol
from twisted.internet.tcp import Connection as TcpConnection

KNOWN_BYTES: Final = 64 * 1024
TEXT: Final = 0x81  # one whole text message (RFC 6455, section 5.2)


class ReadyFrames:
    """Belongs to one socket, and to the thread of its event loop."""

    def __init__(self, protocol: WebSocketProtocol) -> None:
        self._protocol = protocol

    @property
    def waiting_bytes(self) -> int:
        """What was written and the network has not taken yet."""
        transport = self._protocol.transport
        if not isinstance(transport, TcpConnection):
            return 0
        return len(transport.dataBuffer) - transport.offset + transport._tempDataLen

    def write(self, texts: tuple[bytes, ...]) -> bool:
        """Send these text messages, in order and after all that was sent before. False: not this way."""
        protocol = self._protocol
        transport = protocol.transport
        is_plain = isinstance(transport, TcpConnection) and not transport.TLS
        is_open = protocol.state == WebSocketProtocol.STATE_OPEN and not protocol.send_queue
        if not (is_plain and is_open and protocol._perMessageCompress is None):
            return False
        data = framed(texts)
        taken = 0
        if not self.waiting_bytes and transport.connected and not transport.disconnecting:
            written: Any = transport.writeSomeData(data)
            # An error is the transport's to find again, with all that follows from it.
            taken = written if isinstance(written, int) else 0
        if taken < len(data):
            transport.write(data[taken:])
        return True

    def hang_up(self) -> None:
        """Let go of what a peer who does not read would keep here; twice is once.

        Whatever the protocol says: a peer who closed it, and reads nothing of what was still to come,
        would keep that for ever.
        """
        self._protocol.transport.abortConnection()


def framed(texts: tuple[bytes, ...]) -> bytes:
    """As they go over the wire, from a server. Hundreds of sockets are given the same ones in a row."""
    return _known(texts) if sum(map(len, texts)) <= KNOWN_BYTES else _joined(texts)


def _joined(texts: tuple[bytes, ...]) -> bytes:
    return b"".join(part for text in texts for part in (_head(len(text)), text))


_known = lru_cache(maxsize=16)(_joined)


def _head(size: int) -> bytes:
    if size < 126:
        return bytes((TEXT, size))
    if size < 1 << 16:
        return bytes((TEXT, 126)) + size.to_bytes(2, "big")
    return bytes((TEXT, 127)) + size.to_bytes(8, "big")
