"""Many who ask the same at once are answered by one question; who asks alone does not wait for others."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

Asked = TypeVar("Asked")
Answer = TypeVar("Answer")


class Gathering(Generic[Asked, Answer]):
    """``answer_all`` answers each, in order; while it works, what else is asked gathers for its next turn.

    On one event loop. What ``answer_all`` raises is raised to all it was asked by.
    """

    def __init__(
        self, answer_all: Callable[[Sequence[Asked]], Awaitable[Sequence[Answer]]], *, at_most: int
    ) -> None:
        self._answer_all = answer_all
        self._at_most = at_most
        self._waiting: list[tuple[Asked, asyncio.Future[Answer]]] = []
        self._working: asyncio.Task[None] | None = None

    async def ask(self, asked: Asked) -> Answer:
        """Who stops waiting changes nothing for the others, nor for what was asked."""
        answered: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self._waiting.append((asked, answered))
        if self._working is None:
            self._working = asyncio.create_task(self._work())
        return await answered

    async def _work(self) -> None:
        try:
            while self._waiting:
                batch = self._waiting[: self._at_most]
                del self._waiting[: self._at_most]
                await self._answer(batch)
        finally:
            self._working = None

    async def _answer(self, batch: Sequence[tuple[Asked, asyncio.Future[Answer]]]) -> None:
        try:
            answers = await self._answer_all([asked for asked, _answered in batch])
        except Exception as fault:
            for _asked, answered in batch:
                if not answered.done():
                    answered.set_exception(fault)
            return
        for (_asked, answered), answer in zip(batch, answers, strict=True):
            if not answered.done():
                answered.set_result(answer)
