"""A hub over a real database, rung as in life."""

from collections.abc import AsyncGenerator

import pytest
import pytest_asyncio

from dialogue.journal import bells
from dialogue.realtime.hub import Hub
from tests.realtime.hub.world import World


@pytest.fixture
def world() -> World:
    return World()


@pytest_asyncio.fixture
async def deaf_hub(world: World, transactional_db: None) -> AsyncGenerator[Hub]:
    """Nobody rings it: it finds out by itself."""
    hub = Hub(tell=world.tell, hearing_of=world.hearing_of, acl_versions=world.acl_versions)
    hub.start()
    yield hub
    await hub.stop()


@pytest_asyncio.fixture
async def hub(deaf_hub: Hub) -> AsyncGenerator[Hub]:
    def ring(heads: dict[str, int]) -> None:
        for stream, position in heads.items():
            deaf_hub.ring(stream, position)

    bells.listen(ring)
    bells.listen_for_kicks(deaf_hub.kick)
    yield deaf_hub
    bells.stop_listening_for_kicks(deaf_hub.kick)
    bells.stop_listening(ring)
