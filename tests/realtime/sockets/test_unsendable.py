"""What cannot be sent must not leave a page waiting on a silent socket: it would never come back."""

import asyncio
from typing import Any

import pytest

from tests.realtime.sockets.driver import Page, greeted
from tests.realtime.sockets.town import ROOM, Town


async def test_the_socket_ends_with_the_fault(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    receive = Page._receive

    async def refuse_live(self: Page, message: dict[str, Any]) -> None:
        if '"live"' in message.get("text", ""):
            raise RuntimeError("too large")
        await receive(self, message)

    monkeypatch.setattr(Page, "_receive", refuse_live)
    async with greeted(town.cast.member) as page:
        page.send("subscribe", stream=ROOM)
        place = await page.hear("reset")
        page.send("subscribe", stream=ROOM, epoch=place["epoch"], since=place["position"])
        assert page.task is not None
        with pytest.raises(RuntimeError, match="too large"):
            async with asyncio.timeout(2):
                await page.task
