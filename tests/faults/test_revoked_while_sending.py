"""F18: whatever is committed after a revocation is neither theirs nor told to them (I5), in many rounds."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

import pytest

from tests.faults.company import until
from tests.faults.ears import Ear
from tests.faults.forms import Browser
from tests.faults.installation import Installation
from tests.faults.invited import Town, Victim, pages, talking, town_in

pytestmark = [pytest.mark.faults, pytest.mark.long, pytest.mark.timeout(300)]
ROUNDS = 40


@pytest.mark.postgres_only
async def test_revoked_in_the_middle_of_sending(two: Installation) -> None:
    """F18: over both processes and by forms; whatever is committed after the revocation is not theirs."""
    async with town_in(two) as town:
        await race(town)


@pytest.mark.sqlite_only
async def test_revoked_in_the_middle_of_sending_on_the_embedded_default(alone: Installation) -> None:
    async with town_in(alone) as town:
        await race(town)


async def race(town: Town) -> None:
    victim, through = await town.invite("victim"), 0
    async with talking(town):
        for turn in range(ROUNDS):
            deed = town.chance.choice(["unseat", "sign_out"])
            async with pages(town, victim.session) as ears, sending(town, victim, ears):
                await asyncio.sleep(town.chance.uniform(0.05, 0.3))
                head = (await town.do(deed, name=victim.name, room=town.room))["head"]
                await until(lambda: all(one.closed_at is not None for one in ears), seconds=10.0)
            through += sum(bool(one.acked) for one in ears)
            await see_nothing_after(town, victim, ears, head=head, way=f"{deed} in turn {turn}")
            if deed == "unseat":
                await town.do("sit", name=victim.name, room=town.room)
            else:
                victim.session = (await town.do("session", name=victim.name))["session"]
    assert through > ROUNDS / 2, "they were in the middle of sending"


@asynccontextmanager
async def sending(town: Town, victim: Victim, ears: list[Ear]) -> AsyncIterator[None]:
    """From every page at once, and by a form; what is under way at the end is waited for."""
    thread = town.place["thread"]
    tasks = [asyncio.create_task(one.keep_saying(thread, pause_seconds=0.06)) for one in ears]
    tasks.append(asyncio.create_task(keep_posting(town, victim.session, ears)))
    yield
    await asyncio.gather(*tasks)


async def keep_posting(town: Town, session: str, ears: list[Ear]) -> None:
    path = f"/threads/{town.place['thread']}/posts/"
    send = partial(Browser(session).send, body="by a form", lang="en", byline="organisation")
    while any(one.closed_at is None for one in ears):
        await asyncio.to_thread(send, town.house.webs[-1], path)


async def see_nothing_after(town: Town, victim: Victim, ears: list[Ear], *, head: int, way: str) -> None:
    stream = town.place["stream"]
    said = await town.do("said_by", name=victim.name, stream=stream, after=head)
    assert said["positions"] == [], way
    for one in ears:
        assert [entry["position"] for entry in one.entries if entry["position"] > head] == [], way
        assert [position for position in one.acked if position > head] == [], way
