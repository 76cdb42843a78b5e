"""What waits to be sent on one socket: in order, and with a close that comes last."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Any, Final, Protocol

from dialogue.realtime.limits import MAX_UNCONFIRMED_BYTES, MAX_WAITING_OUT_BYTES
from dialogue.realtime.protocol import CloseCode

READY_FRAMES: Final = "dialogue.ready_frames"
Send = Callable[[dict[str, Any]], Awaitable[None]]

# Entries are bounded before they come here; beyond this something else piles up.
MAX_WAITING_BYTES: Final = MAX_UNCONFIRMED_BYTES + MAX_WAITING_OUT_BYTES


class ReadyFrames(Protocol):
    """The shortest way to a socket, if the server has one: ``platform_site.ready_frames``."""

    @property
    def waiting_bytes(self) -> int: ...

    def write(self, texts: tuple[bytes, ...]) -> int | None: ...

    def hang_up(self) -> None: ...


class Outgoing:
    """By ``ready`` at once, where there is one; otherwise, and for the close, by ``send``.

    ``over`` is done once the close was sent, or with what ``send`` raised. On the event loop it was
    made on; a task of its own runs only while something waits.
    """

    __slots__ = ("_bytes", "_code", "_ready", "_send", "_waiting", "_writing", "over")

    def __init__(self, send: Send, ready: ReadyFrames | None = None) -> None:
        self.over: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._send = send
        self._ready = ready
        self._waiting: deque[bytes] | None = None
        self._bytes = 0
        self._writing: asyncio.Task[None] | None = None
        self._code: CloseCode | None = None

    @property
    def is_ending(self) -> bool:
        return self._code is not None

    @property
    def waiting_bytes(self) -> int:
        """What the network has not taken yet, as far as the server tells."""
        return self._bytes + (self._ready.waiting_bytes if self._ready else 0)

    def put(self, *frames: bytes) -> None:
        """Send or queue; nothing more after an end."""
        if self._code is not None:
            return
        # What is being sent has left the queue, but must not be overtaken either.
        is_behind = self._waiting or self._writing is not None
        waiting = self._ready.write(frames) if self._ready is not None and not is_behind else None
        if waiting is None:
            for data in frames:
                self._queue(data)
            waiting = self.waiting_bytes
        if waiting > MAX_WAITING_BYTES:
            self.end(CloseCode.TOO_SLOW_OR_SILENT)

    def hang_up(self) -> None:
        """All was said: whoever does not read it may not keep it here."""
        if self._ready is not None:
            self._ready.hang_up()

    def end(self, code: CloseCode, *frames: bytes) -> None:
        """Drop what waits, send these, close. The first end counts."""
        if self.is_ending:
            return
        self._waiting = None
        self._bytes = 0
        self._code = code
        for data in frames:
            self._queue(data)
        self._write_soon()

    def stop(self) -> None:
        """Send nothing more."""
        if self._writing is not None:
            self._writing.cancel()
        if not self.over.cancel() and not self.over.cancelled():
            # Looked at, so that nobody is told it was not.
            self.over.exception()

    def _queue(self, data: bytes) -> None:
        if self._waiting is None:
            # Seldom needed, and larger than all else that is kept here.
            self._waiting = deque()
        self._waiting.append(data)
        self._bytes += len(data)
        self._write_soon()

    def _write_soon(self) -> None:
        if self._writing is None and not self.over.done():
            self._writing = asyncio.create_task(self._write())

    async def _write(self) -> None:
        try:
            while self._waiting:
                data = self._waiting.popleft()
                self._bytes -= len(data)
                await self._send({"type": "websocket.send", "text": data.decode()})
            if self._code is not None:
                await self._send({"type": "websocket.close", "code": int(self._code)})
                self.over.set_result(None)
        except Exception as fault:
            self.over.set_exception(fault)
        finally:
            self._writing = None
