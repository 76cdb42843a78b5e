"""What one page has said and what is not answered yet; nothing runs and little is kept while it is silent."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final

from dialogue.realtime.client_frames import ClientFrame

Answer = Callable[[ClientFrame], Awaitable[None]]
# Where a server offers to hand over each message as it comes: ``platform_site.whole_texts``.
WHOLE_TEXTS: Final = "dialogue.whole_texts"
Listen = Callable[[Callable[[str | bytes], None]], None]


class Inbox:
    """Frames are given to ``answer`` one after the other, which raises nothing."""

    __slots__ = ("_answer", "_is_closed", "_waiting", "_working")

    def __init__(self, answer: Answer) -> None:
        self._answer = answer
        self._is_closed = False
        self._waiting: list[ClientFrame] = []
        self._working: asyncio.Task[None] | None = None

    def __len__(self) -> int:
        """Without the one that is being answered."""
        return len(self._waiting)

    def put(self, frame: ClientFrame) -> None:
        if self._is_closed:
            return
        self._waiting.append(frame)
        if self._working is None:
            self._working = asyncio.create_task(self._work())

    def close(self) -> None:
        """What waits, and what still comes, is not answered; what is being answered is."""
        self._is_closed = True
        self._waiting.clear()

    async def finish(self, *, within_seconds: float) -> None:
        """Wait until all is answered, or so long."""
        if self._working is not None:
            await asyncio.wait({self._working}, timeout=within_seconds)

    def stop(self) -> None:
        self.close()
        if self._working is not None:
            self._working.cancel()

    async def _work(self) -> None:
        try:
            while self._waiting:
                await self._answer(self._waiting.pop(0))
        finally:
            self._working = None
