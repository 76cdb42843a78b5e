"""The shortest way from a socket: what a page says is handed over as it arrives, past the server's queues.

Nearly all of it is small and comes whole, so it is read here; parts, controls, and whatever is not as it
should be, are the library's, which also says what was wrong.
"""

import time
from collections.abc import Callable
from typing import Any, Final

from platform_site.inbound import BoundedSocket

WHOLE_TEXT: Final = 0x81  # FIN and the opcode of text (RFC 6455, section 5.2)
MASKED: Final = 0x80
MASK_BYTES: Final = 4
SMALL: Final = 125

Take = Callable[[str | bytes], None]


class HeardSocket(BoundedSocket):
    """Until somebody listens, all goes the usual way."""

    _take: Take | None = None

    def listen(self, take: Take) -> None:
        """``take`` hears every message in order, those first that came before. On the event loop."""
        queue = self.application_queue
        for _each in range(queue.qsize()):
            event = queue.get_nowait()
            if event["type"] == "websocket.receive":
                take(event["text"] if "text" in event else event["bytes"])
            else:
                queue.put_nowait(event)
        self._take = take

    def dataReceived(self, data: bytes) -> None:  # noqa: N802 — the library's names
        while self._take is not None and self._is_between_messages():
            found = whole_text(data)
            if found is None:
                break
            text, size = found
            self._hear(text)
            data = data[size:]
        if data:
            super().dataReceived(data)

    def onMessage(self, payload: bytes, isBinary: bool) -> None:  # noqa: N802, N803
        if self._take is None:
            super().onMessage(payload, isBinary)
        else:
            self._hear(payload if isBinary else payload.decode())

    def onClose(self, *args: Any) -> None:  # noqa: N802
        self._take = None
        super().onClose(*args)

    def _is_between_messages(self) -> bool:
        is_open = self.state == self.STATE_OPEN
        return is_open and not (self.data or self.inside_message or self.current_frame)

    def _hear(self, text: str | bytes) -> None:
        if self._take is not None and not self.muted:
            self.last_ping = time.time()
            self._take(text)


def whole_text(data: bytes) -> tuple[str, int] | None:
    """The text message that ``data`` begins with, and how many bytes it is; None: not for us to read."""
    if len(data) < 2 or data[0] != WHOLE_TEXT or not data[1] & MASKED:
        return None
    size, begin = data[1] - MASKED, 2
    if size > SMALL:
        # Longer than its length needs, or than anything we take: the library says so.
        if size > SMALL + 1 or (size := int.from_bytes(data[2:4], "big")) <= SMALL:
            return None
        begin = 4
    begin += MASK_BYTES
    masked = data[begin : begin + size]
    if len(masked) < size or len(data) < begin:
        return None
    try:
        return unmasked(masked, data[begin - MASK_BYTES : begin]).decode(), begin + size
    except UnicodeDecodeError:
        return None


def unmasked(masked: bytes, mask: bytes) -> bytes:
    """As one number: a loop over the bytes would take longer than all the rest."""
    size = len(masked)
    over = (mask * (size // MASK_BYTES + 1))[:size]
    return (int.from_bytes(masked, "big") ^ int.from_bytes(over, "big")).to_bytes(size, "big")
