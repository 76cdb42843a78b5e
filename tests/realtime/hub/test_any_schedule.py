"""Everything at once, by chance: what each page applied is the stream, in order, each once (I3, I5)."""

import asyncio
import os
import random
from collections.abc import AsyncGenerator

import pytest
import pytest_asyncio

from dialogue.journal import bells, entries
from dialogue.realtime.hub import Hub
from dialogue.realtime.listener import Listener
from dialogue.realtime.protocol import CloseCode
from tests.realtime.hub.world import ROOM, Page, World, say, say_many, to_thread, until

pytestmark = pytest.mark.django_db(transaction=True)
STREAMS = (ROOM, "room:lake", "room:hill")
SEEDS = [int(os.environ["SEED"])] if "SEED" in os.environ else [20261123, random.randrange(2**32)]
STEPS = 150


class VisitorsPage(Page):
    """Hands every entry on to whoever looks at it, and starts anew after a reset, as pages do."""

    def __init__(self, visitor: "Visitor") -> None:
        super().__init__(visitor.hub, visitor.listener)
        self.visitor = visitor
        self.is_gone = False

    def confirm(self, stream: str = ROOM) -> None:
        self.hub.got(self, self.visitor.last)

    def take(self, data: bytes) -> None:
        if self.is_gone or self.code is not None:
            self.visitor.faults.append(("said to a page that is gone", 0, 0))
        super().take(data)
        frame = self.frames[-1]
        told = frame["entries"] if frame["t"] == "entries" else [frame] if frame["t"] == "entry" else []
        for one in told:
            self.visitor.hear(one["stream"], one["position"])
        if frame["t"] == "reset":
            self.visitor.last[frame["stream"]] = frame["position"]
            self.visitor.resets += 1


class Visitor:
    """A person with one page after the other, and what they have of each stream."""

    def __init__(self, hub: Hub, listener: Listener) -> None:
        self.hub = hub
        self.listener = listener
        self.last: dict[str, int] = {}
        self.heard = 0
        self.faults: list[tuple[str, int, int]] = []
        self.resets = 0
        self.come()

    def come(self) -> None:
        self.page = VisitorsPage(self)
        self.hub.enter(self.page)

    async def subscribe(self, stream: str) -> None:
        self.hub.leave(self.page, stream)
        place = await to_thread(entries.head_of, stream)
        self.last.setdefault(stream, place.position)
        await self.hub.join(self.page, stream, epoch=place.epoch, since=self.last[stream])

    def hear(self, stream: str, position: int) -> None:
        if position != self.last[stream] + 1:
            # The hub would survive a page that raises; so it is kept for the end.
            self.faults.append((stream, self.last[stream], position))
        self.last[stream] = position
        self.heard += 1


class Chance:
    def __init__(self, hub: Hub, world: World, seed: int) -> None:
        self.hub = hub
        self.world = world
        self.dice = random.Random(seed)
        self.visitors: list[Visitor] = []
        self.writing: set[asyncio.Task[entries.Place]] = set()

    async def step(self) -> None:
        visitor = self.dice.choice(self.visitors)
        await self.dice.choice(DEEDS)(self, visitor)
        await asyncio.sleep(self.dice.random() * 0.02)

    async def write(self, visitor: Visitor) -> None:
        stream, many = self.dice.choice(STREAMS), self.dice.choice((1, 1, 2, 5, 40, 150))
        act = say if many < 5 else say_many
        task = asyncio.create_task(to_thread(act, many, stream=stream))
        self.writing.add(task)
        task.add_done_callback(self.writing.discard)

    async def subscribe(self, visitor: Visitor) -> None:
        if visitor.page.code is None:
            await visitor.subscribe(self.dice.choice(STREAMS))

    async def leave(self, visitor: Visitor) -> None:
        self.hub.leave(visitor.page, self.dice.choice(STREAMS))

    async def come_back(self, visitor: Visitor) -> None:
        self.hub.forget(visitor.page)
        visitor.page.is_gone = True
        visitor.come()
        for stream in STREAMS:
            await visitor.subscribe(stream)

    async def fall_silent(self, visitor: Visitor) -> None:
        visitor.page.confirms = not visitor.page.confirms
        visitor.page.confirm()

    async def break_a_read(self, visitor: Visitor) -> None:
        self.world.during_tell = break_down

    async def move_versions(self, visitor: Visitor) -> None:
        await to_thread(self.world.revoke, visitor.listener, "room:nowhere")


DEEDS = (
    Chance.write,
    Chance.write,
    Chance.write,
    Chance.subscribe,
    Chance.subscribe,
    Chance.leave,
    Chance.come_back,
    Chance.fall_silent,
    Chance.break_a_read,
    Chance.move_versions,
)


def break_down() -> None:
    raise LookupError


@pytest_asyncio.fixture
async def hub(deaf_hub: Hub) -> AsyncGenerator[Hub]:
    """Three of ten rings are lost."""
    dice = random.Random(1)

    def ring(heads: dict[str, int]) -> None:
        for stream, position in heads.items():
            if dice.random() > 0.3:
                deaf_hub.ring(stream, position)

    bells.listen(ring)
    yield deaf_hub
    bells.stop_listening(ring)


@pytest.mark.parametrize("seed", SEEDS)
async def test_any_schedule(hub: Hub, world: World, seed: int) -> None:
    print(f"SEED={seed}")
    chance = Chance(hub, world, seed)
    for n in range(6):
        chance.visitors.append(Visitor(hub, await to_thread(world.invite, f"visitor{n}", *STREAMS)))
    for _ in range(STEPS):
        await chance.step()
    await asyncio.gather(*chance.writing)
    for visitor in chance.visitors:
        assert visitor.page.code in (None, CloseCode.TOO_SLOW_OR_SILENT)
        visitor.page.confirms = True
        await chance.come_back(visitor)
    heads = await to_thread(entries.heads_of, STREAMS)
    expected = {stream: place.position for stream, place in heads.items()}
    for visitor in chance.visitors:
        await until(lambda visitor=visitor: visitor.last == expected, within=15.0)  # type: ignore[misc]
    assert [fault for visitor in chance.visitors for fault in visitor.faults] == []
    assert sum(visitor.heard for visitor in chance.visitors) > 1_000
