"""Who comes back far behind: pages are read once for all who stand at the same place."""

import asyncio

import pytest

from dialogue.realtime.hub import Hub
from dialogue.realtime.limits import MAX_PAGE_ENTRIES
from tests.realtime.hub.world import ROOM, Page, World, say_many, to_thread, until

pytestmark = pytest.mark.django_db(transaction=True)

BEHIND = 2_000


async def far_behind(hub: Hub, world: World, *names: str) -> list[Page]:
    place = await to_thread(say_many, BEHIND)
    pages = [Page(hub, await to_thread(world.invite, name)) for name in names]
    for page in pages:
        hub.enter(page)
    await asyncio.gather(*(hub.join(page, ROOM, epoch=place.epoch, since=0) for page in pages))
    return pages


async def test_each_page_is_read_once_for_all(hub: Hub, world: World) -> None:
    pages = await far_behind(hub, world, *(f"reader{number}" for number in range(20)))
    await until(lambda: all(page.is_live for page in pages), within=30.0)
    assert all(page.has_all(BEHIND) for page in pages)
    whole_pages = [rows for rows in world.tells if rows == MAX_PAGE_ENTRIES]
    # One more of each where somebody confirmed while the page of the others was read.
    assert len(whole_pages) <= 2 * (BEHIND // MAX_PAGE_ENTRIES)


async def test_who_lost_access_during_the_read_hears_nothing_of_it(hub: Hub, world: World) -> None:
    place = await to_thread(say_many, BEHIND)
    stays, loses = [Page(hub, await to_thread(world.invite, name)) for name in ("aru", "bolat")]
    for page in (stays, loses):
        hub.enter(page)
        await hub.join(page, ROOM, epoch=place.epoch, since=0)
    # The look that finds them far behind reads nothing; this is inside the first page.
    world.during_tell = lambda: world.revoke(loses.listener)
    await until(lambda: stays.is_live, within=30.0)
    assert stays.has_all(BEHIND)
    assert loses.applied == []


async def test_one_who_cannot_be_served_harms_no_other(hub: Hub, world: World) -> None:
    place = await to_thread(say_many, BEHIND)
    well, broken = [Page(hub, await to_thread(world.invite, name)) for name in ("aru", "bolat")]
    broken.is_broken = True
    for page in (broken, well):
        hub.enter(page)
    await asyncio.gather(*(hub.join(page, ROOM, epoch=place.epoch, since=0) for page in (broken, well)))
    await until(lambda: well.is_live, within=30.0)
    assert well.has_all(BEHIND)
    assert broken.code is not None
