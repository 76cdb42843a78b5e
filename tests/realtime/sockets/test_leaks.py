"""What only some may know reaches nobody else's socket, neither live nor on catch-up (T5)."""

import json
import uuid
from contextlib import AsyncExitStack

from dialogue.realtime.acting import in_pool
from dialogue.rooms.actions.holds import hold
from dialogue.rooms.actions.posts import edit, withdraw
from dialogue.rooms.models import Thread
from tests import cast as people
from tests.cast import a_post, a_thread, crowd
from tests.realtime.sockets.driver import Page, greeted
from tests.realtime.sockets.test_matrix import HANDLERS, READERS, WRITERS, is_open
from tests.realtime.sockets.town import ROOM, Town

NAMES = [name for name in people.NAMES if name != "visitor"]
MEMBERS = WRITERS - HANDLERS


async def open_pages(stack: AsyncExitStack, town: Town) -> dict[str, Page]:
    """Everybody's page, in every stream they may hear."""
    pages = {}
    for name in NAMES:
        page = pages[name] = await stack.enter_async_context(greeted(getattr(town.cast, name)))
        for stream in READERS:
            if await is_open(page, stream):
                await page.join(stream)
    return pages


async def heard(pages: dict[str, Page], words: list[str]) -> dict[str, set[str]]:
    """Word → whose socket carried it, when everybody has heard what was said last."""
    for name in READERS[ROOM]:
        while not any(frame.get("title") == "the end" for frame in pages[name].frames):
            await pages[name].hear("entry")
    told = {name: json.dumps(page.frames, ensure_ascii=False) for name, page in pages.items()}
    return {word: {name for name, text in told.items() if word in text} for word in words}


async def test_notes_held_threads_and_office_threads(town: Town) -> None:
    async with AsyncExitStack() as stack:
        pages = await open_pages(stack, town)
        cast = town.cast
        await in_pool(a_post, town.thread, cast.moderator, "kept-in-the-office", office_only=True)
        office = await in_pool(a_thread, cast.disability, cast.member, title="marked", marking="office")
        await in_pool(a_post, office, cast.officer, "answered-in-the-office")
        held = await in_pool(a_thread, cast.disability, cast.member, title="soon-held")
        await in_pool(hold, held, by=cast.moderator, key=uuid.uuid4(), reason="in danger")
        held = await in_pool(refreshed, held)
        await in_pool(a_post, held, cast.member, "said-while-held")
        await in_pool(a_thread, cast.disability, cast.member, title="the end")
        found = await heard(
            pages, ["kept-in-the-office", "answered-in-the-office", "marked", "said-while-held"]
        )
        found |= await heard(pages, ["in danger"])
    assert found == {
        "kept-in-the-office": HANDLERS,
        "answered-in-the-office": HANDLERS,
        "marked": HANDLERS,
        "said-while-held": {"safety"},
        "in danger": set(),
    }


async def test_names_behind_bylines(town: Town) -> None:
    await in_pool(crowd, town.cast.disability, 5)
    async with AsyncExitStack() as stack:
        pages = await open_pages(stack, town)
        cast = town.cast
        await in_pool(a_post, town.thread, cast.outsider, "by nobody", byline="shielded")
        await in_pool(a_post, town.thread, cast.lead, "by name", byline="named")
        await in_pool(a_post, town.thread, cast.member, "by the organisation")
        await in_pool(a_thread, cast.disability, cast.moderator, kind="discussion", title="the end")
        found = await heard(pages, ['"Lead"', "far-lake"])
        entries = {
            name: [f["by"] for f in page.frames if f["t"] == "entry" and f["kind"] == "post.added"]
            for name, page in pages.items()
        }
    assert found['"Lead"'] >= READERS[ROOM]
    assert found["far-lake"] <= {"outsider"} | READERS[ROOM]
    by = {"byline": "shielded", "mine": False}
    for name in READERS[ROOM] - HANDLERS - {"outsider"}:
        assert entries[name][0] == by, name
    assert entries["outsider"][0] == by | {"mine": True}
    pseudonyms = {json.dumps(entries[name][0]) for name in HANDLERS}
    assert len(pseudonyms) == 1
    assert entries["safety"][0]["pseudonym"]
    for name in READERS[ROOM]:
        knows = name in HANDLERS | {"member", "lead"}
        assert ("name" in entries[name][2]) is knows, name


async def test_what_was_taken_back_is_a_stub_for_everybody(town: Town) -> None:
    cast = town.cast
    async with greeted(cast.second_member) as author:
        place = await author.join(ROOM)
    post = await in_pool(a_post, town.thread, cast.second_member, "regretted")
    await in_pool(edit, post, by=cast.second_member, key=uuid.uuid4(), version=1, body="regretted more")
    await in_pool(withdraw, post, by=cast.second_member, key=uuid.uuid4())
    for name in READERS[ROOM]:
        async with greeted(getattr(cast, name)) as page:
            await page.join(ROOM, epoch=place["epoch"], since=place["position"])
            told = next(frame for frame in page.frames if frame["t"] == "entries")["entries"]
        assert "regretted" not in json.dumps(page.frames)
        assert [entry.get("stub") for entry in told] == [True] * 3
        assert all("by" not in entry and "html" not in entry for entry in told)


async def test_what_is_held_is_replayed_as_stubs_where_it_was_told(town: Town) -> None:
    """To all who hear the room; its author, who may still see it, keeps their own words."""
    cast = town.cast
    async with greeted(cast.member) as author:
        place = await author.join(ROOM)
    held = await in_pool(a_thread, cast.disability, cast.member, title="soon-held")
    await in_pool(a_post, held, cast.second_member, "said-before")
    held = await in_pool(refreshed, held)
    await in_pool(hold, held, by=cast.moderator, key=uuid.uuid4(), reason="in danger")
    for name in READERS[ROOM]:
        async with greeted(getattr(cast, name)) as page:
            await page.join(ROOM, epoch=place["epoch"], since=place["position"])
            told = next(frame for frame in page.frames if frame["t"] == "entries")["entries"]
        words = json.dumps(page.frames)
        assert ("soon-held" in words) is (name == "member"), name
        assert "said-before" not in words, name
        assert [entry.get("stub") for entry in told][1:] == [True, True], name


def refreshed(thread: Thread) -> Thread:
    thread.refresh_from_db()
    return thread
