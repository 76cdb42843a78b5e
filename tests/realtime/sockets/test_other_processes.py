"""What other processes say of people is believed as far as access and shield allow, here and now."""

import asyncio
from collections.abc import Iterable, Mapping

import pytest

from dialogue.accounts.models import User
from dialogue.realtime import presence, process, writing
from dialogue.realtime.acting import in_pool
from dialogue.realtime.notices import Writer
from tests.cast import a_post, crowd
from tests.realtime.hub.world import until
from tests.realtime.sockets.driver import Page, greeted
from tests.realtime.sockets.town import INVITED, ROOM, Town


class Others:
    def __init__(self) -> None:
        self.writers: list[Writer] = []
        self.here: list[dict[str, list[int]]] = []

    def tell_writes(self, writer: Writer) -> None:
        self.writers.append(writer)

    def tell_here(self, streams: Mapping[str, Iterable[int]]) -> None:
        self.here.append({stream: list(people) for stream, people in streams.items()})


@pytest.fixture(autouse=True)
def others(hub: object, monkeypatch: pytest.MonkeyPatch) -> Others:
    others = Others()
    monkeypatch.setattr(presence, "LOOK_AFTER_SECONDS", 0.05)
    monkeypatch.setattr(process.the_presence(), "_others", others)
    monkeypatch.setattr(process.the_writing(), "_others", others)
    return others


async def names_here(page: Page) -> set[str]:
    return {person["name"] for person in (await page.hear("presence"))["here"]}


async def quiet(page: Page, kind: str) -> None:
    await asyncio.sleep(0.6)
    assert kind not in [frame["t"] for frame in page.frames]


async def test_only_who_may_be_seen_is_shown_whatever_another_process_says(town: Town) -> None:
    cast = town.cast
    said = [cast.lead, cast.observer, cast.nobody, cast.authority]
    async with greeted(cast.moderator) as page:
        await page.join(ROOM)
        process.the_presence().hear("other", {ROOM: [*(person.pk for person in said), 10**9]})
        while "Lead" not in (names := await names_here(page)):
            pass
        assert names == {"Moderator", "Lead"}
        process.the_presence().hear("other", {ROOM: []})
        assert await names_here(page) == {"Moderator"}


async def test_who_is_deactivated_meanwhile_is_not_shown_again(town: Town) -> None:
    lead = town.cast.lead
    async with greeted(town.cast.moderator) as page:
        await page.join(ROOM)
        process.the_presence().hear("other", {ROOM: [lead.pk]})
        while "Lead" not in await names_here(page):
            pass
        await in_pool(User.objects.filter(pk=lead.pk).update, is_active=False, auth_version=99)
        process.the_presence().hear("third", {ROOM: [lead.pk]})
        process.the_presence().hear("other", {ROOM: [lead.pk, town.cast.member.pk]})
        assert await names_here(page) == {"Moderator", "Member"}


async def test_where_somebody_wrote_shielded_nobody_is_told_of(town: Town, others: Others) -> None:
    await in_pool(crowd, town.cast.disability, 5)
    await in_pool(a_post, town.thread, town.cast.outsider, byline="shielded")
    async with greeted(town.cast.member) as page:
        await page.join(ROOM)
        process.the_presence().hear("other", {ROOM: [town.cast.lead.pk]})
        process.the_writing().hear((ROOM, town.thread.public_id, town.cast.lead.pk))
        page.send("typing", stream=ROOM, thread=town.thread.public_id)
        await quiet(page, "presence")
        await quiet(page, "typing")
    assert (others.here, others.writers) == ([], [])


async def test_of_invited_rooms_nothing_leaves_and_nothing_is_believed(town: Town, others: Others) -> None:
    cast = town.cast
    async with greeted(cast.member) as page:
        await page.join(INVITED)
        process.the_presence().hear("other", {INVITED: [cast.second_member.pk]})
        process.the_writing().hear((INVITED, town.closed_to_others.public_id, cast.second_member.pk))
        page.send("typing", stream=INVITED, thread=town.closed_to_others.public_id)
        await quiet(page, "presence")
        await quiet(page, "typing")
    assert (others.here, others.writers) == ([], [])


async def test_who_writes_elsewhere_is_seen_here_and_is_not_passed_on(town: Town, others: Others) -> None:
    cast = town.cast
    async with greeted(cast.moderator) as page, greeted(cast.member) as same:
        await page.join(ROOM)
        await same.join(ROOM)
        for person in (cast.observer, cast.member):
            process.the_writing().hear((ROOM, town.thread.public_id, person.pk))
        heard = await page.hear("typing")
        assert (heard["who"]["name"], heard["thread"]) == ("Member", town.thread.public_id)
        assert others.writers == []
        page.send("typing", stream=ROOM, thread=town.thread.public_id)
        await same.hear("typing")
        names = [frame["who"]["name"] for frame in same.frames if frame["t"] == "typing"]
        assert names == ["office en"]
    assert others.writers == [(ROOM, town.thread.public_id, cast.moderator.pk)]


async def test_a_flood_of_notices_is_dropped_not_kept(town: Town) -> None:
    async with greeted(town.cast.moderator) as page:
        await page.join(ROOM)
        for number in range(10 * writing.MAX_WAITING):
            process.the_writing().hear((ROOM, f"thread{number}", town.cast.member.pk))
            process.the_writing().hear(("room:nowhere", f"thread{number}", town.cast.member.pk))
        await asyncio.sleep(0)
        assert len(process.the_writing()._waiting) <= writing.MAX_WAITING
        await until(lambda: not process.the_writing()._waiting)
        process.the_writing().hear((ROOM, town.thread.public_id, town.cast.member.pk))
        assert (await page.hear("typing"))["thread"] == town.thread.public_id


async def test_who_is_here_is_told_and_said_again(
    town: Town, others: Others, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(presence, "SAID_AGAIN_SECONDS", 0.2)
    cast = town.cast
    ours = {ROOM: sorted([cast.member.pk, cast.moderator.pk])}
    async with greeted(cast.moderator) as page, greeted(cast.observer) as reader:
        async with greeted(cast.member) as member:
            for one in (page, reader, member):
                await one.join(ROOM)
            await until(lambda: others.here[-2:] == [ours, ours])
        await until(lambda: others.here[-1] == {ROOM: [cast.moderator.pk]})


async def test_whoever_is_killed_vanishes(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(presence, "SAID_AGAIN_SECONDS", 0.2)
    monkeypatch.setattr(presence, "SILENT_SECONDS", 0.5)
    async with greeted(town.cast.moderator) as page:
        await page.join(ROOM)
        process.the_presence().hear("killed", {ROOM: [town.cast.lead.pk]})
        while "Lead" not in await names_here(page):
            pass
        assert await names_here(page) == {"Moderator"}


async def test_without_other_processes_nobody_is_told(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process.the_presence(), "_others", None)
    monkeypatch.setattr(process.the_writing(), "_others", None)
    async with greeted(town.cast.moderator) as page, greeted(town.cast.member) as other:
        await page.join(ROOM)
        await other.join(ROOM)
        other.send("typing", stream=ROOM, thread=town.thread.public_id)
        assert (await page.hear("typing"))["who"]["name"] == "Member"
