"""What ends without a version that moves: roles and seats with a last day, an issue whose thread is held."""

import json
import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from dialogue.issues.actions.notes import note
from dialogue.issues.models import Issue
from dialogue.organisations.models import Delegation
from dialogue.realtime import reconcile
from dialogue.realtime.acting import in_pool
from dialogue.rooms.actions.holds import hold
from dialogue.rooms.models import Seat
from tests.cast import a_post
from tests.issues.carried import an_issue
from tests.realtime.sockets.driver import greeted
from tests.realtime.sockets.town import INVITED, ROOM, Town

SOON = timedelta(seconds=1.5)


@pytest.fixture(autouse=True)
def often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reconcile, "EVERY_SECONDS", 0.2)


async def test_a_seat_runs_out(town: Town) -> None:
    seats = Seat.objects.filter(room=town.cast.torture, person=town.cast.second_member)
    await in_pool(seats.update, until=timezone.now() + SOON)
    async with greeted(town.cast.second_member) as page:
        await page.join(INVITED)
        await page.join(ROOM)
        assert await page.hear("left") == {"t": "left", "stream": INVITED, "reason": "no_access"}
        await in_pool(a_post, town.closed_to_others, town.cast.member, "unheard")
        await in_pool(a_post, town.thread, town.cast.member, "still heard")
        while (await page.hear("entry"))["stream"] != ROOM:
            pass
    assert "unheard" not in json.dumps(page.frames)


async def test_a_role_runs_out(town: Town) -> None:
    roles = Delegation.objects.filter(person=town.cast.officer)
    await in_pool(roles.update, until=timezone.now() + SOON)
    async with greeted(town.cast.officer) as page:
        await page.join(INVITED)
        assert await page.until_closed() == 4403


async def test_an_issue_goes_with_its_thread(town: Town) -> None:
    cast = town.cast
    issue = await in_pool(an_issue, cast, town.thread)
    stream = f"issue:{issue.reference}"
    async with greeted(cast.second_member) as page, greeted(cast.member) as author:
        await page.join(stream)
        await author.join(stream)
        await in_pool(town.thread.refresh_from_db)
        await in_pool(hold, town.thread, by=cast.moderator, key=uuid.uuid4(), reason="in danger")
        await in_pool(noted, issue, town)
        await author.hear("entry")
        assert await page.until_closed() == 4403
    assert [frame for frame in page.frames if frame["t"] == "entry"] == []


def noted(issue: Issue, town: Town) -> None:
    note(issue, by=town.cast.safety, key=uuid.uuid4(), texts={"ru": "Звонили."}, office_only=False)
