"""A room is narrowed while people read it (F20): the version of the room moves, nobody's own."""

import json

import pytest

from dialogue.journal.entries import head_of
from dialogue.realtime import reconcile
from dialogue.realtime.acting import in_pool
from dialogue.rooms.actions.seats import take_seat
from dialogue.rooms.models import Entrance, Room
from tests.cast import a_post
from tests.realtime.sockets.driver import greeted
from tests.realtime.sockets.town import ROOM, Town


@pytest.fixture
def often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reconcile, "EVERY_SECONDS", 0.2)


async def narrow(**change: object) -> None:
    """As a console would, with no act that could tell of it."""
    await in_pool(Room.objects.filter(slug="disability").update, **change)


async def test_observers_hear_nothing_that_is_said_after_it(town: Town) -> None:
    async with greeted(town.cast.observer) as out, greeted(town.cast.member) as stays:
        await out.join(ROOM)
        await stays.join(ROOM)
        await narrow(observers_may_read=False)
        await in_pool(a_post, town.thread, town.cast.second_member, "Among ourselves")
        assert (await stays.hear("entry"))["html"] == "<p>Among ourselves</p>"
        assert await out.until_closed() == 4403
    assert "ourselves" not in json.dumps(out.frames)


async def test_where_nothing_is_said_the_comparison_finds_it(town: Town, often: None) -> None:
    async with greeted(town.cast.outsider) as out:
        await out.join(ROOM)
        await narrow(entrance=Entrance.INVITED)
        assert await out.until_closed() == 4403


async def test_a_seat_with_a_floor_ends_reading_below_it(town: Town) -> None:
    """Whoever read an open room from its beginning, and is then seated from a later position on."""
    cast = town.cast
    async with greeted(cast.outsider) as page:
        place = await in_pool(head_of, ROOM)
        await page.join(ROOM)
        home, floor = cast.organisations["far-lake"], place.position + 10
        await in_pool(
            take_seat,
            cast.disability,
            person=cast.outsider,
            for_organisation=home,
            by=None,
            visible_from=floor,
        )
        reset = await page.hear("reset")
    assert reset["reason"] == "below_floor"
