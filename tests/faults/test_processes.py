"""F1, F2, F3: a web process is gone in the middle of something; who wrote tries again with the same key."""

import asyncio
import statistics
import time

import pytest

from tests.faults.breaking import CODE
from tests.faults.company import Company, company, until
from tests.faults.installation import BreakableWeb, Installation

pytestmark = [pytest.mark.faults, pytest.mark.long, pytest.mark.timeout(240)]
TIMES = 3
# The database is asked every 2.4 s at the latest; the rest is for machines that do other things too.
HEARD_SECONDS = 4.0


@pytest.mark.sqlite_only
async def test_the_only_process_is_killed_while_posts_are_under_way(alone: Installation) -> None:
    """F1 on the embedded default."""
    await keep_killing(alone)


@pytest.mark.postgres_only
async def test_one_of_two_processes_is_killed_while_posts_are_under_way(two: Installation) -> None:
    """F1: and its clients are live again at the other one."""
    away = await keep_killing(two)
    assert statistics.median(away) < 2.0
    assert max(away) < 10.0


async def keep_killing(house: Installation) -> list[float]:
    """Returns how long each client of a killed process was away."""
    away: list[float] = []
    async with company(house, senders=[house.webs] * 8, listeners=[house.webs] * 16) as them:
        saying = asyncio.create_task(them.say(50, pause_seconds=0.1))
        for _time in range(TIMES):
            enough = them.acked + them.chance.randint(20, 60)
            await until(lambda: them.acked >= enough)  # noqa: B023 — it ends before the next turn
            away += await kill_one(them)
        assert not saying.done(), "they were still talking at the last kill"
        await saying
        await them.agree()
    return away


async def kill_one(them: Company) -> list[float]:
    """While somebody there waits for an answer; it comes back a little later."""
    await until(lambda: bool(asked(them)))
    web = them.chance.choice(asked(them))
    victims = [one for one in them.people if one.socket and one.at == web.address]
    web.kill()
    killed = time.monotonic()
    await asyncio.sleep(them.chance.uniform(0.2, 1.0))
    await asyncio.to_thread(web.start)
    await until(lambda: all(one.live_at > killed for one in victims))
    return [one.live_at - killed for one in victims]


def asked(them: Company) -> list[BreakableWeb]:
    """The processes that somebody waits for; after a kill all are at the other one."""
    places = {one.at for one in them.senders if one.socket and one.answers}
    return [web for web in them.house.webs if web.address in places]


@pytest.mark.sqlite_only
async def test_committed_and_not_acknowledged_is_not_said_twice(alone: Installation) -> None:
    """F2 on the embedded default."""
    await keep_crashing(alone, "after_commit", left=1)


@pytest.mark.postgres_only
async def test_committed_and_not_rung_for_is_heard_elsewhere(two: Installation) -> None:
    """F2: nobody told the other process, which finds it in the database."""
    await keep_crashing(two, "after_commit", left=1)


@pytest.mark.sqlite_only
async def test_written_and_not_committed_is_said_again(alone: Installation) -> None:
    """F3 on the embedded default."""
    await keep_crashing(alone, "before_commit", left=0)


@pytest.mark.postgres_only
async def test_written_and_not_committed_holds_nobody_up(two: Installation) -> None:
    """F3: nor does the row lock of the dead."""
    await keep_crashing(two, "before_commit", left=0)


async def keep_crashing(house: Installation, moment: str, *, left: int) -> None:
    """``left``: how many posts each crash leaves in the database without an acknowledgement."""
    broken = house.webs[0]
    async with company(house, senders=[[broken]], listeners=[[house.webs[-1]]] * 6) as them:
        await them.say(2)
        saying = asyncio.create_task(them.say(30))
        for number in range(TIMES):
            broken.kill()
            broken.break_at(f"{moment}:{them.chance.randint(2, 5)}")
            await asyncio.to_thread(broken.start)
            await see_it_crash(them, left=left)
            if number == TIMES - 1:
                broken.break_at("")
                await asyncio.to_thread(broken.start)
        assert not saying.done()
        await saying
        await them.agree()


async def see_it_crash(them: Company, *, left: int) -> None:
    broken, living = them.house.webs[0], them.house.webs[1:]
    assert broken.child is not None
    code = await asyncio.to_thread(broken.child.wait, 30)
    crashed = time.monotonic()
    assert code == CODE
    ledger = await them.read_ledger()
    bodies = [row["body"] for row in ledger if row["kind"] == "post.added" and row["body"] != "Begin"]
    assert len(set(bodies) - set(them.senders[0].acked)) == left
    assert len(bodies) == len(set(bodies))
    if living:
        head = ledger[-1]["position"]
        async with asyncio.timeout(HEARD_SECONDS):
            await asyncio.gather(*(one.reach(head) for one in them.listeners))
        late = [one.heard_at[head] - crashed for one in them.listeners if head in one.heard_at]
        assert max(late) < HEARD_SECONDS
