"""F26: edits by two sockets and a form, a withdrawal and the hand of the office, all at once.

The acts themselves race in tests/rooms/test_races.py.
"""

import asyncio
import json
import uuid
from collections.abc import AsyncIterator, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest

from tests.faults.company import until
from tests.faults.ears import Ear, ear
from tests.faults.forms import Answer, Browser
from tests.faults.town import ROOM, Town
from tests.faults.town import a_town as a_town
from tests.servers.web_server import WebServer

pytestmark = [pytest.mark.faults, pytest.mark.long, pytest.mark.timeout(420)]


@dataclass
class Room:
    """One author with a page at each process, and readers who hear it all."""

    town: Town
    author: Browser
    pages: list[Ear]
    readers: list[Ear]
    withheld: set[str] = field(default_factory=set)

    async def do(self, deed: str, **how: Any) -> dict[str, Any]:
        return await asyncio.to_thread(lambda: self.town.hand.do(deed, **how))

    async def write(self, thread: str, body: str) -> str:
        frame = {"stream": self.town.stream, "thread": thread, "body": body, "lang": "en"}
        done = await self.pages[0].ask({"t": "post", "key": str(uuid.uuid4()), **frame})
        assert done["t"] == "ack", done
        return str(done["id"])

    async def form(self, post: str, body: str) -> Answer:
        return await asyncio.to_thread(
            lambda: self.author.send(self.town.web(1), f"/posts/{post}/edit/", body=body, version=1)
        )


async def test_edit_edit_withdraw_and_withhold_race(town: Town) -> None:
    """F26: told truly, nothing lost; and whoever comes later reads what the others see now."""
    turns = 24
    raised = await asyncio.to_thread(town.hand.do, "threads", by="author", room=ROOM, count=turns)
    town.people("moderator")
    session = (await asyncio.to_thread(lambda: town.hand.do("session", name="author")))["session"]
    reader = await asyncio.to_thread(lambda: town.hand.do("person", name="reader", home="far-lake"))
    place = {**raised, "stream": town.stream}
    async with (
        ears_at_all(town, session, place) as pages,
        ears_at_all(town, reader["session"], place) as readers,
    ):
        room = Room(town, Browser(session), pages, readers)
        outcomes = [await one_turn(room, thread, n) for n, thread in enumerate(raised["threads"])]
        assert len(set(outcomes)) > 3, f"always the same: {outcomes}"
        await see_the_same(room, reader["session"], place)


@asynccontextmanager
async def ears_at_all(town: Town, session: str, place: dict[str, Any]) -> AsyncIterator[list[Ear]]:
    async with AsyncExitStack() as ending:
        yield [await ending.enter_async_context(ear(town.web(n), session, place)) for n in range(2)]


async def one_turn(room: Room, thread: str, turn: int) -> str:
    """Two edits by sockets, one by a form; now and then a withdrawal and the hand of the office."""
    post = await room.write(thread, f"first of {turn}")
    acts = {
        f"edit {n}": editing(room, page, post, f"edit {n} of {turn}") for n, page in enumerate(room.pages)
    }
    acts["form"] = room.form(post, f"form of {turn}")
    if turn % 3:
        acts["withdraw"] = room.pages[0].ask_again({"t": "withdraw", "key": str(uuid.uuid4()), "post": post})
    if turn % 4 == 3:
        room.withheld.add(post)
        acts["withhold"] = room.do("withhold", thread=thread, by="moderator-0")
    order = room.town.chance.sample(sorted(acts), len(acts))
    answers = dict(zip(order, await asyncio.gather(*(acts[name] for name in order)), strict=True))
    told = {name: what_was_told(answer) for name, answer in answers.items()}
    await see_it_is_true(room, thread, post, turn, told, is_withheld="withhold" in acts)
    return str(sorted(told.items()))


def editing(room: Room, page: Ear, post: str, body: str) -> Coroutine[Any, Any, Any]:
    key = str(uuid.uuid4())
    return page.ask_again({"t": "edit", "key": key, "post": post, "version": 1, "body": body})


def what_was_told(answer: dict[str, Any] | Answer) -> str:
    if isinstance(answer, Answer):
        return {302: "done", 409: "conflict", 404: "not_found"}.get(answer.status, str(answer.status))
    if answer.get("t") == "error":
        assert answer["code"] != "conflict" or answer["current"]["version"] == 2, answer
        return str(answer["code"])
    return "done"


TRUTHS = {"done", "conflict", "post_gone", "not_found", "thread_held", "held"}


async def see_it_is_true(
    room: Room, thread: str, post: str, turn: int, told: dict[str, str], *, is_withheld: bool
) -> None:
    """Who was told that it is done finds it done, and nobody else's text is kept."""
    found = (await room.do("posts", thread=thread))["posts"][post]
    bodies = {"edit 0": f"edit 0 of {turn}", "edit 1": f"edit 1 of {turn}", "form": f"form of {turn}"}
    kept = [bodies[name] for name in bodies if told[name] == "done"]
    assert len(kept) <= 1, told
    assert found["body"] == (kept[0] if kept else f"first of {turn}"), told
    assert found["versions"] == ([1, 2] if kept else [1]), told
    assert found["gone"] == (told.get("withdraw") == "done"), told
    assert set(told.values()) <= TRUTHS, told
    if not is_withheld:
        assert told.get("withdraw", "done") == "done"
        assert kept or "withdraw" in told, "somebody was first"


async def see_the_same(room: Room, session: str, place: dict[str, Any]) -> None:
    """I8: the last that was told of each post live, is what is read later, over the socket and over HTTP."""
    town = room.town
    head = (await room.do("head", stream=town.stream))["head"]
    for one in room.readers:
        await until(lambda: bool(one.entries) and one.entries[-1]["position"] == head)  # noqa: B023
    async with ears_at_all(town, session, place) as late:
        await until(lambda: all(one.entries and one.entries[-1]["position"] == head for one in late))
    read = [*(one.entries for one in late), *await asyncio.gather(*polled(town, session, place, head))]
    assert all(each == read[0] for each in read)
    assert [entry["position"] for entry in read[0]] == list(range(place["position"] + 1, head + 1))
    for one in room.readers:
        assert [entry["position"] for entry in one.entries] == [entry["position"] for entry in read[0]]
        assert last_of_each(one.entries, but=room.withheld) == last_of_each(read[0], but=room.withheld)
    assert all(entry["stub"] for entry in read[0] if entry.get("post") in room.withheld)
    await see_that_it_stays_untold(room, read[0])


def last_of_each(entries: list[dict[str, Any]], *, but: set[str]) -> dict[str, dict[str, Any]]:
    """A post whose thread is withheld changes by that, without an entry of its own."""
    return {entry["post"]: entry for entry in entries if entry.get("post") and entry["post"] not in but}


def polled(town: Town, session: str, place: dict[str, Any], head: int) -> list[Coroutine[Any, Any, Any]]:
    return [asyncio.to_thread(poll, Browser(session), town.web(n), place, head) for n in range(2)]


def poll(browser: Browser, web: WebServer, place: dict[str, Any], head: int) -> list[dict[str, Any]]:
    told: list[dict[str, Any]] = []
    while not told or told[-1]["position"] < head:
        after = told[-1]["position"] if told else place["position"]
        path = f"/streams/{place['stream']}/entries?epoch={place['epoch']}&after={after}"
        told += json.loads(browser.get(web, path).page)["frames"][0]["entries"]
    return told


async def see_that_it_stays_untold(room: Room, entries: list[dict[str, Any]]) -> None:
    said = json.dumps(entries, ensure_ascii=False)
    for thread in {entry["thread"] for entry in entries if entry.get("thread")}:
        for post in (await room.do("posts", thread=thread))["posts"].values():
            assert not (post["gone"] and f">{post['body']}<" in said), post
