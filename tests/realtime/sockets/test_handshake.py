"""Who may open a socket (security.md T1, B31 to B33): everything else is HTTP 403 before it is accepted."""

from typing import Any

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.utils import timezone

from dialogue.accounts.models import User
from dialogue.realtime import handshake, limits, process
from dialogue.realtime.acting import in_pool
from tests.realtime.sockets.driver import Page, cookie_of, greeted, page_of, scope_of
from tests.realtime.sockets.town import ROOM, Town

OURS = settings.SOCKET_ORIGINS[0]
FOREIGN = [
    "https://evil.example",
    "null",
    "",
    f"{OURS}.evil.example",
    OURS.replace("http://", "https://"),
    f"{OURS}0",
    OURS.rsplit(":", 1)[0],
    f"{OURS}/",
    OURS.upper(),
    f"{OURS}, {OURS}",
    f"http://user@{OURS.removeprefix('http://')}",
]


def with_origins(*origins: str) -> dict[str, Any]:
    return {"headers": [(b"origin", origin.encode()) for origin in origins]}


@pytest.mark.parametrize("origin", FOREIGN)
async def test_a_foreign_origin_is_refused(origin: str) -> None:
    async with page_of(**with_origins(origin)) as page:
        assert await page.until_closed() == 403


@pytest.mark.parametrize("origins", [(), (OURS, OURS), (OURS, "https://evil.example")])
async def test_no_origin_and_two_are_refused(origins: tuple[str, ...]) -> None:
    async with page_of(**with_origins(*origins)) as page:
        assert await page.until_closed() == 403


@pytest.mark.parametrize(
    "changes",
    [
        {"path": "/"},
        {"path": "/ws"},
        {"path": "/ws/other"},
        {"subprotocols": []},
        {"subprotocols": ["dialogue.v2", "soap"]},
    ],
)
async def test_another_path_or_protocol_is_refused(changes: dict[str, Any]) -> None:
    async with page_of(**changes) as page:
        assert await page.until_closed() == 403


async def test_a_token_in_the_address_is_not_read(town: Town) -> None:
    key = (await in_pool(cookie_of, town.cast.member)).partition("=")[2]
    async with page_of(query_string=f"token={key}&sessionid={key}".encode()) as page:
        assert await page.until_closed() == 4401


async def test_who_is_signed_out_is_told_so() -> None:
    async with page_of() as page:
        assert await page.until_closed() == 4401
    assert page.frames == [{"t": "bye", "retry_in_ms": 0, "reason": "signed_out"}]


async def test_an_expired_session_and_a_deactivated_person_are_signed_out(town: Town) -> None:
    cookies = [await in_pool(cookie_of, person) for person in (town.cast.member, town.cast.lead)]
    await in_pool(User.objects.filter(pk=town.cast.lead.pk).update, is_active=False)
    key = cookies[0].partition("=")[2]
    await in_pool(Session.objects.filter(pk=key).update, expire_date=timezone.now())
    for cookie in (*cookies, f"{settings.SESSION_COOKIE_NAME}=nonsense", 'a="b'):
        page = Page(scope_of(cookie))
        page.open()
        assert await page.until_closed() == 4401
        assert page.frames[0]["reason"] == "signed_out"
        await page.leave()


@pytest.mark.parametrize("value", ['"\\000bcdefgh"', "A" * 32, "a" * 41, "short", "kék-and-more"])
def test_what_cannot_be_a_session_is_not_looked_for(value: str) -> None:
    """It would be looked for with those of others: what the database refuses would turn them away, too."""
    assert handshake.session_key_of(scope_of(f"{settings.SESSION_COOKIE_NAME}={value}")) == ""


async def test_who_comes_with_a_damaged_cookie_turns_nobody_else_away(town: Town) -> None:
    good = await in_pool(cookie_of, town.cast.member)
    damaged = f'{settings.SESSION_COOKIE_NAME}="\\000bcdefgh"'
    pages = [Page(scope_of(cookie)) for cookie in (good, damaged, good)]
    for page in pages:
        page.open()
    assert await pages[1].until_closed() == 4401
    for page in (pages[0], pages[2]):
        await page.hear("hello")
    for page in pages:
        await page.leave()


async def test_a_broken_database_is_said_and_may_heal(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(_keys: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr(process, "people_of", breaks)
    async with page_of(town.cast.member) as page:
        assert await page.until_closed() == 4500
    assert (page.frames[0]["code"], page.frames[0]["retry"]) == ("server_fault", True)


async def test_the_ninth_socket_of_a_person_closes_the_oldest(town: Town) -> None:
    pages = []
    cookie = await in_pool(cookie_of, town.cast.member)
    for _number in range(9):
        pages.append(Page(scope_of(cookie)))
        pages[-1].open()
        await pages[-1].hear("hello")
    assert await pages[0].until_closed() == 4409
    assert (await pages[0].hear("error"))["code"] == "too_many_connections"
    assert [page.code for page in pages[1:]] == [None] * 8
    for page in pages:
        await page.leave()


async def test_only_so_many_handshakes_at_once_come_from_one_address() -> None:
    places = [handshake.place_for("192.0.2.1") for _number in range(21)]
    free = [place.__enter__() for place in places]
    with handshake.place_for("192.0.2.2") as is_free:
        assert is_free
    assert free == [True] * 20 + [False]
    async with page_of(client=["192.0.2.1", 1]) as page:
        assert await page.until_closed() == 403
    for place in places:
        place.__exit__(None, None, None)
    async with page_of(client=["192.0.2.1", 1]) as page:
        assert await page.until_closed() == 4401


def test_a_forged_address_is_not_believed(settings: Any) -> None:
    forged = scope_of(headers=[(b"x-forwarded-for", b"192.0.2.9, 198.51.100.7")])
    assert handshake.address_of(forged) == "127.0.0.1"
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    assert handshake.address_of(forged) == "198.51.100.7"


async def test_fifty_one_streams_are_too_many(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_STREAMS_PER_SOCKET", 1)
    async with greeted(town.cast.member) as page:
        assert (await page.join(ROOM))["t"] == "live"
        page.send("subscribe", stream=town.cast.member.stream_name)
        error = await page.hear("error")
        assert (error["code"], error["field"]) == ("limit", "stream")
        assert (await page.join(ROOM))["t"] == "live", "the same stream again is no other"


async def test_silence_ends_a_socket_whatever_else_arrives(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MAX_SILENCE_SECONDS", 0.5)
    async with greeted(town.cast.member) as page:
        page.send("got", positions={ROOM: 1})
        assert await page.until_closed() == 4408
    assert page.frames[-1] == {"t": "bye", "retry_in_ms": 0, "reason": "silent"}


async def test_beats_keep_it_open_and_tell_the_heads(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_SILENCE_SECONDS", 2.5)
    monkeypatch.setattr(limits, "HEARTBEAT_SECONDS", 1)
    async with greeted(town.cast.member) as page:
        place = await page.join(ROOM)
        for _turn in range(4):
            page.send("beat")
            assert (await page.hear("beat"))["heads"] == {ROOM: place["position"]}
        assert page.code is None
