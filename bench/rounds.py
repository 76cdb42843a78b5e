"""Things are said in a room, and it is known when everybody there has heard each of them."""

import asyncio
import time
from collections.abc import Sequence

from bench.client import Connection

STALLS_AFTER_SECONDS = 10
WAITS_FOR_ALLOWANCE_SECONDS = 0.002


class Round:
    """One measurement in one room. Numbers begin with ``first``: connections remember what they heard.

    ``speakers`` take turns. ``delays``: seconds until the last of them all had heard.
    """

    def __init__(
        self, connections: Sequence[Connection], *, speakers: Sequence[Connection], first: int
    ) -> None:
        self.size = len(connections)
        self.said = 0
        self.deliveries = 0
        self.under_way = 0
        self.delays: list[float] = []
        self._first = first
        self._speakers = speakers
        self._turn = 0
        self._heard_by: list[int] = []
        self._said_at: list[float] = []
        self._whole = asyncio.Event()
        for one in connections:
            one.on_heard = self._heard

    @property
    def next_number(self) -> int:
        return self._first + self.said

    def say(self) -> bool:
        """The next one who may; False when the server's bounds let nobody speak now."""
        for _ in self._speakers:
            speaker = self._speakers[self._turn % len(self._speakers)]
            self._turn += 1
            if speaker.dialect.may_say():
                self._heard_by.append(0)
                self._said_at.append(time.perf_counter())
                self.under_way += 1
                self.said += 1
                speaker.say(self.next_number - 1)
                return True
        return False

    async def closed_loop(self, window: int, seconds: float) -> None:
        """Ends early when nothing is heard any more; what is missing then is counted as lost."""
        ends = time.perf_counter() + seconds
        while time.perf_counter() < ends:
            while self.under_way < window and self.say():
                pass
            if self.under_way < window:
                await asyncio.sleep(WAITS_FOR_ALLOWANCE_SECONDS)
            elif not await self._one_more():
                return

    async def paced(self, per_second: float, seconds: float) -> None:
        began = time.perf_counter()
        while (passed := time.perf_counter() - began) < seconds:
            while self.said < passed * per_second and self.say():
                pass
            await asyncio.sleep(0.001)

    async def drain(self) -> None:
        """Until nothing is under way, or nothing has become whole for ten seconds: the rest is lost."""
        while self.under_way and await self._one_more():
            pass

    async def _one_more(self) -> bool:
        self._whole.clear()
        try:
            async with asyncio.timeout(STALLS_AFTER_SECONDS):
                await self._whole.wait()
        except TimeoutError:
            return False
        return True

    def _heard(self, numbers: list[int]) -> None:
        heard_by, first, everybody = self._heard_by, self._first, self.size
        for number in numbers:
            index = number - first
            if index < 0:
                continue  # of an earlier measurement, where it was counted as lost
            self.deliveries += 1
            heard_by[index] += 1
            if heard_by[index] == everybody:
                self.delays.append(time.perf_counter() - self._said_at[index])
                self.under_way -= 1
                self._whole.set()
