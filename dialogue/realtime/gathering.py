"""Many who ask the same at once are answered by one question; who asks alone does not wait for others."""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Hashable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from time import monotonic
from typing import Final, Generic, TypeVar, cast

Key = TypeVar("Key", bound=Hashable)
Asked = TypeVar("Asked")
Answer = TypeVar("Answer")


LATELY_SECONDS: Final = 0.5


@dataclass(frozen=True)
class Last:
    """The last turn, if it was for several."""

    answered: int
    ended: float


@dataclass
class Rest:
    """Before a turn, until so many wait for it."""

    awaited: int
    is_over: asyncio.Event = field(default_factory=asyncio.Event)


class Gathering(Generic[Key, Asked, Answer]):
    """``answer_all(key, asked)`` answers each, in order; so many turns at a time for each key as it has
    ``lanes``, usually one.

    While it works, what else is asked gathers for the next turn, of at most ``at_most``. On one
    event loop. What ``answer_all`` raises is raised to all who asked in that turn.

    ``rest_seconds``: after a turn for several, or while others wait, the next begins when as many
    have come again, or as much later as that turn took, at most so long. Without, eight who answer
    each other would settle into turns of one and of seven.

    ``tick_seconds``: after a turn for several who had all to hear of it before they ask again, nobody
    waits; then the first waits so long for as many as came before.
    """

    def __init__(
        self,
        answer_all: Callable[[Key, Sequence[Asked]], Awaitable[Sequence[Answer]]],
        *,
        at_most: int,
        rest_seconds: float = 0.0,
        tick_seconds: float = 0.0,
        lanes: int = 1,
    ) -> None:
        self._answer_all = answer_all
        self._at_most = at_most
        self._rest_seconds = rest_seconds
        self._tick_seconds = tick_seconds
        self._lanes = lanes
        self._last: dict[Key, Last] = {}
        self._waiting: dict[Key, list[tuple[Asked, asyncio.Future[Answer]]]] = {}
        self._working: defaultdict[Key, set[asyncio.Task[None]]] = defaultdict(set)
        self._resting: dict[Key, Rest] = {}

    async def ask(self, key: Key, asked: Asked) -> Answer:
        """Who stops waiting changes nothing for the others, nor for what was asked."""
        answered: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        waiting = self._waiting.setdefault(key, [])
        waiting.append((asked, answered))
        if len(self._working.get(key, ())) < self._lanes:
            self._working[key].add(asyncio.create_task(self._work(key)))
        elif (rest := self._resting.get(key)) is not None and len(waiting) >= rest.awaited:
            rest.is_over.set()
        return await answered

    async def _work(self, key: Key) -> None:
        try:
            await self._wait(key, awaited=self._as_many_as_lately(key), seconds=self._tick_seconds)
            while waiting := self._waiting.pop(key, None):
                batch, rest = waiting[: self._at_most], waiting[self._at_most :]
                if rest:
                    self._waiting[key] = rest
                began = monotonic()
                await self._answer(key, batch)
                ended = self._note(key, len(batch))
                await self._rest(key, answered=len(batch), seconds=min(self._rest_seconds, ended - began))
        finally:
            self._stop_working(key)

    def _stop_working(self, key: Key) -> None:
        self._working[key].discard(cast("asyncio.Task[None]", asyncio.current_task()))
        if not self._working[key]:
            del self._working[key]

    async def _rest(self, key: Key, *, answered: int, seconds: float) -> None:
        waiting = len(self._waiting.get(key, ()))
        await self._wait(key, awaited=min(self._at_most, answered + waiting), seconds=seconds)

    def _note(self, key: Key, answered: int) -> float:
        """When that turn ended; kept only of several."""
        now = monotonic()
        if self._tick_seconds and answered > 1:
            self._last[key] = Last(answered, now)
        else:
            self._last.pop(key, None)
        return now

    def _as_many_as_lately(self, key: Key) -> int:
        last = self._last.get(key)
        return last.answered if last and monotonic() - last.ended < LATELY_SECONDS else 1

    async def _wait(self, key: Key, *, awaited: int, seconds: float) -> None:
        """So long, or until so many wait."""
        if not seconds or awaited == 1 or len(self._waiting.get(key, ())) >= awaited:
            return
        rest = self._resting[key] = Rest(awaited)
        try:
            with suppress(TimeoutError):
                async with asyncio.timeout(seconds):
                    await rest.is_over.wait()
        finally:
            del self._resting[key]

    async def _answer(self, key: Key, batch: Sequence[tuple[Asked, asyncio.Future[Answer]]]) -> None:
        try:
            answers = await self._answer_all(key, [asked for asked, _answered in batch])
            if len(answers) != len(batch):
                raise RuntimeError("an answer for each, or none")
        except Exception as fault:
            for _asked, answered in batch:
                if not answered.done():
                    answered.set_exception(fault)
            return
        for (_asked, answered), answer in zip(batch, answers, strict=True):
            if not answered.done():
                answered.set_result(answer)
