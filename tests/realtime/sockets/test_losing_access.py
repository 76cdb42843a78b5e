"""Who loses access hears nothing more, and says nothing more (B27); who came late hears nothing of before."""

import json
import uuid
from typing import Any

from dialogue.journal.entries import head_of
from dialogue.realtime.acting import in_pool
from dialogue.rooms.actions.posts import edit
from dialogue.rooms.actions.seats import leave, take_seat
from dialogue.rooms.models import Post
from tests.cast import a_post
from tests.realtime.sockets.driver import greeted
from tests.realtime.sockets.town import INVITED, ROOM, Town


async def test_after_a_seat_ended_the_room_is_gone(town: Town) -> None:
    cast = town.cast
    async with greeted(cast.second_member) as page, greeted(cast.member) as other:
        await page.join(ROOM)
        await page.join(INVITED)
        await other.join(INVITED)
        await in_pool(leave, cast.torture, person=cast.second_member, by=None)
        left = await page.hear("left")
        await other.answer("post", stream=INVITED, thread=town.closed_to_others.public_id, body="unheard")
        said = {"stream": INVITED, "thread": town.closed_to_others.public_id, "body": "unsaid"}
        error = await page.answer("post", **said)
        other_room = {"stream": ROOM, "thread": town.thread.public_id, "body": "heard"}
        assert (await page.answer("post", **other_room))["t"] == "ack", "other rooms stay"
    assert left == {"t": "left", "stream": INVITED, "reason": "no_access"}
    assert error["code"] == "not_subscribed"
    assert "unheard" not in json.dumps(page.frames)
    assert await in_pool(Post.objects.filter(current__body="unsaid").count) == 0


async def test_without_any_room_left_the_socket_ends(town: Town) -> None:
    async with greeted(town.cast.second_member) as page:
        await page.join(INVITED)
        await in_pool(leave, town.cast.torture, person=town.cast.second_member, by=None)
        assert await page.until_closed() == 4403


async def test_a_late_comer_hears_nothing_of_what_stood_before(town: Town) -> None:
    cast = town.cast
    floor = (await in_pool(head_of, INVITED)).position
    home = cast.organisations["far-lake"]
    await in_pool(
        take_seat, cast.torture, person=cast.outsider, for_organisation=home, by=None, visible_from=floor
    )
    async with greeted(cast.outsider) as late, greeted(cast.member) as other:
        await late.join(INVITED)
        await other.join(INVITED)
        change: dict[str, Any] = {"version": 1, "body": "Since Monday, in a cellar."}
        await in_pool(edit, town.secret, by=cast.second_member, key=uuid.uuid4(), **change)
        heard = [await page.hear("entry") for page in (late, other)]
        await in_pool(a_post, town.closed_to_others, cast.member, "For all")
        after = await late.hear("entry")
    assert heard[0] == {
        name: heard[0][name] for name in ("t", "stream", "epoch", "position", "kind", "at", "stub")
    }
    assert heard[1]["html"] == "<p>Since Monday, in a cellar.</p>"
    assert after["html"] == "<p>For all</p>"
    assert "cellar" not in json.dumps(late.frames)


async def test_below_a_seat_there_is_nothing_to_catch_up_on(town: Town) -> None:
    cast = town.cast
    place = await in_pool(head_of, INVITED)
    home = cast.organisations["far-lake"]
    await in_pool(
        take_seat,
        cast.torture,
        person=cast.outsider,
        for_organisation=home,
        by=None,
        visible_from=place.position,
    )
    async with greeted(cast.outsider) as late:
        reset = await late.join(INVITED, epoch=place.epoch, since=place.position - 1)
    assert (reset["t"], reset["reason"]) == ("reset", "below_floor")
