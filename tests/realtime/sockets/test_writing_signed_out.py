"""An act asked for by a socket is written by whoever is signed in at the moment of writing."""

import asyncio
import threading
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from dialogue.accounts.actions import end_sessions, raise_auth_version
from dialogue.accounts.models import User
from dialogue.journal import bells, entries
from dialogue.organisations.actions.delegations import delegate
from dialogue.organisations.models import Role
from dialogue.realtime import process, reconcile
from dialogue.realtime.acting import in_pool
from dialogue.realtime.revocation import refuse_signed_out
from dialogue.rooms.models import Post, ReadMark
from tests.realtime.sockets.driver import Page, greeted
from tests.realtime.sockets.town import ROOM, Town


@pytest.fixture(autouse=True)
def nobody_tells(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Neither kicks nor looks from time to time: what is refused is refused by the write itself."""
    monkeypatch.setattr(reconcile, "EVERY_SECONDS", 60.0)
    bells.stop_listening_for_kicks(process.kick)
    yield
    bells.listen_for_kicks(process.kick)


def say(page: Page, town: Town, body: str = "unsaid") -> str:
    return page.send("post", stream=ROOM, thread=town.thread.public_id, body=body)


async def stored(body: str = "unsaid") -> int:
    return await in_pool(Post.objects.filter(current__body=body).count)


async def signed_out(page: Page) -> None:
    assert await page.until_closed() == 4401
    assert page.frames[-1] == {"t": "bye", "retry_in_ms": 0, "reason": "signed_out"}
    assert not [frame for frame in page.frames if frame["t"] in ("ack", "error")]


async def test_whoever_signed_out_writes_nothing_more(town: Town) -> None:
    async with greeted(town.cast.member) as page:
        await page.join(ROOM)
        await in_pool(end_sessions, town.cast.member)
        say(page, town)
        await signed_out(page)
    assert await stored() == 0


async def test_signing_out_while_the_act_waits_for_its_turn(town: Town) -> None:
    """The look happens under the lock: whoever looked before waiting would still find the session."""
    holding, may_go = threading.Event(), threading.Event()

    def sign_out_slowly() -> None:
        with entries.opening([ROOM]):
            end_sessions(town.cast.member)
            holding.set()
            assert may_go.wait(10)

    async with greeted(town.cast.member) as page:
        await page.join(ROOM)
        signing_out = asyncio.create_task(in_pool(sign_out_slowly))
        await asyncio.to_thread(holding.wait, 10)
        say(page, town)
        await asyncio.sleep(0.5)
        assert (page.code, page.frames[-1]["t"]) == (None, "live"), "it waits"
        may_go.set()
        await signing_out
        await signed_out(page)
    assert await stored() == 0


async def test_a_read_mark_is_a_write_too(town: Town) -> None:
    async with greeted(town.cast.member) as page:
        await page.join(ROOM)
        await in_pool(ReadMark.objects.all().delete)
        await in_pool(end_sessions, town.cast.member)
        page.send("read", stream=ROOM, thread=town.thread.public_id, position=1)
        await signed_out(page)
    assert await in_pool(ReadMark.objects.count) == 0


async def test_a_deactivated_person_and_a_session_that_ran_out(town: Town) -> None:
    async with greeted(town.cast.member) as page, greeted(town.cast.lead) as other:
        await page.join(ROOM)
        await other.join(ROOM)
        await in_pool(User.objects.filter(pk=town.cast.member.pk).update, is_active=False)
        await in_pool(Session.objects.update, expire_date=timezone.now() - timedelta(seconds=1))
        say(page, town)
        say(other, town)
        await signed_out(page)
        await signed_out(other)
    assert await stored() == 0


async def test_access_that_moved_without_an_end_ends_nothing(town: Town) -> None:
    async with greeted(town.cast.member) as page:
        await page.join(ROOM)
        await in_pool(raise_auth_version, [town.cast.member.pk])
        said = {"stream": ROOM, "thread": town.thread.public_id, "body": "said"}
        assert (await page.answer("post", **said))["t"] == "ack"
    assert await stored("said") == 1


async def test_new_power_on_a_password_alone_writes_nothing(town: Town, settings: Any) -> None:
    settings.DEMO = False
    office = town.cast.organisations["office"]
    async with greeted(town.cast.member) as page:
        await page.join(ROOM)
        await in_pool(delegate, town.cast.member, office, Role.OFFICER, given_by=None)
        say(page, town)
        await signed_out(page)
    assert await stored() == 0


async def test_as_long_as_nothing_moved_it_costs_one_question(town: Town) -> None:
    def questions() -> int:
        with CaptureQueriesContext(connection) as asked, transaction.atomic():
            refuse_signed_out(who, is_writing=True)
        return sum("django_session" in one["sql"] or "accounts_user" in one["sql"] for one in asked)

    async with greeted(town.cast.member):
        (who,) = [socket.listener for socket in process.the_hub().locals]
        assert await in_pool(questions) == 1
