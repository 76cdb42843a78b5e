"""From a place to live: in order, each once, or a reset that says why (I3)."""

import asyncio

import pytest

from dialogue.journal import entries
from dialogue.journal.models import Stream
from dialogue.realtime.hub import Hub
from tests.realtime.hub.world import ROOM, Heard, Page, World, say, say_many, to_thread, until

pytestmark = pytest.mark.django_db(transaction=True)


async def join(hub: Hub, page: Page, *, since: int | None = 0, epoch: str | None = None) -> Page:
    hub.enter(page)
    if epoch is None and since is not None:
        epoch = (await to_thread(entries.head_of, ROOM)).epoch
    assert await hub.join(page, ROOM, epoch=epoch, since=since) is not None
    return page


async def page_of(hub: Hub, world: World, name: str = "aru", *, confirms: bool = True) -> Page:
    return Page(hub, await to_thread(world.invite, name), confirms=confirms)


async def test_at_the_head_it_is_live_at_once_and_hears_what_comes(hub: Hub, world: World) -> None:
    await to_thread(say, 3)
    page = await join(hub, await page_of(hub, world), since=3)
    await until(lambda: page.is_live)
    assert [(frame["t"], frame["position"]) for frame in page.frames] == [("live", 3)]
    await to_thread(say, 2)
    await until(lambda: page.applied == [4, 5])
    assert page.kinds() == ["live", "entry", "entry"]
    assert hub.heads(page) == {ROOM: 5}


async def test_a_backlog_comes_by_pages_and_then_live(hub: Hub, world: World) -> None:
    await to_thread(say_many, 700)
    page = await join(hub, await page_of(hub, world), since=0)
    await until(lambda: page.is_live)
    assert page.applied == list(range(1, 701))
    pages = page.said("entries")
    assert all(len(frame["entries"]) <= 300 for frame in pages)
    assert [frame["more"] for frame in pages] == [True] * (len(pages) - 1) + [False]
    assert page.said("live")[0]["position"] == 700


async def test_pages_hold_no_more_bytes_than_they_may(hub: Hub, world: World) -> None:
    world.text = "ұ" * 20_000
    await to_thread(say_many, 40)
    page = await join(hub, await page_of(hub, world), since=0)
    await until(lambda: page.is_live)
    assert page.applied == list(range(1, 41))
    assert max(map(len, page.raw)) <= 256 * 1024 + 200


async def test_those_who_come_back_together_are_served_by_few_reads(hub: Hub, world: World) -> None:
    place = await to_thread(say_many, 100)
    pages = [await page_of(hub, world, f"reader{n}") for n in range(12)]
    for page in pages:
        hub.enter(page)
    await asyncio.gather(
        *(hub.join(page, ROOM, epoch=place.epoch, since=80 + n) for n, page in enumerate(pages))
    )
    await until(lambda: all(page.is_live for page in pages))
    for n, page in enumerate(pages):
        assert page.applied == list(range(81 + n, 101))
    assert len(world.tells) < len(pages)


async def test_what_is_told_again_is_read_again(hub: Hub, world: World) -> None:
    """A text taken back while somebody was away is not kept anywhere for them."""
    world.text = "first"
    reader = await join(hub, await page_of(hub, world), since=0)
    await to_thread(say)
    await until(lambda: reader.applied == [1])
    world.text = "taken back"
    late = await join(hub, await page_of(hub, world, "bolat"), since=0)
    await until(lambda: late.is_live)
    assert late.said("entries")[0]["entries"][0]["text"] == "taken back"


@pytest.mark.parametrize(
    ("since", "epoch", "reason"),
    [
        (None, None, "no_place"),
        (40, "elsewhen", "other_epoch"),
        (51, None, "ahead"),
        (9, None, "below_floor"),
    ],
)
async def test_a_place_that_cannot_be_continued_is_reset(
    hub: Hub, world: World, since: int | None, epoch: str | None, reason: str
) -> None:
    place = await to_thread(say_many, 50)
    await to_thread(Stream.objects.filter(name=ROOM).update, floor=10)
    page = await join(hub, await page_of(hub, world), since=since, epoch=epoch)
    await until(lambda: bool(page.frames))
    expected = {"t": "reset", "stream": ROOM, "epoch": place.epoch, "position": 50, "reason": reason}
    assert page.frames == [expected]
    assert hub.streams(page) == {}
    await to_thread(say)
    assert page.applied == []


async def test_more_than_three_thousand_behind_is_reset(hub: Hub, world: World) -> None:
    await to_thread(say_many, 3_001)
    far = await join(hub, await page_of(hub, world), since=0)
    near = await join(hub, await page_of(hub, world, "bolat"), since=1)
    await until(lambda: bool(far.frames) and near.is_live)
    assert far.frames[0]["reason"] == "too_far_behind"
    assert near.applied == list(range(2, 3_002))


async def test_nothing_from_before_a_seat_was_taken(hub: Hub, world: World) -> None:
    await to_thread(say_many, 20)
    who = await to_thread(lambda: world.invite("aru", heard=Heard(floor=15)))
    early = await join(hub, Page(hub, who), since=14)
    await until(lambda: bool(early.frames))
    assert early.frames[0]["reason"] == "below_floor"
    page = await join(hub, Page(hub, who), since=15)
    await until(lambda: page.is_live)
    assert page.applied == [16, 17, 18, 19, 20]


async def test_a_stream_not_for_this_person_is_not_there(hub: Hub, world: World) -> None:
    page = await page_of(hub, world)
    hub.enter(page)
    assert await hub.join(page, "room:elsewhere") is None
    assert page.frames == []
    assert hub.feeds == {}


async def test_joining_again_starts_from_the_new_place(hub: Hub, world: World) -> None:
    await to_thread(say, 3)
    page = await join(hub, await page_of(hub, world), since=3)
    await until(lambda: page.is_live)
    await join(hub, page, since=1)
    await until(lambda: len(page.said("live")) == 2)
    assert page.applied == [2, 3]
    await to_thread(say)
    await until(lambda: page.applied == [2, 3, 4])


async def test_who_left_hears_nothing_more_and_the_feed_ends(hub: Hub, world: World) -> None:
    await to_thread(say)
    page = await join(hub, await page_of(hub, world), since=1)
    await until(lambda: page.is_live)
    assert hub.leave(page, ROOM)
    assert not hub.leave(page, ROOM)
    await to_thread(say)
    assert page.applied == []
    assert hub.feeds == {}


async def test_a_restored_database_resets_everybody(hub: Hub, world: World) -> None:
    await to_thread(say, 5)
    page = await join(hub, await page_of(hub, world), since=5)
    await until(lambda: page.is_live)
    await to_thread(Stream.objects.filter(name=ROOM).update, epoch="restored")
    await until(lambda: "reset" in page.kinds())
    reset = page.frames[-1]
    assert (reset["reason"], reset["epoch"], reset["position"]) == ("other_epoch", "restored", 5)


async def test_a_head_that_went_back_resets_everybody(hub: Hub, world: World) -> None:
    await to_thread(say, 5)
    page = await join(hub, await page_of(hub, world), since=5)
    await until(lambda: page.is_live)
    await to_thread(Stream.objects.filter(name=ROOM).update, position=3)
    await until(lambda: "reset" in page.kinds())
    assert (page.frames[-1]["reason"], page.frames[-1]["position"]) == ("ahead", 3)
