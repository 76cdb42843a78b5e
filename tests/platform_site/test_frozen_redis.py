"""A Redis that is frozen or gone holds up no page, and opens nothing that it should count (decision 0018)."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.core.cache import caches
from django.test import Client, override_settings

from dialogue.digests.actions.subscriptions import ensure_subscription
from dialogue.digests.tokens import token_of
from dialogue.organisations.actions.invitations import invite
from dialogue.organisations.models import Role
from platform_site.caching import private_caches
from tests.cast import Cast
from tests.servers.redis_server import RedisServer

pytestmark = pytest.mark.django_db
A_FEW_SECONDS = 3.5
TYPED = {"login": "member@demo.example", "password": "mistaken-password"}


@pytest.fixture
def server() -> Iterator[RedisServer]:
    with RedisServer() as server, override_settings(CACHES=private_caches(server.url)):
        yield server
        server.thaw()
        caches["default"].close()


@contextmanager
def soon() -> Iterator[None]:
    begun = time.monotonic()
    yield
    assert time.monotonic() - begun < A_FEW_SECONDS


def signed_in(cast: Cast) -> Client:
    client = Client(headers={"Accept-Language": "en"})
    client.force_login(cast.lead, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.mark.parametrize("fault", [RedisServer.freeze, RedisServer.kill], ids=["frozen", "gone"])
@pytest.mark.parametrize("is_connected", [True, False], ids=["connected", "not yet connected"])
def test_what_guards_a_password_says_not_now(
    server: RedisServer, cast: Cast, fault: Callable[[RedisServer], None], is_connected: bool
) -> None:
    client = Client(headers={"Accept-Language": "en"})
    if is_connected:
        assert client.post("/accounts/login/", TYPED).status_code == 200
    fault(server)
    for path, typed in (("login", TYPED), ("password/reset", {"email": TYPED["login"]})):
        with soon():
            answer = client.post(f"/accounts/{path}/", typed)
        assert answer.status_code == 503
        assert answer.headers["Retry-After"] == "60"
        assert "nothing was done" in answer.text


def test_inviting_waits_too(server: RedisServer, cast: Cast) -> None:
    client = signed_in(cast)
    server.freeze()
    with soon():
        answer = client.post(
            "/organisations/quiet-coast/invite/", {"email": "new@post.example", "role": "member"}
        )
    assert answer.status_code == 503


def test_who_is_signed_in_notices_nothing(server: RedisServer, cast: Cast) -> None:
    client = signed_in(cast)
    server.freeze()
    for path in ("/home/", "/rooms/", "/account/digest/", "/accounts/email/"):
        with soon():
            assert client.get(path).status_code == 200
    with soon():
        assert client.post("/account/digest/", {"frequency": "none"}).status_code == 302
    with soon():
        assert client.post("/accounts/logout/").status_code == 302


def test_links_of_mails_lead_where_they_should(server: RedisServer, cast: Cast) -> None:
    home = cast.organisations["quiet-coast"]
    _invitation, invited = invite(home, by=cast.lead, email="new@post.example", role=Role.MEMBER)
    leave = f"/digest/unsubscribe/?token={token_of(ensure_subscription(cast.member))}"
    server.freeze()
    expected = {f"/invitations/{invited}/": 302, "/invitations/mistyped/": 410, leave: 200}
    for path, status in expected.items():
        with soon():
            assert Client().get(path).status_code == status
    with soon():
        assert Client().post(leave, {"List-Unsubscribe": "One-Click"}).status_code == 200


def test_when_it_is_back_tries_are_counted_again(server: RedisServer, cast: Cast) -> None:
    client = Client()
    server.freeze()
    assert client.post("/accounts/login/", TYPED).status_code == 503
    server.thaw()
    codes = [client.post("/accounts/login/", TYPED).status_code for _try in range(12)]
    assert codes[0] == 200
    assert 503 not in codes
    assert "Too many" in client.post("/accounts/login/", TYPED, headers={"Accept-Language": "en"}).text
