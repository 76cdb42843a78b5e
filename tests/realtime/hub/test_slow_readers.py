"""Who does not confirm is not sent more: no socket holds more memory than its bound (I7)."""

import asyncio

import pytest

from dialogue.realtime import cursor
from dialogue.realtime.hub import Hub
from dialogue.realtime.protocol import CloseCode
from tests.realtime.hub.world import ROOM, Page, World, say, say_many, to_thread, until

pytestmark = pytest.mark.django_db(transaction=True)


async def silent_page(hub: Hub, world: World, *streams: str) -> Page:
    page = Page(hub, await to_thread(world.invite, "slow", *streams), confirms=False)
    for stream in streams or (ROOM,):
        await page.join(stream)
    await until(lambda: len(page.said("live")) == (len(streams) or 1))
    return page


async def test_who_confirms_nothing_is_paused_alone_and_goes_on_where_it_was(hub: Hub, world: World) -> None:
    slow = await silent_page(hub, world)
    quick = Page(hub, await to_thread(world.invite, "quick"))
    await quick.join()
    await to_thread(say_many, 299)
    await to_thread(say_many, 201)
    await until(lambda: len(quick.applied) == 500)
    assert slow.applied == list(range(1, 301))
    slow.confirms = True
    slow.confirm()
    await until(lambda: len(slow.applied) == 500)
    assert slow.applied == quick.applied == list(range(1, 501))
    assert "reset" not in slow.kinds()


async def test_who_falls_too_far_back_starts_anew(hub: Hub, world: World) -> None:
    slow = await silent_page(hub, world)
    quick = Page(hub, await to_thread(world.invite, "quick"))
    await quick.join()
    for _ in range(6):
        await to_thread(say_many, 100)
    await until(lambda: len(quick.applied) == 600)
    assert len(slow.applied) == 300
    slow.confirm()
    await until(lambda: "reset" in slow.kinds())
    assert (slow.frames[-1]["reason"], slow.frames[-1]["position"]) == ("too_slow", 600)
    await to_thread(say)
    await until(lambda: len(quick.applied) == 601)
    assert len(slow.applied) == 300


async def test_bytes_are_counted_over_all_streams_of_a_socket(hub: Hub, world: World) -> None:
    world.text = "ұ" * 30_000
    slow = await silent_page(hub, world, ROOM, "room:lake")
    for _ in range(15):
        await to_thread(say, stream=ROOM)
        await to_thread(say, stream="room:lake")
    await asyncio.sleep(0.5)
    sent = sum(map(len, slow.raw))
    assert 1024 * 1024 <= sent < 1024 * 1024 + 70_000


async def test_catching_up_is_paused_as_well(hub: Hub, world: World) -> None:
    await to_thread(say_many, 1_000)
    slow = Page(hub, await to_thread(world.invite, "slow"), confirms=False)
    await slow.join(since=0)
    await until(lambda: len(slow.applied) == 300)
    await asyncio.sleep(0.3)
    assert slow.applied == list(range(1, 301))
    slow.confirms = True
    slow.confirm()
    await until(lambda: slow.is_live)
    assert slow.applied == list(range(1, 1_001))


async def test_who_stays_silent_is_closed(hub: Hub, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cursor, "MAX_UNCONFIRMED_SECONDS", 0.3)
    slow = await silent_page(hub, world)
    await to_thread(say_many, 299)
    await asyncio.sleep(2.5)
    assert slow.code is None
    await to_thread(say)
    await until(lambda: slow.code is not None)
    assert slow.code == CloseCode.TOO_SLOW_OR_SILENT
    assert slow.frames[-1] == {"t": "bye", "retry_in_ms": 0, "reason": "too_slow"}
    assert hub.locals == {}


async def test_coming_and_going_does_not_get_round_the_bound(hub: Hub, world: World) -> None:
    slow = await silent_page(hub, world, ROOM, "room:lake")
    await to_thread(say_many, 299)
    await until(lambda: len(slow.applied) == 299)
    hub.leave(slow, ROOM)
    await to_thread(say, 2, stream="room:lake")
    await asyncio.sleep(0.3)
    assert len(slow.applied) == 300
    slow.confirm("room:lake")
    await until(lambda: len(slow.applied) == 301)


async def test_impossible_confirmations_change_nothing(hub: Hub, world: World) -> None:
    slow = await silent_page(hub, world)
    hub.got(slow, {ROOM: 2**62, "room:elsewhere": 5})
    await to_thread(say_many, 400)
    await until(lambda: len(slow.applied) == 300)
    hub.got(slow, {ROOM: 0})
    await asyncio.sleep(0.2)
    assert len(slow.applied) == 300
