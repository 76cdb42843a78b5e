"""The shortest way to a socket: frames that are ready go out in one write, past the server's queues.

An application finds it in ``scope["extensions"]``; where it is missing or refuses, plain ASGI
``send`` does the same. Only plain TCP without compression: anything else changes the bytes.
"""

from contextlib import suppress
from functools import lru_cache
from typing import Final

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

    def write(self, texts: tuple[bytes, ...]) -> int | None:
        """Send these text messages, in order and after all that was sent before.

        How many bytes wait now; None, with nothing sent: not this way.
        """
        protocol = self._protocol
        transport = protocol.transport
        is_plain = isinstance(transport, TcpConnection) and not transport.TLS
        is_open = protocol.state == WebSocketProtocol.STATE_OPEN and not protocol.send_queue
        if not (is_plain and is_open and protocol._perMessageCompress is None):
            return None
        data = framed(texts)
        taken = 0
        if not self.waiting_bytes and transport.connected and not transport.disconnecting:
            # A full buffer, or an error, is the transport's to find again, with all that follows from it.
            with suppress(OSError):
                taken = transport.socket.send(data)
        if taken == len(data):
            return 0
        transport.write(data[taken:])
        return self.waiting_bytes

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


# As many as there are kinds of readers in a busy room: each who spoke hears it in their own way.
_known = lru_cache(maxsize=64)(_joined)


def _head(size: int) -> bytes:
    if size < 126:
        return bytes((TEXT, size))
    if size < 1 << 16:
        return bytes((TEXT, 126)) + size.to_bytes(2, "big")
    return bytes((TEXT, 127)) + size.to_bytes(8, "big")
