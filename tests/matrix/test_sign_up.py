"""Rows B47 and B53–B58 of the catalogue: names, passwords, addresses and links of newcomers."""

from collections.abc import Iterator
from typing import Any, Final
from unittest.mock import patch

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from dialogue.accounts.models import User
from dialogue.organisations.actions.invitations import invite
from dialogue.organisations.models import Role
from tests.addresses import NO_ADDRESSES
from tests.cast import Cast, build_cast
from tests.matrix.entrance import reset_link, reset_page
from tests.matrix.undoing import undone

PASSWORD: Final = "a-long-and-uncommon-phrase"
NEW: Final = "new@post.example"
SIGN_UP: Final = "/accounts/signup/"
RESET: Final = "/accounts/password/reset/"


@pytest.fixture(scope="module")
def people(db: None) -> Cast:
    return build_cast()


@pytest.fixture
def newcomer(people: Cast) -> Iterator[Client]:
    """Came by a link that was sent to ``NEW``."""
    cache.clear()
    in_memory = override_settings(EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend")
    with undone(), in_memory:
        home = people.organisations["quiet-coast"]
        _invitation, token = invite(home, by=people.lead, email=NEW, role=Role.MEMBER)
        client = Client(headers={"Accept-Language": "en"})
        client.get(f"/invitations/{token}/")
        yield client


def signed_up(client: Client, **change: str) -> Any:
    typed = {"name": "Aigerim Nova", "email": NEW, "password1": PASSWORD, "language": "en", **change}
    return client.post(SIGN_UP, typed)


def refused(client: Client, **change: str) -> str:
    before = User.objects.count()
    answer = signed_up(client, **change)
    assert answer.status_code == 200
    assert User.objects.count() == before
    assert 'class="field__error"' in answer.text
    assert PASSWORD not in answer.text
    return str(answer.text)


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_language_of_the_page_is_offered_first(newcomer: Client, language: str) -> None:
    page = newcomer.get(SIGN_UP, headers={"Accept-Language": language}).text
    assert f'<option value="{language}" selected>' in page


@pytest.mark.parametrize(
    "name",
    ["A\u202eb Nova", "Аigerim Nova", "Administrator", "A", "x" * 300, "🙂🙂🙂", "  ", "A\u200bb\u2060"],
    ids=["bidi", "mixed script", "reserved", "one letter", "long", "emoji", "empty", "invisible"],
)
def test_b53_a_name_that_hides_or_pretends(newcomer: Client, name: str) -> None:
    page = refused(newcomer, name=name)
    assert NEW in page


@pytest.mark.parametrize(
    "password",
    [
        *("seven77", "password1234", "new@post.example1", "123456789012"),
        *("Aigerim-Nova-88", "quiet coast, 2026"),
    ],
)
def test_b54_a_password_that_is_easily_guessed(newcomer: Client, password: str) -> None:
    assert password not in refused(newcomer, password1=password)


@pytest.mark.parametrize(
    "password", ["x9" * 32, "qz7" * 42 + "ab", " with spaces inside, and around ", "🦆🪿🦆🪿🦆🪿🦆🪿🦆🪿🦆🪿"]
)
def test_b54_a_long_password_is_kept_whole(newcomer: Client, password: str) -> None:
    assert signed_up(newcomer, password1=password).status_code == 302
    assert User.objects.get(email=NEW).check_password(password)


def test_b54_a_password_of_megabytes_is_not_read(newcomer: Client) -> None:
    before = User.objects.count()
    assert signed_up(newcomer, password1="x" * 10_000_000).status_code == 413
    assert User.objects.count() == before


@pytest.mark.parametrize("email", NO_ADDRESSES.values(), ids=NO_ADDRESSES)
def test_b55_an_address_that_is_none(newcomer: Client, email: str) -> None:
    assert "Aigerim Nova" in refused(newcomer, email=email)
    assert not mail.outbox


@pytest.mark.parametrize("email", ["NEW@post.example", " new@post.example "])
def test_b55_an_address_is_normalised(newcomer: Client, email: str) -> None:
    assert signed_up(newcomer, email=email).status_code == 302
    assert User.objects.filter(email=NEW).count() == 1


def test_b56_known_and_unknown_addresses_look_alike(newcomer: Client, people: Cast) -> None:
    pages = []
    for email in (people.member.email, "unknown@post.example"):
        answer = Client().post(RESET, {"email": email}, follow=True)
        pages.append((answer.redirect_chain, answer.text.split("<main", 1)[1]))
    assert pages[0] == pages[1]
    assert [letter.to for letter in mail.outbox] == [[people.member.email], ["unknown@post.example"]]


def test_b56_known_and_unknown_addresses_cost_the_same_work(newcomer: Client, people: Cast) -> None:
    """Time is that of passwords that are hashed, mails that are made, and questions to the database."""
    work = []
    for email in (people.member.email, "unknown@post.example"):
        already = len(mail.outbox)
        hashing = patch.object(Argon2PasswordHasher, "encode", side_effect=AssertionError)
        with CaptureQueriesContext(connection) as asked, hashing:
            Client().post(RESET, {"email": email})
        work.append((len(asked), len(mail.outbox) - already))
    (questions, mails), (of_unknown, mails_to_unknown) = work
    assert mails == mails_to_unknown == 1
    # Who the address belongs to, and its sign-in name: two reads by a key, beside a mail that is rendered.
    assert abs(questions - of_unknown) <= 2


def test_b58_a_used_or_cut_link_says_so_and_shows_the_way(newcomer: Client, people: Cast) -> None:
    Client().post(RESET, {"email": people.member.email})
    text = str(mail.outbox[-1].body)
    link = next(word for word in text.split() if "/password/reset/key/" in word)
    path = "/" + link.split("/", 3)[3]
    visitor = Client()
    form = visitor.get(path, follow=True)
    chosen = {"password1": PASSWORD, "password2": PASSWORD}
    assert visitor.post(form.redirect_chain[-1][0], chosen).status_code == 302
    for broken in (path, path[:-3] + "/", path.replace("/key/", "/key/x")):
        page = Client().get(broken, follow=True)
        assert page.status_code == 200
        assert "password1" not in page.text
        assert RESET in page.text


def test_b58_an_expired_link_shows_the_way(people: Cast) -> None:
    link = reset_link(people.member)
    with override_settings(PASSWORD_RESET_TIMEOUT=-1):
        page = Client().get(link, follow=True)
    assert page.status_code == 200
    assert "password1" not in page.text
    assert RESET in page.text


def test_b58_a_link_opened_by_somebody_else_is_about_whom_it_was_sent_to(people: Cast) -> None:
    other = Client()
    other.force_login(people.lead, backend="django.contrib.auth.backends.ModelBackend")
    with undone():
        typed = {"password1": PASSWORD, "password2": PASSWORD}
        assert other.post(reset_page(other, people.member), typed).status_code == 302
        assert User.objects.get(pk=people.member.pk).check_password(PASSWORD)
        assert not User.objects.get(pk=people.lead.pk).check_password(PASSWORD)
        assert other.session.get("_auth_user_id") != str(people.member.pk)


def test_b47_a_forged_header_does_not_reset_the_count(newcomer: Client) -> None:
    """Behind no proxy of ours, what a header says about the address counts for nothing."""
    forged = [
        Client(headers={"X-Forwarded-For": f"203.0.113.{number}", "X-Real-IP": f"203.0.113.{number}"})
        for number in range(22)
    ]
    codes = [client.get("/invitations/mistyped/").status_code for client in forged]
    assert codes[0] == 410
    assert codes[-1] == 429
