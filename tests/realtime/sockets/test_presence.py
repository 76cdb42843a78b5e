"""Who is here and who is writing: organisations to members, people to the office, else nothing."""

import asyncio
from contextlib import AsyncExitStack

import pytest

from dialogue.realtime import presence
from dialogue.realtime.acting import in_pool
from dialogue.rooms.models import Entrance, Room
from tests.cast import a_post, crowd
from tests.realtime.sockets.driver import Page, greeted
from tests.realtime.sockets.town import INVITED, ROOM, Town


@pytest.fixture(autouse=True)
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(presence, "LOOK_AFTER_SECONDS", 0.05)


async def opened(stack: AsyncExitStack, town: Town, *names: str, stream: str = ROOM) -> list[Page]:
    pages = [await stack.enter_async_context(greeted(getattr(town.cast, name))) for name in names]
    for page in pages:
        await page.join(stream)
    return pages


async def quiet(*pages: Page) -> list[str]:
    """What ephemeral frames were heard after a while."""
    await asyncio.sleep(0.6)
    return [frame["t"] for page in pages for frame in page.frames if frame["t"] in ("typing", "presence")]


async def test_typing_is_seen_by_others_as_bylines_are(town: Town) -> None:
    async with AsyncExitStack() as stack:
        pages = await opened(stack, town, "member", "second_member", "observer", "moderator")
        pages[0].send("typing", stream=ROOM, thread=town.thread.public_id)
        heard = [await page.hear("typing") for page in pages[1:]]
        assert [frame for frame in pages[0].frames if frame["t"] == "typing"] == []
    home = town.cast.organisations["quiet-coast"]
    as_organisation = {"id": home.public_id, "name": "quiet-coast en"}
    as_person = {"id": town.cast.member.public_id, "name": "Member", "organisation": "quiet-coast en"}
    assert [frame["who"] for frame in heard] == [as_organisation, as_organisation, as_person]
    assert {frame["thread"] for frame in heard} == {town.thread.public_id}


async def test_who_wrote_shielded_in_a_thread_is_not_seen_typing_there(town: Town) -> None:
    await in_pool(crowd, town.cast.disability, 5)
    await in_pool(a_post, town.thread, town.cast.outsider, byline="shielded")
    async with AsyncExitStack() as stack:
        pages = await opened(stack, town, "outsider", "moderator", "member")
        pages[0].send("typing", stream=ROOM, thread=town.thread.public_id)
        heard = await quiet(*pages)
        here = [frame["here"] for frame in pages[1].frames if frame["t"] == "presence"]
    assert "typing" not in heard
    assert not any(person["id"] == town.cast.outsider.public_id for people in here for person in people)


async def test_who_goes_under_the_shield_does_not_go_missing(town: Town) -> None:
    """All of them are hidden alike, and nobody is seen typing in that thread."""
    await in_pool(crowd, town.cast.disability, 5)
    async with AsyncExitStack() as stack:
        pages = await opened(stack, town, "member", "second_member", "outsider", "moderator")
        while len((await pages[0].hear("presence"))["here"]) < 4:
            pass
        await in_pool(a_post, town.thread, town.cast.outsider, byline="shielded")
        (late,) = await opened(stack, town, "lead")
        for page in pages:
            while (await page.hear("presence"))["here"]:
                pass
        pages[0].send("typing", stream=ROOM, thread=town.thread.public_id)
        assert "typing" not in await quiet(*pages, late)


async def test_the_list_goes_though_nobody_came_or_left(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(presence, "SAID_AGAIN_SECONDS", 0.1)
    await in_pool(crowd, town.cast.disability, 5)
    async with AsyncExitStack() as stack:
        (page,) = await opened(stack, town, "member")
        assert (await page.hear("presence"))["here"]
        await in_pool(a_post, town.thread, town.cast.outsider, byline="shielded")
        assert (await page.hear("presence"))["here"] == []


async def test_a_room_that_is_narrowed_hides_who_stays_too(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(presence, "SAID_AGAIN_SECONDS", 0.1)
    async with AsyncExitStack() as stack:
        (office,) = await opened(stack, town, "moderator")
        assert (await office.hear("presence"))["here"]
        await in_pool(Room.objects.filter(slug="disability").update, entrance=Entrance.INVITED)
        assert (await office.hear("presence"))["here"] == []


async def test_nothing_in_invited_rooms(town: Town) -> None:
    async with AsyncExitStack() as stack:
        pages = await opened(stack, town, "member", "second_member", "moderator", stream=INVITED)
        pages[0].send("typing", stream=INVITED, thread=town.closed_to_others.public_id)
        assert await quiet(*pages) == []


async def test_who_cannot_write_is_not_seen_and_a_foreign_thread_is_not_told(town: Town) -> None:
    async with AsyncExitStack() as stack:
        pages = await opened(stack, town, "observer", "member", "second_member")
        pages[0].send("typing", stream=ROOM, thread=town.thread.public_id)
        pages[1].send("typing", stream=ROOM, thread=town.closed_to_others.public_id)
        pages[2].send("typing", stream=ROOM, thread="aaaaaaaaaaaaaaaa")
        assert "typing" not in await quiet(*pages)


async def test_presence_follows_who_comes_and_goes(town: Town) -> None:
    async with AsyncExitStack() as stack:
        (office,) = await opened(stack, town, "moderator")
        (member,) = await opened(stack, town, "member")
        async with greeted(town.cast.second_member) as other:
            await other.join(ROOM)
            while len(here := (await office.hear("presence"))["here"]) < 3:
                pass
            assert {person["name"] for person in here} == {"Moderator", "Member", "Second_Member"}
        while len(here := (await office.hear("presence"))["here"]) > 2:
            pass
        assert {person["name"] for person in here} == {"Moderator", "Member"}
        told = [frame["here"] for frame in member.frames if frame["t"] == "presence"]
    assert told
    assert all(
        "organisation" not in person and "Mem" not in person["name"] for people in told for person in people
    )
