"""What the hub was not told it finds out within three seconds."""

import asyncio

import pytest
from django.db import OperationalError, connection

from dialogue.realtime import reconcile
from dialogue.realtime.hub import Hub
from tests.realtime.hub.world import ROOM, Page, World, say, to_thread, until
from tests.servers.postgres_server import PostgresServer

pytestmark = pytest.mark.django_db(transaction=True)


async def live_page(hub: Hub, world: World) -> Page:
    page = Page(hub, await to_thread(world.invite, "aru"))
    await page.join()
    await until(lambda: page.is_live)
    return page


async def test_lost_rings_are_healed(deaf_hub: Hub, world: World) -> None:
    page = await live_page(deaf_hub, world)
    for turn in range(1, 4):
        await to_thread(say)
        assert await until(lambda turn=turn: page.applied == list(range(1, turn + 1))) < 3.0  # type: ignore[misc]


async def test_a_ring_from_any_thread_is_heard_at_once(deaf_hub: Hub, world: World) -> None:
    page = await live_page(deaf_hub, world)
    await to_thread(say)
    await to_thread(deaf_hub.ring, ROOM, 1)
    assert await until(lambda: page.applied == [1]) < 1.0


async def test_a_database_that_fails_for_a_while_stops_nothing(
    deaf_hub: Hub, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = await live_page(deaf_hub, world)

    def cut(*asked: object) -> None:
        raise OperationalError

    with monkeypatch.context() as broken:
        broken.setattr(reconcile, "survey", cut)
        deaf_hub.kick([page.listener.person_id])
        await to_thread(say)
    assert await until(lambda: page.applied == [1], within=5.0) < 5.0


async def test_rings_before_the_start_and_after_the_end_are_nothing(deaf_hub: Hub, world: World) -> None:
    other = Hub(tell=world.tell, hearing_of=world.hearing_of, acl_versions=world.acl_versions)
    other.ring(ROOM, 1)
    other.kick([1])
    await live_page(deaf_hub, world)
    await deaf_hub.stop()
    deaf_hub.ring(ROOM, 1)
    assert deaf_hub.feeds == {}


@pytest.mark.postgres_only
async def test_connections_that_were_all_cut_are_made_anew(
    deaf_hub: Hub, world: World, postgres_server: PostgresServer
) -> None:
    page = await live_page(deaf_hub, world)
    database = str(connection.settings_dict["NAME"])
    await asyncio.to_thread(postgres_server.cut_connections, database)
    await to_thread(say)
    assert await until(lambda: page.applied == [1]) < 3.0
