"""How often a page confirms depends on how much it is told, and may not be held against it."""

import pytest

from dialogue.journal import entries
from dialogue.realtime import rates
from dialogue.realtime.acting import in_pool
from dialogue.realtime.limits import CONFIRMED_FOR_NOTHING_ENTRIES as MANY
from tests.realtime.sockets.driver import Page, greeted
from tests.realtime.sockets.town import ROOM, Town


def say_many(count: int) -> None:
    with entries.opening([ROOM]) as opened:
        for _each in range(count):
            opened.record("test.said", stream=ROOM)


async def hear_many(page: Page, count: int) -> int:
    """The position of the last."""
    await in_pool(say_many, count)
    return int([await page.hear("entry") for _each in range(count)][-1]["position"])


async def test_who_confirms_much_is_never_too_fast(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    async with greeted(town.cast.member) as page:
        await page.join(ROOM)
        position = await hear_many(page, 3 * MANY)
        monkeypatch.setattr(rates.Pace, "wait_ms", lambda _pace, _now: 50)
        for confirmed in (MANY, 2 * MANY, 3 * MANY):
            page.send("got", positions={ROOM: position - 3 * MANY + confirmed})
        page.send("got", positions={ROOM: position})
        assert (await page.hear("error"))["code"] == "rate_limited"
        assert page.code is None
    assert [frame["code"] for frame in page.frames if frame["t"] == "error"] == ["rate_limited"]


async def test_a_few_at_a_time_count_as_any_frame(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    async with greeted(town.cast.member) as page:
        await page.join(ROOM)
        position = await hear_many(page, MANY - 1)
        monkeypatch.setattr(rates.Pace, "wait_ms", lambda _pace, _now: 50)
        page.send("got", positions={ROOM: position})
        assert (await page.hear("error"))["code"] == "rate_limited"


def test_a_frame_that_is_given_back_leaves_room_for_another() -> None:
    pace = rates.Pace(0.0, burst=2, per_second=1)
    for _each in range(10):
        assert pace.wait_ms(0.0) == 0
        pace.give_back()
    assert [pace.wait_ms(0.0) for _each in range(3)] == [0, 0, 1001]
    pace.give_back()
    assert pace.wait_ms(0.0) == 0
