"""Nothing committed after a revocation reaches that person (I5), and the socket ends soon."""

import asyncio

import pytest
from django.contrib.sessions.models import Session

from dialogue.accounts.models import User
from dialogue.journal import entries
from dialogue.realtime import reconcile
from dialogue.realtime.hub import Hub
from dialogue.realtime.protocol import CloseCode
from tests.realtime.hub.world import ROOM, Heard, Page, World, say, say_many, to_thread, until

pytestmark = pytest.mark.django_db(transaction=True)
LAKE = "room:lake"
LEFT = {"t": "left", "stream": ROOM, "reason": "no_access"}
BYE = {"t": "bye", "retry_in_ms": 0, "reason": "no_access"}


async def live_page(hub: Hub, world: World, *streams: str, name: str = "aru") -> Page:
    page = Page(hub, await to_thread(world.invite, name, *streams))
    for stream in streams or (ROOM,):
        await page.join(stream)
    await until(lambda: len(page.said("live")) == (len(streams) or 1))
    return page


async def test_revoked_between_the_read_and_the_offer(hub: Hub, world: World) -> None:
    page, other = await live_page(hub, world), await live_page(hub, world, name="bolat")
    world.during_tell = lambda: world.revoke(page.listener)
    await to_thread(say)
    await until(lambda: page.code is not None and other.applied == [1])
    assert page.applied == []
    assert page.code == CloseCode.NO_ACCESS
    assert page.frames[-2:] == [LEFT, BYE]


async def test_revoked_while_a_page_of_the_backlog_is_read(hub: Hub, world: World) -> None:
    await to_thread(say_many, 1_000)
    page = Page(hub, await to_thread(world.invite, "aru"))
    await page.join()
    await until(lambda: page.is_live)
    await to_thread(say)
    await until(lambda: page.applied == [1_001])
    world.during_tell = lambda: world.revoke(page.listener)
    await page.join(since=0)
    await until(lambda: page.code is not None)
    assert page.applied == [1_001]


@pytest.fixture
def no_ticks(monkeypatch: pytest.MonkeyPatch) -> None:
    """A look that began before the revocation may still tell what was committed before it."""
    monkeypatch.setattr(reconcile, "EVERY_SECONDS", 60.0)


async def test_what_waits_for_a_confirmation_is_dropped(no_ticks: None, hub: Hub, world: World) -> None:
    page = await live_page(hub, world)
    page.confirms = False
    await to_thread(say_many, 300)
    await to_thread(say_many, 100)
    await until(lambda: hub.feeds[ROOM].head == 400)
    assert len(page.applied) == 300
    await to_thread(world.revoke, page.listener)
    page.confirm()
    await until(lambda: page.code is not None)
    assert len(page.applied) == 300


async def test_a_kick_ends_it_at_once_without_any_entry(deaf_hub: Hub, world: World) -> None:
    page = await live_page(deaf_hub, world)
    await to_thread(world.revoke, page.listener)
    deaf_hub.kick([page.listener.person_id])
    assert await until(lambda: page.code is not None) < 1.0
    assert page.frames[-2:] == [LEFT, BYE]


async def test_the_act_that_takes_access_away_kicks_on_commit(hub: Hub, world: World) -> None:
    page = await live_page(hub, world)
    await to_thread(world.revoke, page.listener)
    assert await until(lambda: page.code is not None) < 1.0


async def test_without_a_kick_the_next_comparison_ends_it(deaf_hub: Hub, world: World) -> None:
    page = await live_page(deaf_hub, world)
    await to_thread(world.revoke, page.listener)
    assert await until(lambda: page.code is not None) < 3.0


async def test_who_loses_one_stream_keeps_the_other(hub: Hub, world: World) -> None:
    page = await live_page(hub, world, ROOM, LAKE)
    await to_thread(world.revoke, page.listener)
    await until(lambda: LEFT in page.frames)
    await to_thread(say)
    await to_thread(say, stream=LAKE)
    await until(lambda: len(page.applied) == 1)
    assert page.frames[-1]["stream"] == LAKE
    assert page.code is None
    assert list(hub.streams(page)) == [LAKE]


async def test_a_room_that_was_narrowed(hub: Hub, world: World) -> None:
    """Only the room's version moves, nobody's own."""
    out, stays = await live_page(hub, world), await live_page(hub, world, name="bolat")
    world.hearings[stays.listener.person_id, ROOM] = Heard("observer")
    del world.hearings[out.listener.person_id, ROOM]
    world.acl[ROOM] = 1
    await to_thread(say)
    await until(lambda: stays.applied == [1])
    assert stays.facts[-1]["variant"] == "observer"
    assert (out.applied, out.code) == ([], CloseCode.NO_ACCESS)


async def test_a_floor_that_rose_resets(hub: Hub, world: World) -> None:
    page = await live_page(hub, world)
    await to_thread(say, 2)
    world.hearings[page.listener.person_id, ROOM] = Heard(floor=10)
    world.acl[ROOM] = 1
    await to_thread(say)
    await until(lambda: "reset" in page.kinds())
    assert page.frames[-1]["reason"] == "below_floor"


@pytest.mark.parametrize("how", ["signs_out", "is_deactivated"])
async def test_whoever_is_signed_out_is_told_and_closed(deaf_hub: Hub, world: World, how: str) -> None:
    page, idle = await live_page(deaf_hub, world), Page(deaf_hub, await to_thread(world.invite, "idle"))
    deaf_hub.enter(idle)
    people = [page.listener.person_id, idle.listener.person_id]
    if how == "signs_out":
        await to_thread(Session.objects.all().delete)
    else:
        await to_thread(User.objects.filter(pk__in=people).update, is_active=False)
    assert await until(lambda: page.code is not None and idle.code is not None) < 3.0
    assert page.code == idle.code == CloseCode.SIGNED_OUT
    assert page.frames[-1] == {"t": "bye", "retry_in_ms": 0, "reason": "signed_out"}


async def test_signed_out_before_the_first_subscription(deaf_hub: Hub, world: World) -> None:
    page = Page(deaf_hub, await to_thread(world.invite, "aru"))
    deaf_hub.enter(page)
    await to_thread(Session.objects.all().delete)
    assert await deaf_hub.join(page, ROOM) is None
    assert page.code == CloseCode.SIGNED_OUT


async def test_the_version_may_move_without_anything_being_lost(hub: Hub, world: World) -> None:
    page = await live_page(hub, world, ROOM, LAKE)
    await to_thread(lambda: world.revoke(page.listener, "room:never-heard"))
    await to_thread(say)
    await until(lambda: page.applied == [1])
    assert page.listener.auth_version == 1
    await to_thread(say, stream=LAKE)
    await until(lambda: page.applied == [1, 1])
    assert page.code is None


async def test_revoking_races_with_writing(hub: Hub, world: World) -> None:
    for turn in range(8):
        page = await live_page(hub, world, name=f"reader{turn}")
        writing = asyncio.create_task(to_thread(say, 40))
        await asyncio.sleep(0.01 * turn)
        last = await to_thread(revoke_in_the_journal, world, page)
        await writing
        await until(lambda page=page: page.code is not None)  # type: ignore[misc]
        assert all(position <= last for position in page.applied)


def revoke_in_the_journal(world: World, page: Page) -> int:
    """In the order of the stream, so that before and after are facts."""
    with entries.opening([ROOM]) as opened:
        world.revoke(page.listener)
        return opened.position_of(ROOM)
