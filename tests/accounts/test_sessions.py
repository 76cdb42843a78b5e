"""Whatever ends a session kicks its person when it is gone; a new password ends all the others."""

from collections.abc import Iterator

import pytest
from django.test import Client, override_settings

from dialogue.accounts.actions import create_account
from dialogue.accounts.models import User
from dialogue.accounts.queries import living_sessions
from dialogue.journal import bells

PASSWORD = "a-long-and-uncommon-phrase"
NEW_PASSWORD = "another-uncommon-phrase"
pytestmark = pytest.mark.django_db(transaction=True)


class Kicks:
    """Who was kicked, and whether the watched session was there at that moment."""

    def __init__(self) -> None:
        self.watched = ""
        self.heard: list[tuple[int, bool]] = []

    def hear(self, people: list[int]) -> None:
        is_there = self.watched in living_sessions([self.watched])
        self.heard.extend((person, is_there) for person in people)


@pytest.fixture
def kicks() -> Iterator[Kicks]:
    kicks = Kicks()
    bells.listen_for_kicks(kicks.hear)
    yield kicks
    bells.stop_listening_for_kicks(kicks.hear)


def somebody(name: str) -> User:
    return create_account(
        email=f"{name}@demo.example", name=name, language="en", password=PASSWORD, is_address_confirmed=True
    )


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def key_of(client: Client) -> str:
    return str(client.session.session_key)


def test_signing_out_kicks_when_the_session_is_gone(kicks: Kicks) -> None:
    person, other = somebody("person"), somebody("other")
    client = signed_in(person)
    signed_in(other)
    kicks.watched = key_of(client)
    client.post("/accounts/logout/")
    assert kicks.heard == [(person.pk, False)]


def test_signing_in_as_somebody_else_kicks_who_was_there(kicks: Kicks) -> None:
    person = somebody("person")
    client = signed_in(person)
    kicks.watched = key_of(client)
    client.force_login(somebody("other"))
    assert kicks.heard == [(person.pk, False)]


def test_signing_in_kicks_nobody(kicks: Kicks) -> None:
    client = Client()
    client.get("/accounts/login/")
    signed_in(somebody("person"))
    assert kicks.heard == []


def test_a_new_password_ends_all_sessions_but_the_one_that_set_it(kicks: Kicks) -> None:
    person = somebody("person")
    here, elsewhere, others = signed_in(person), signed_in(person), signed_in(somebody("other"))
    kicks.watched = key_of(elsewhere)
    form = {"oldpassword": PASSWORD, "password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    assert here.post("/accounts/password/change/", form).status_code == 302
    assert (person.pk, False) in kicks.heard
    assert {who for who, _ in kicks.heard} == {person.pk}
    assert "_auth_user_id" in here.session
    assert living_sessions([key_of(here), key_of(others)]) == {key_of(here), key_of(others)}


@override_settings(EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend")
def test_a_forgotten_password_ends_all_sessions(mailoutbox: list[object], kicks: Kicks) -> None:
    person = somebody("person")
    elsewhere, visitor = signed_in(person), Client()
    kicks.watched = key_of(elsewhere)
    visitor.post("/accounts/password/reset/", {"email": person.email})
    text = str(getattr(mailoutbox[-1], "body", ""))
    link = next(word for word in text.split() if "/password/reset/key/" in word)
    page = visitor.get("/" + link.split("/", 3)[3])["Location"]
    form = {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    assert visitor.post(page, form).status_code == 302
    assert (person.pk, False) in kicks.heard
    assert living_sessions([kicks.watched]) == set()


def test_deactivation_in_the_admin_kicks(kicks: Kicks) -> None:
    admin = User.objects.create_superuser("root@demo.example", PASSWORD, name="Root")
    person = somebody("person")
    form = {"name": person.name, "email": person.email, "language": "en"}
    answer = signed_in(admin).post(f"/admin/accounts/user/{person.pk}/change/", form)
    assert answer.status_code == 302, answer.content[:2000]
    person.refresh_from_db()
    assert not person.is_active
    assert person.pk in {who for who, _ in kicks.heard}
