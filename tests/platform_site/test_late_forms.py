"""Who was signed out while their form waited for a lock writes nothing and keeps the text."""

import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from django.db import connection, connections
from django.http import HttpResponse
from django.test import AsyncClient, Client
from django.test.utils import CaptureQueriesContext

from dialogue.accounts.actions import end_sessions, raise_auth_version
from dialogue.accounts.models import User
from dialogue.journal import locks
from dialogue.journal.entries import opening
from dialogue.rooms.actions import opening as rooms_opening
from dialogue.rooms.actions import posts, reactions
from dialogue.rooms.models import Reaction, Thread
from tests.cast import Cast, a_thread
from tests.rooms.pages import as_, bodies, thread_address

pytestmark = pytest.mark.django_db(transaction=True)

TEXT = "We saw this on the way home."
Happening = Callable[[], object]


@pytest.fixture
def thread(cast: Cast) -> Thread:
    return a_thread(cast.disability, cast.member, body="First")


@pytest.fixture
def before_the_lock(monkeypatch: pytest.MonkeyPatch) -> Callable[[Happening], None]:
    """Let something happen once the act has begun and waits for its stream."""

    def arrange(happening: Happening) -> None:
        @contextmanager
        def late(*names: str, **rest: Any) -> Iterator[Any]:
            happening()
            with rooms_opening.opening(*names, **rest) as opened:
                yield opened

        for module in (posts, reactions):
            monkeypatch.setattr(module, "opening", late)

    return arrange


@contextmanager
def stream_held(name: str) -> Iterator[None]:
    """As another act holds it; on SQLite acts wait for each other before they touch the file."""
    if connection.vendor == "sqlite":
        with locks.one_writer_a_process():
            yield
        return
    with opening([name]):
        yield


def typed(**more: str) -> dict[str, str]:
    return {"key": str(uuid.uuid4()), "byline": "organisation", "lang": "en", "body": TEXT, **more}


def address_for(thread: Thread) -> str:
    return f"/threads/{thread.public_id}/posts/"


def deactivate(person: User) -> None:
    User.objects.filter(pk=person.pk).update(is_active=False)


@pytest.mark.parametrize("ending", [end_sessions, deactivate])
def test_a_form_that_waits_while_its_person_is_signed_out(
    cast: Cast, thread: Thread, before_the_lock: Callable[[Happening], None], ending: Callable[[User], None]
) -> None:
    client, waits = as_(cast.member), Event()
    before_the_lock(waits.set)

    def send() -> HttpResponse:
        try:
            response: Any = client.post(address_for(thread), typed())
            return response  # type: ignore[no-any-return]
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with stream_held(thread.room.stream_name):
            answer = pool.submit(send)
            assert waits.wait(timeout=20)
            ending(cast.member)
            assert not answer.done()
        page = answer.result(timeout=20)
    assert bodies(thread) == ["First"]
    assert page.status_code == 403
    assert TEXT in page.text
    assert 'href="/accounts/login/"' in page.text


def test_the_way_back_is_a_page_of_ours(
    cast: Cast, thread: Thread, before_the_lock: Callable[[Happening], None]
) -> None:
    before_the_lock(lambda: end_sessions(cast.member))
    here = f"http://testserver{thread_address(thread)}"
    page = as_(cast.member).post(address_for(thread), typed(), headers={"Referer": here})
    assert f'href="/accounts/login/?next=http%3A//testserver{thread_address(thread)}"' in page.text
    page = as_(cast.member).post(address_for(thread), typed(), headers={"Referer": "https://evil.example/"})
    assert "evil.example" not in page.text


def test_a_button_leads_to_the_sign_in_page(
    cast: Cast, thread: Thread, before_the_lock: Callable[[Happening], None]
) -> None:
    before_the_lock(lambda: end_sessions(cast.member))
    address = f"/posts/{thread.posts.get().public_id}/react/"
    pressed = {"key": str(uuid.uuid4()), "reaction": "seen:on"}
    answer = as_(cast.member).post(address, pressed)
    assert answer.headers["Location"] == f"/accounts/login/?next={address}"
    assert not Reaction.objects.exists()


def test_who_lives_on_writes_though_other_devices_were_signed_out(
    cast: Cast, thread: Thread, before_the_lock: Callable[[Happening], None]
) -> None:
    before_the_lock(lambda: raise_auth_version([cast.member.pk]))
    assert as_(cast.member).post(address_for(thread), typed()).status_code == 302
    assert bodies(thread) == ["First", TEXT]


async def test_it_holds_on_a_server_that_serves_sockets(
    cast: Cast, thread: Thread, before_the_lock: Callable[[Happening], None]
) -> None:
    before_the_lock(lambda: end_sessions(cast.member))
    client = AsyncClient()
    await client.aforce_login(cast.member)
    page = await client.post(address_for(thread), typed())
    # Django ran it in a thread of its own, which has a connection of its own.
    await sync_to_async(connections.close_all)()
    assert page.status_code == 403
    assert TEXT in page.content.decode()


def queries_about_sessions(client: Client, thread: Thread, body: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        client.post(address_for(thread), typed(body=body))
    return sum("django_session" in query["sql"] for query in asked.captured_queries)


def test_only_an_act_asks(cast: Cast, thread: Thread) -> None:
    client = as_(cast.member)
    assert queries_about_sessions(client, thread, "  ") == 1
    assert queries_about_sessions(client, thread, TEXT) == 2
