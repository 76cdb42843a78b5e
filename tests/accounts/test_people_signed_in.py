"""Many sessions are looked up at once, and each is judged as Django judges one."""

from collections.abc import Callable
from datetime import timedelta
from importlib import import_module

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user
from django.contrib.sessions.models import Session
from django.db import connection
from django.http import HttpRequest
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from dialogue.accounts.models import User
from dialogue.accounts.queries import people_signed_in

pytestmark = pytest.mark.django_db

engine = import_module(settings.SESSION_ENGINE)


def session_of(user: User, **changed: str) -> str:
    """A session of this person, with these things in it changed."""
    client = Client()
    client.force_login(user)
    session = client.session
    session.update(changed)
    session.save()
    return str(session.session_key)


def with_another_password(user: User) -> None:
    user.set_password("a new one, 42")
    user.save()


def deactivated(user: User) -> None:
    User.objects.filter(pk=user.pk).update(is_active=False)


def removed(user: User) -> None:
    user.delete()


def expired(user: User) -> None:
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))


def damaged(user: User) -> None:
    Session.objects.update(session_data="damaged")


def by_django(key: str) -> User | None:
    request = HttpRequest()
    request.session = engine.SessionStore(key)
    user = get_user(request)
    return user if isinstance(user, User) else None


@pytest.fixture
def user() -> User:
    return User.objects.create_user("someone@ngo.example", "the first one, 41")


@pytest.mark.parametrize("happens", [with_another_password, deactivated, removed, expired, damaged])
def test_what_ends_one_session_ends_it_here(user: User, happens: Callable[[User], None]) -> None:
    key = session_of(user)
    assert people_signed_in([key]) == {key: user}
    happens(user)
    assert people_signed_in([key]) == {}
    assert by_django(key) is None


@pytest.mark.parametrize(
    ("name", "value"),
    [
        (BACKEND_SESSION_KEY, "a.way.in.that.is.not.ours"),
        (HASH_SESSION_KEY, "0" * 64),
        (HASH_SESSION_KEY, ""),
    ],
)
def test_a_session_that_is_not_theirs_is_nobodys(user: User, name: str, value: str) -> None:
    key = session_of(user, **{name: value})
    assert people_signed_in([key]) == {}
    assert by_django(key) is None


def test_a_session_without_anybody_is_nobodys(user: User) -> None:
    store = engine.SessionStore()
    store.create()
    assert SESSION_KEY not in store
    assert people_signed_in([store.session_key, "nonsense", ""]) == {}


def test_a_key_that_was_replaced_still_opens(user: User, settings: pytest.FixtureRequest) -> None:
    key = session_of(user)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]  # type: ignore[attr-defined]
    settings.SECRET_KEY = "another-key-for-this-test-alone"  # type: ignore[attr-defined]
    assert people_signed_in([key]) == {key: user}


def test_many_cost_as_much_as_one() -> None:
    people = [User.objects.create_user(f"someone{number}@ngo.example") for number in range(5)]
    keys = {session_of(one): one for one in people}
    with CaptureQueriesContext(connection) as asked:
        assert people_signed_in(keys) == keys
    assert len(asked) == 2
