"""F33: wall clocks differ, and are set forward and back. Order, sockets and sessions do not mind."""

import asyncio
import re
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.faults.company import Company, company, until
from tests.faults.ears import Ear, ear
from tests.faults.forms import Browser
from tests.faults.hand import Hand
from tests.faults.installation import BreakableWeb, Installation, embedded, full
from tests.servers.postgres_server import PostgresServer

pytestmark = [pytest.mark.faults, pytest.mark.long, pytest.mark.timeout(240)]
HOUR = 3600
DAY = 24 * HOUR
INHERITED = ("DATABASE_URL", "REDIS_URL", "VAR_DIR")
BEAT_SECONDS = 25.0
PASSWORD = "kept-between-us-Ж7"
POSTS_ON_A_PAGE = 60


class SteppedWeb(BreakableWeb):
    def command(self) -> list[str]:
        return [sys.executable, "-m", "tests.faults.stepped", "serve", "--port", str(self.port)]

    def set_ahead(self, seconds: float) -> None:
        """From now on; behind, if negative."""
        sign = Path(self.environment["VAR_DIR"]) / "clock"
        whole = sign.with_suffix(".new")
        whole.write_text(str(seconds))
        whole.replace(sign)


def with_clocks(house: Installation, ending: ExitStack) -> Installation:
    webs: list[BreakableWeb] = []
    for old in house.webs:
        old.stop()
        webs.append(
            SteppedWeb({name: old.environment[name] for name in INHERITED if name in old.environment})
        )
        ending.enter_context(webs[-1])
    return Installation(webs, house.redis)


@pytest.fixture
def two(postgres_server: PostgresServer) -> Iterator[Installation]:
    with full(postgres_server, "clocks") as house, ExitStack() as ending:
        yield with_clocks(house, ending)


@pytest.fixture
def alone() -> Iterator[Installation]:
    with embedded() as house, ExitStack() as ending:
        yield with_clocks(house, ending)


@pytest.mark.postgres_only
async def test_two_processes_an_hour_apart_tell_one_order(two: Installation) -> None:
    """And then each is set to where the other was, and two days on."""
    near, far = two.webs
    await talk_while_clocks_step(two, [{near: HOUR, far: -HOUR}, {near: -HOUR, far: HOUR}, {near: 2 * DAY}])


@pytest.mark.sqlite_only
async def test_one_process_is_set_forward_and_back(alone: Installation) -> None:
    (web,) = alone.webs
    await talk_while_clocks_step(alone, [{web: HOUR}, {web: -HOUR}, {web: 0}, {web: 2 * DAY}])


async def talk_while_clocks_step(house: Installation, steps: list[dict[BreakableWeb, float]]) -> None:
    async with (
        company(house, senders=[[web] for web in house.webs] * 2, listeners=[house.webs] * 4) as them,
        quiet(house, them) as ears,
    ):
        for step in [{}, *steps]:
            for web, seconds in step.items():
                assert isinstance(web, SteppedWeb)
                web.set_ahead(seconds)
            await them.say(5, pause_seconds=0.1)
        await until(lambda: all(has_beat(one) for one in ears), seconds=BEAT_SECONDS)
        await them.agree()
        assert [one.connections for one in them.people] == [1] * len(them.people), "no socket was closed"
        assert [one.code for one in ears] == [None] * len(ears)
        await see_the_same_order_on_the_page(house, them)


@asynccontextmanager
async def quiet(house: Installation, them: Company) -> AsyncIterator[list[Ear]]:
    """Sockets that were there before any clock moved."""
    async with (
        ear(house.webs[0], them.stage["sessions"][0], them.stage) as one,
        ear(house.webs[-1], them.stage["sessions"][1], them.stage) as other,
    ):
        yield [one, other]


def has_beat(one: Ear) -> bool:
    return any(frame["t"] == "beat" for frame in one.heard)


async def see_the_same_order_on_the_page(house: Installation, them: Company) -> None:
    """Whoever comes now reads what the others heard, in that order."""
    posts = [row["post"] for row in await them.read_ledger() if row["kind"] == "post.added"]
    browser = Browser(them.stage["sessions"][2])
    room = them.stage["stream"].partition(":")[2]
    for web in house.webs:
        path = f"/rooms/{room}/threads/{them.stage['thread']}/"
        answer = await asyncio.to_thread(browser.get, web, path)
        assert answer.status == 200
        shown = [post for post in re.findall(r'id="post-(\w+)"', answer.page) if post in posts]
        assert shown == posts[-POSTS_ON_A_PAGE:]


@pytest.mark.sqlite_only
def test_sessions_and_limits_mind_no_step(alone: Installation) -> None:
    """Who is signed in stays so, whoever knows the word comes in, and a step back lifts no limit."""
    (web,) = alone.webs
    assert isinstance(web, SteppedWeb)
    with Hand(web) as hand:
        session = hand.do("person", name="old-hand", home="quiet-coast", password=PASSWORD)["session"]
        hand.do("person", name="guessed", home="quiet-coast", password=PASSWORD)
    for ahead in (0, HOUR, -HOUR, 2 * DAY, 0):
        web.set_ahead(ahead)
        assert Browser(session).get(web, "/rooms/").status == 200
        assert sign_in(web, "old-hand", PASSWORD) == 302
    codes = [sign_in(web, "guessed", f"wrong {number}") for number in range(6)]
    assert sign_in(web, "guessed", PASSWORD) != 302, f"too many guesses: {codes}"
    web.set_ahead(-HOUR)
    assert sign_in(web, "guessed", PASSWORD) != 302
    web.set_ahead(HOUR)
    assert sign_in(web, "guessed", PASSWORD) == 302


def sign_in(web: BreakableWeb, name: str, password: str) -> int:
    typed: dict[str, Any] = {"login": f"{name}@demo.example", "password": password, "key": None}
    return Browser("").send(web, "/accounts/login/", **typed).status
