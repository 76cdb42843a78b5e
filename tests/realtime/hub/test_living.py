"""What is committed reaches everybody who listens: in order, each once, from one read (I3)."""

import asyncio
import time
from collections.abc import Sequence
from typing import Any, Never

import pytest

from dialogue.journal.models import Entry
from dialogue.realtime import told
from dialogue.realtime.hub import Hub
from dialogue.realtime.looking import Found, Sources, Wish, look
from dialogue.realtime.protocol import CloseCode, encode
from dialogue.realtime.server_frames import EntryFrame
from tests.realtime.hub.world import ROOM, Page, World, say, say_many, to_thread, until

pytestmark = pytest.mark.django_db(transaction=True)


async def live_page(hub: Hub, world: World, name: str) -> Page:
    page = Page(hub, await to_thread(world.invite, name))
    await page.join()
    await until(lambda: page.is_live)
    return page


async def test_everybody_hears_four_writers_in_one_order(hub: Hub, world: World) -> None:
    pages = [await live_page(hub, world, f"reader{n}") for n in range(5)]
    writers = [asyncio.create_task(to_thread(say, 60)) for _ in range(4)]
    late = []
    for n in range(5):
        await asyncio.sleep(0.02)
        late.append(Page(hub, await to_thread(world.invite, f"late{n}")))
        await late[-1].join()
    await asyncio.gather(*writers)
    for page in (*pages, *late):
        await until(lambda page=page: page.has_all(240))  # type: ignore[misc]


async def test_readers_of_one_kind_get_the_same_bytes_and_the_author_their_own(
    hub: Hub, world: World
) -> None:
    aru, bolat, author = [await live_page(hub, world, name) for name in ("aru", "bolat", "author")]
    await to_thread(say, by=author.listener.person_id)
    await until(lambda: all(page.applied == [1] for page in (aru, bolat, author)))
    assert aru.raw[-1] is bolat.raw[-1]
    assert [page.facts[-1]["variant"] for page in (aru, bolat, author)] == ["member", "member", "mine"]
    assert world.tells == [1]


async def test_an_entry_is_encoded_once_for_all_who_hear_it_alike(
    hub: Hub, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    alike = [await live_page(hub, world, f"reader{number}") for number in range(30)]
    author = await live_page(hub, world, "author")
    encoded: list[int] = []

    def counting(frame: EntryFrame) -> str:
        encoded.append(frame.position)
        return encode(frame)

    monkeypatch.setattr(told, "encode", counting)
    await to_thread(say, by=author.listener.person_id)
    await until(lambda: all(page.applied == [1] for page in (*alike, author)))
    assert encoded == [1, 1], "once for readers, once for the author"
    assert {id(page.raw[-1]) for page in alike} == {id(alike[0].raw[-1])}


async def test_one_ring_for_a_hundred_entries_is_one_read(hub: Hub, world: World) -> None:
    page = await live_page(hub, world, "aru")
    await to_thread(say_many, 100)
    await until(lambda: page.applied == list(range(1, 101)))
    assert world.tells == [100]


class Rests:
    """``asyncio`` for a feed, which writes down how long it waited on purpose."""

    def __init__(self) -> None:
        self.seconds: list[float] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(asyncio, name)

    async def sleep(self, seconds: float) -> None:
        self.seconds += [seconds] if seconds else []
        await asyncio.sleep(seconds)


async def test_only_after_several_at_once_does_the_next_wait(
    hub: Hub, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slow(sources: Sources, wishes: Sequence[Wish]) -> list[Found | Exception]:
        time.sleep(0.5)
        return look(sources, wishes)

    page, rests = await live_page(hub, world, "reader"), Rests()
    monkeypatch.setattr("dialogue.realtime.feed.asyncio", rests)
    monkeypatch.setattr("dialogue.realtime.hub.look", slow)
    monkeypatch.setattr("dialogue.realtime.feed.MAX_REST_SECONDS", 1.0)
    for number in (1, 2):
        await to_thread(say, 1)
        await until(lambda number=number: page.has_all(number))  # type: ignore[misc]
    assert rests.seconds == []
    await to_thread(say_many, 5)
    await until(lambda: page.has_all(7))
    world.tells.clear()
    await to_thread(say, 1)
    await to_thread(say, 1)
    await until(lambda: page.has_all(9))
    assert rests.seconds != []
    assert world.tells == [2], "what came meanwhile shares one look"


async def test_a_ring_for_what_is_told_already_asks_nothing(
    hub: Hub, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The own ring comes back from Redis, and a ring during a look is answered by that look."""
    page = await live_page(hub, world, "reader")
    await to_thread(say, 3)
    await until(lambda: page.has_all(3))
    looks: list[str] = []

    def counting(sources: Sources, wishes: Sequence[Wish]) -> list[Found | Exception]:
        looks.extend(wish.stream for wish in wishes)
        return look(sources, wishes)

    monkeypatch.setattr("dialogue.realtime.hub.look", counting)
    for position in (1, 2, 3):
        hub.ring(ROOM, position)
    await asyncio.sleep(0.05)
    assert looks == []
    hub.ring(ROOM, 1_000_000)
    await until(lambda: bool(looks))
    await to_thread(say, 1)
    await until(lambda: page.has_all(4))


async def test_streams_do_not_mix(hub: Hub, world: World) -> None:
    page = Page(hub, await to_thread(world.invite, "aru", ROOM, "room:lake"))
    await page.join(ROOM)
    await page.join("room:lake")
    await until(lambda: len(page.said("live")) == 2)
    await to_thread(say, stream="room:lake")
    await to_thread(say, 2, stream=ROOM)
    await until(lambda: len(page.applied) == 3)
    heard = {(frame["stream"], frame["position"]) for frame in page.said("entry")}
    assert heard == {("room:lake", 1), (ROOM, 1), (ROOM, 2)}
    assert hub.heads(page) == {"room:lake": 1, ROOM: 2}


async def test_what_cannot_be_built_is_tried_again(
    hub: Hub, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = await live_page(hub, world, "aru")

    def broken(rows: Sequence[Entry]) -> Never:
        raise LookupError

    sources = hub.sources
    hub.sources = type(sources)(broken, sources.hearing_of, sources.acl_versions)
    await to_thread(say)
    await asyncio.sleep(0.2)
    assert page.applied == []
    hub.sources = sources
    assert await until(lambda: page.applied == [1]) < 3.0


async def test_a_socket_that_breaks_harms_no_other(hub: Hub, world: World) -> None:
    good, bad = await live_page(hub, world, "good"), await live_page(hub, world, "bad")
    bad.is_broken = True
    await to_thread(say)
    await until(lambda: good.applied == [1])
    assert bad.code == CloseCode.SERVER_FAULT
    assert [socket for socket, _hearing in hub.hearers(ROOM)] == [good]


async def test_a_closed_socket_is_forgotten_even_while_it_joins(hub: Hub, world: World) -> None:
    page = Page(hub, await to_thread(world.invite, "aru"))
    hub.enter(page)
    joining = asyncio.create_task(hub.join(page, ROOM))
    await asyncio.sleep(0)
    hub.forget(page)
    assert await joining is None
    assert (hub.locals, hub.feeds, page.frames) == ({}, {}, [])


async def test_a_slow_read_delays_only_its_own_stream(hub: Hub, world: World) -> None:
    page = Page(hub, await to_thread(world.invite, "aru", ROOM, "room:lake"))
    await page.join(ROOM)
    await page.join("room:lake")
    await until(lambda: len(page.said("live")) == 2)
    world.during_tell = lambda: time.sleep(1.0)
    await to_thread(say, stream="room:lake")
    await asyncio.sleep(0.1)
    began = time.monotonic()
    await to_thread(say, stream=ROOM)
    await until(lambda: any(frame["stream"] == ROOM for frame in page.said("entry")))
    assert time.monotonic() - began < 0.8
    await until(lambda: len(page.applied) == 2)
