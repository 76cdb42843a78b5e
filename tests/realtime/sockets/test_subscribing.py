"""A subscription is a few bytes to ask for and a page to read: all rooms at once, then one by one."""

import asyncio

import pytest

from dialogue.realtime import limits
from tests.realtime.sockets.driver import greeted
from tests.realtime.sockets.town import ROOM, Town


async def test_asking_again_and_again_has_to_wait(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "SUBSCRIPTIONS_BURST", 3)
    monkeypatch.setattr(limits, "SUBSCRIPTIONS_PER_SECOND", 2)
    async with greeted(town.cast.member) as page:
        for _ in range(12):
            page.send("subscribe", stream=ROOM)
        await asyncio.sleep(1.2)
        assert 3 <= len([frame for frame in page.frames if frame["t"] == "reset"]) <= 6
        assert page.code is None
