"""What is pushed at us beneath the frames that we read: pings, and the parts of one message.

The library answers every ping, also of somebody who reads no answer, and keeps every part until the
message is whole. Parts may be empty, so the bound on bytes does not hold them.
"""

import time
from typing import Any, Final

from daphne.ws_protocol import WebSocketProtocol

from dialogue.realtime.protocol import CloseCode
from dialogue.realtime.rates import Pace
from platform_site.ready_frames import ReadyFrames

# Browsers send a message in one part or in a few; each costs us more than the byte it may bring.
MAX_PARTS: Final = 256


class BoundedSocket(WebSocketProtocol):  # type: ignore[misc]
    _parts = 0
    _pace: Pace | None = None

    def onMessageBegin(self, *args: Any) -> None:  # noqa: N802 — the library's names
        self._parts = 0
        super().onMessageBegin(*args)

    def onMessageFrameBegin(self, *args: Any) -> None:  # noqa: N802
        super().onMessageFrameBegin(*args)
        self._parts += 1
        if self._parts > MAX_PARTS:
            self._end("too many parts")

    def onPing(self, *args: Any) -> None:  # noqa: N802
        """Answered as often as anything may be said, and not while earlier answers wait to be read."""
        if self._is_in_time() and not ReadyFrames(self).waiting_bytes:
            super().onPing(*args)

    def onPong(self, *args: Any) -> None:  # noqa: N802
        self._is_in_time()

    def _is_in_time(self) -> bool:
        now = time.monotonic()
        self._pace = self._pace or Pace(now)
        if not self._pace.wait_ms(now):
            return True
        if self._pace.is_too_much(now):
            self._end("too many pings")
        return False

    def _end(self, why: str) -> None:
        if not self.failedByMe:
            self._fail_connection(int(CloseCode.LIMIT), why)
