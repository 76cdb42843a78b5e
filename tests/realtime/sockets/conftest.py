"""A process with sockets: its hub begins and ends with the test."""

from collections.abc import AsyncGenerator

import pytest
import pytest_asyncio

from dialogue.realtime import process
from dialogue.realtime.hub import Hub
from tests.realtime.sockets.town import Town, build_or_put_back


@pytest.fixture
def town(transactional_db: None) -> Town:
    return build_or_put_back()


@pytest_asyncio.fixture(autouse=True)
async def hub(monkeypatch: pytest.MonkeyPatch, transactional_db: None) -> AsyncGenerator[Hub]:
    monkeypatch.setattr(process, "_parts", None)
    hub = process.the_hub()
    yield hub
    process.the_presence().close()
    await hub.stop()
