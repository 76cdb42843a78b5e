"""F34: a page is read while posts are committed; with the entries after it, it is the whole, each once."""

import asyncio
import re
import uuid
from collections.abc import Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import connection

from tests.faults.company import Company, company, until
from tests.faults.ears import Ear, ear
from tests.faults.forms import Browser, value_in
from tests.faults.installation import Installation, embedded, full

pytestmark = [pytest.mark.faults, pytest.mark.long, pytest.mark.timeout(240)]
SNAPSHOTS = 24
POST = re.compile(r'id="post-(\w{16})".*?data-version="(\d+)"', re.DOTALL)


@pytest.fixture
def house(request: pytest.FixtureRequest) -> Iterator[Installation]:
    """On either database; two processes where there can be two."""
    is_embedded = connection.vendor == "sqlite"
    servers = embedded() if is_embedded else full(request.getfixturevalue("postgres_server"), "snapshots")
    with servers as house:
        yield house


@dataclass
class Snapshot:
    """What the page showed, and the socket that goes on from its place."""

    position: int
    shown: dict[str, int]
    after: Ear

    @property
    def known(self) -> dict[str, int]:
        """Posts in their order, each in the version that is known in the end."""
        known = dict(self.shown)
        for entry in self.after.entries:
            if entry["kind"] in ("post.added", "post.edited"):
                known[entry["post"]] = max(entry["version"], known.get(entry["post"], 0))
        return known


async def test_a_page_and_what_comes_after_it_are_the_whole(house: Installation) -> None:
    async with (
        company(house, senders=[house.webs] * 4, listeners=[house.webs] * 2) as them,
        AsyncExitStack() as ending,
        ear(house.webs[0], them.stage["sessions"][4], them.stage) as editor,
    ):
        enough = asyncio.Event()
        talking = asyncio.gather(keep_talking(them, enough), keep_editing(them, editor, enough))
        taken = [await snapshot(them, number, ending) for number in range(SNAPSHOTS)]
        enough.set()
        await talking
        ledger = await them.read_ledger()
        await until(lambda: all(heard(one.after, ledger[-1]["position"]) for one in taken))
        versions = versions_in(ledger)
        for one in taken:
            see_it_is_the_whole(one, ledger, versions)
        assert sum(bool(set(one.shown) - told_until(ledger, one.position)) for one in taken) < SNAPSHOTS


async def keep_talking(them: Company, enough: asyncio.Event) -> None:
    while not enough.is_set():
        await them.say(5, pause_seconds=0.07)


async def keep_editing(them: Company, one: Ear, enough: asyncio.Event) -> None:
    """Somebody writes a post and changes it, again and again."""
    about = {"stream": them.stage["stream"], "thread": them.stage["thread"], "lang": "en"}
    while not enough.is_set():
        number = len(one.acked)
        frame = {"t": "post", "key": str(uuid.uuid4()), "body": f"mine {number}", **about}
        done = await one.ask_again(frame)
        assert done["t"] == "ack", done
        change = {"t": "edit", "key": str(uuid.uuid4()), "post": done["id"], "version": 1}
        await asyncio.sleep(0.1)
        assert (await one.ask_again({**change, "body": f"changed {number}"}))["t"] == "ack"
        await asyncio.sleep(0.1)


async def snapshot(them: Company, number: int, ending: AsyncExitStack) -> Snapshot:
    """The page of one process; the socket of either."""
    webs, sessions = them.house.webs, them.stage["sessions"]
    session = sessions[number % len(sessions)]
    room = them.stage["stream"].partition(":")[2]
    path = f"/rooms/{room}/threads/{them.stage['thread']}/"
    page = (await asyncio.to_thread(Browser(session).get, them.chance.choice(webs), path)).page
    place = {
        "stream": them.stage["stream"],
        "epoch": value_in(page, "data-epoch"),
        "position": int(value_in(page, "data-position")),
    }
    await asyncio.sleep(them.chance.uniform(0.0, 0.2))
    after = await ending.enter_async_context(ear(them.chance.choice(webs), session, place))
    shown = {post: int(version) for post, version in POST.findall(page)}
    return Snapshot(place["position"], shown, after)


def heard(one: Ear, position: int) -> bool:
    return bool(one.entries) and one.entries[-1]["position"] >= position


def versions_in(ledger: list[dict[str, Any]]) -> dict[str, int]:
    """Posts in the order in which they were committed."""
    versions: dict[str, int] = {}
    for row in ledger:
        if row["post"] and row["kind"] in ("thread.raised", "post.added", "post.edited"):
            versions[row["post"]] = versions.get(row["post"], 0) + 1
    return versions


def told_until(ledger: list[dict[str, Any]], position: int) -> set[str]:
    return {row["post"] for row in ledger[:position] if row["post"]}


def see_it_is_the_whole(one: Snapshot, ledger: list[dict[str, Any]], versions: dict[str, int]) -> None:
    """From the first post on the page to the end of it."""
    positions = [entry["position"] for entry in one.after.entries]
    assert positions == list(range(one.position + 1, ledger[-1]["position"] + 1))
    assert [frame["t"] for frame in one.after.heard if frame["t"] in ("reset", "error", "left")] == []
    posts = list(versions)
    first = posts.index(next(iter(one.known)))
    assert list(one.known.items()) == [(post, versions[post]) for post in posts[first:]]
