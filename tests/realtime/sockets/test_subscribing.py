"""A subscription is a few bytes to ask for and a page to read: all rooms at once, then one by one."""

import asyncio
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dialogue.realtime import limits
from dialogue.realtime.acting import in_pool
from dialogue.realtime.streams import hearing_of
from tests.realtime.sockets.driver import greeted
from tests.realtime.sockets.town import INVITED, ROOM, Town


async def test_asking_again_and_again_has_to_wait(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "SUBSCRIPTIONS_BURST", 3)
    monkeypatch.setattr(limits, "SUBSCRIPTIONS_PER_SECOND", 2)
    async with greeted(town.cast.member) as page:
        for _ in range(12):
            page.send("subscribe", stream=ROOM)
        await asyncio.sleep(1.2)
        assert 3 <= len([frame for frame in page.frames if frame["t"] == "reset"]) <= 6
        assert page.code is None


async def test_missing_and_not_mine_look_alike(town: Town) -> None:
    """B18."""
    answers = []
    async with greeted(town.cast.outsider) as page:
        for stream in (INVITED, "room:nowhere", "room:disability:office", "me:someone", "x", "issue:OMB-1"):
            page.send("subscribe", stream=stream)
            error, left = await page.hear("error", "live"), await page.hear("left", "live")
            assert left == {"t": "left", "stream": stream, "reason": "no_access"}
            answers.append(error)
    assert answers == [answers[0]] * 6
    assert answers[0]["code"] == "not_found"


async def test_missing_and_not_mine_cost_the_same_work(town: Town) -> None:
    """B18: nor does the time tell them apart, which is that of the questions to the database."""

    def questions_about(stream: str) -> list[str]:
        with CaptureQueriesContext(connection) as asked:
            assert hearing_of(town.cast.outsider, stream) is None
        return [re.sub(r"'[^']*'|\d+", "?", one["sql"]) for one in asked]

    missing = await in_pool(questions_about, "room:nowhere")
    assert missing
    for stream in (INVITED, "room:torture:office", "room:disability:safety", "room:nowhere:office"):
        assert await in_pool(questions_about, stream) == missing
