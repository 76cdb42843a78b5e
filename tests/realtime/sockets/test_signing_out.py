"""Whoever signs out, or sets a new password, hears nothing more; the same person elsewhere goes on."""

import asyncio
from http.cookies import SimpleCookie
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from dialogue.accounts.actions import end_sessions
from dialogue.organisations.actions.delegations import delegate
from dialogue.organisations.models import Role
from dialogue.realtime import reconcile
from dialogue.realtime.acting import in_pool
from tests.realtime.sockets.driver import Page, greeted, page_of
from tests.realtime.sockets.town import ROOM, Town

AT_ONCE_SECONDS = 1.0


@pytest.fixture(autouse=True)
def seldom(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is found by looking from time to time: only a kick is fast enough."""
    monkeypatch.setattr(reconcile, "EVERY_SECONDS", 60.0)


async def closed_at_once(page: Page) -> int:
    async with asyncio.timeout(AT_ONCE_SECONDS):
        return await page.until_closed()


def sign_out(cookie: str) -> None:
    client = Client()
    client.cookies = SimpleCookie(cookie)
    client.post("/accounts/logout/")


async def test_signing_out_ends_that_session_alone(town: Town) -> None:
    member = town.cast.member
    async with greeted(member) as page, greeted(member) as elsewhere, greeted(member) as silent:
        await page.join(ROOM)
        await elsewhere.join(ROOM)
        await in_pool(sign_out, dict(page.scope["headers"])[b"cookie"].decode())
        assert await closed_at_once(page) == 4401
        assert page.frames[-1]["reason"] == "signed_out"
        said = {"stream": ROOM, "thread": town.thread.public_id, "body": "Still here."}
        assert (await elsewhere.answer("post", **said))["t"] == "ack"
        assert (elsewhere.code, silent.code) == (None, None)


async def test_a_new_password_ends_a_socket_that_listens_to_nothing(town: Town) -> None:
    """Such a one could still act, and no look at what it hears would find it."""
    member = town.cast.member
    async with greeted(member) as here, greeted(member) as thief, greeted(town.cast.lead) as other:
        key = SimpleCookie(dict(here.scope["headers"])[b"cookie"].decode())[settings.SESSION_COOKIE_NAME]
        await in_pool(end_sessions, member, but=key.value)
        assert await closed_at_once(thief) == 4401
        assert (here.code, other.code) == (None, None)


async def test_new_power_on_a_password_alone_ends_the_socket(town: Town, settings: Any) -> None:
    """Where no second factor exists yet; and the next handshake is turned away."""
    settings.DEMO = False
    cast = town.cast
    async with greeted(cast.member) as page:
        await page.join(ROOM)
        await in_pool(delegate, cast.member, cast.organisations["office"], Role.OFFICER, given_by=None)
        assert await closed_at_once(page) == 4401
    async with page_of(cast.member) as again:
        assert await again.until_closed() == 4401
