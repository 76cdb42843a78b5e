"""An invited room in which somebody never stops talking, and people who are about to lose it."""

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final

from tests.faults.ears import Ear, ear
from tests.faults.hand import Hand
from tests.faults.installation import Installation
from tests.faults.seed import chance_of_this_run

PASSWORD: Final = "kept-between-us-Ж7"


@dataclass
class Victim:
    name: str
    session: str
    other_session: str


@dataclass
class Town:
    """One room in which ``bystander`` goes on talking."""

    house: Installation
    hand: Hand
    chance: random.Random
    room: str = "closed"
    place: dict[str, Any] = field(default_factory=dict)
    bystander: str = ""

    async def do(self, deed: str, *who: str, **how: Any) -> dict[str, Any]:
        return await asyncio.to_thread(partial(self.hand.do, deed, **how), *who)

    async def begin(self, **rules: Any) -> None:
        stream = (await self.do("room", slug=self.room, **rules))["stream"]
        told = await self.do("person", name="bystander", home="quiet-coast")
        self.bystander = told["session"]
        await self.do("sit", name="bystander", room=self.room)
        raised = await self.do("threads", by="bystander", room=self.room, kind="discussion")
        self.place = {**raised, "stream": stream, "thread": raised["threads"][0]}

    async def invite(self, name: str) -> Victim:
        first = await self.do("person", name=name, home=f"home-of-{name}", password=PASSWORD)
        await self.do("sit", name=name, room=self.room)
        return Victim(name, first["session"], (await self.do("session", name=name))["session"])

    async def head(self) -> int:
        return int((await self.do("head", stream=self.place["stream"]))["head"])

    async def here(self) -> dict[str, Any]:
        return {**self.place, "position": await self.head()}


@asynccontextmanager
async def talking(town: Town) -> AsyncIterator[Ear]:
    """The bystander never stops."""
    async with ear(town.house.webs[0], town.bystander, await town.here()) as other:
        saying = asyncio.create_task(other.keep_saying(town.place["thread"], pause_seconds=0.07))
        yield other
        saying.cancel()


@asynccontextmanager
async def pages(town: Town, session: str) -> AsyncIterator[list[Ear]]:
    """One at each process."""
    async with AsyncExitStack() as ending:
        place = await town.here()
        yield [await ending.enter_async_context(ear(web, session, place)) for web in town.house.webs]


@asynccontextmanager
async def town_in(house: Installation, **rules: Any) -> AsyncIterator[Town]:
    """``rules`` of the room; without any, people are invited."""
    with Hand(house.webs[0]) as hand:
        town = Town(house, hand, chance_of_this_run())
        await town.begin(**(rules or {"entrance": "invited"}))
        yield town
