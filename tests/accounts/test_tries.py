"""Guessing a link of a mail is stopped after some tries; the right one, however often, is not."""

import pytest
from django.test import Client, override_settings

from dialogue.digests.actions.subscriptions import ensure_subscription
from dialogue.digests.tokens import token_of
from dialogue.organisations.actions.invitations import invite
from dialogue.organisations.models import Role
from tests.organisations.cast import an_organisation, delegate_of, somebody

TRIES = 20
pytestmark = pytest.mark.django_db


def an_invitation_link() -> str:
    ngo = an_organisation()
    _invitation, token = invite(
        ngo, by=delegate_of(ngo, Role.LEAD), email="new@demo.example", role=Role.MEMBER
    )
    return f"/invitations/{token}/"


def test_guessing_invitations_is_stopped() -> None:
    link, client = an_invitation_link(), Client()
    answers = [client.get(f"/invitations/guess-{number}/").status_code for number in range(TRIES)]
    assert answers == [410] * TRIES
    assert client.get("/invitations/one-more/").status_code == 429
    assert client.get(link).status_code == 429, "else the right one could still be found"
    assert Client(REMOTE_ADDR="203.0.113.5").get(link).status_code == 302


def test_a_link_that_is_right_is_not_counted() -> None:
    link, client = an_invitation_link(), Client()
    assert {client.get(link).status_code for _ in range(TRIES + 5)} == {302}


@pytest.mark.parametrize("method", ["get", "post"])
def test_guessing_at_unsubscribing_is_stopped(method: str) -> None:
    client = Client()
    ask = getattr(client, method)
    answers = [ask(f"/digest/unsubscribe/?token=guess-{n}").status_code for n in range(TRIES)]
    assert answers == [404] * TRIES
    assert ask("/digest/unsubscribe/?token=one-more").status_code == 429
    assert client.post("/digest/unsubscribe/undo/?token=one-more").status_code == 429


def test_one_provider_unsubscribes_many() -> None:
    tokens = [token_of(ensure_subscription(somebody(f"reader-{number}"))) for number in range(TRIES + 5)]
    answers = {Client().post(f"/digest/unsubscribe/?token={token}").status_code for token in tokens}
    assert answers == {200}


@override_settings(EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend")
def test_nobody_floods_strangers_with_invitations(client: Client) -> None:
    ngo = an_organisation()
    client.force_login(delegate_of(ngo, Role.LEAD))
    form = {"email": "stranger@demo.example", "role": "member"}
    answers = [client.post("/organisations/ngo/invite/", form).status_code for _ in range(31)]
    assert answers == [200] * 30 + [429]
