"""The demonstration's mail page: one's own mail, and only there."""

import re
from datetime import timedelta
from email import message_from_bytes
from pathlib import Path

import pytest
from django.contrib.auth.signals import user_logged_in
from django.test import Client
from django.utils import timezone
from django.utils.translation import override
from pytest_django import Settings

from dialogue.outbox.actions import Letter, queue_mail
from dialogue.outbox.delivery import deliver_due
from dialogue.outbox.models import MailState, OutgoingMail
from tests.cast import Cast, a_thread
from tests.digests.week import MONDAY

pytestmark = pytest.mark.django_db
PAGE, SEND = "/demo/mail/", "/demo/mail/digest/"


@pytest.fixture(autouse=True)
def folder(settings: Settings, tmp_path: Path) -> Path:
    settings.EMAIL_URL, settings.MAIL_DIR, settings.DEMO = "", tmp_path / "mail", True
    return tmp_path / "mail"


def test_a_newcomer_presses_once_and_reads_the_digest(cast: Cast, client: Client, folder: Path) -> None:
    a_thread(cast.disability, cast.second_member, title="Ramp <b>")
    client.force_login(cast.member)
    assert "Ramp" not in client.get(PAGE).text
    assert client.post(SEND).headers["Location"] == PAGE
    page = client.get(PAGE).text
    assert "Ramp &lt;b&gt;" in page
    [file] = folder.iterdir()
    shown = client.get(f"{PAGE}{file.stem}/")
    assert shown.status_code == 200
    assert "Ramp &lt;b&gt;" in shown.text
    policy = sorted(shown.headers["Content-Security-Policy"].split("; "))
    assert policy == ["default-src 'none'", "style-src 'unsafe-inline'"]
    client.post(SEND)
    assert len(list(folder.iterdir())) == 1
    assert message_from_bytes(file.read_bytes())["To"] == cast.member.email


def test_each_mail_is_in_its_own_language(cast: Cast, client: Client) -> None:
    """The one it was written in, whatever the reader chose since; a file that does not say it has theirs."""
    for lang in ("kk", "ru", ""):
        with override(lang or None):
            letter = Letter("Subject", "Words")
        queue_mail(letter, recipient=cast.member.email, now=MONDAY)
    deliver_due(now=MONDAY)
    client.force_login(cast.member)
    page = client.get(PAGE).text
    for lang in ("kk", "ru", cast.member.language):
        assert page.count(f'lang="{lang}">Subject<') == 1
        assert page.count(f'lang="{lang}">Words<') == 1


def test_nobody_reads_anothers_mail(cast: Cast, client: Client, folder: Path) -> None:
    letter = Letter("Canary subject", "Canary text", "<p>Canary html</p>")
    queue_mail(letter, recipient=f"Lead <{cast.lead.email}>", now=MONDAY)
    deliver_due(now=MONDAY)
    [file] = folder.iterdir()
    client.force_login(cast.member)
    assert "Canary" not in client.get(PAGE).text
    assert client.get(f"{PAGE}{file.stem}/").status_code == 404
    client.force_login(cast.lead)
    assert "Canary text" in client.get(PAGE).text
    assert "Canary html" in client.get(f"{PAGE}{file.stem}/").text


def test_opening_the_page_delivers_what_waits(cast: Cast, client: Client, folder: Path) -> None:
    queue_mail(Letter("Subject", "Words that waited"), recipient=cast.member.email, now=MONDAY)
    queue_mail(
        Letter("Later", "Not due"), recipient=cast.member.email, now=timezone.now() + timedelta(hours=1)
    )
    client.force_login(cast.member)
    page = client.get(PAGE).text
    assert "Words that waited" in page
    assert "Not due" not in page
    client.get(PAGE)
    assert len(list(folder.iterdir())) == 1


def test_a_page_waits_for_no_mail_server(cast: Cast, client: Client, settings: Settings) -> None:
    settings.EMAIL_URL = "smtp://127.0.0.1:9"
    queue_mail(Letter("Subject", "Words"), recipient=cast.member.email, now=MONDAY)
    client.force_login(cast.member)
    assert client.get(PAGE).status_code == 200
    assert OutgoingMail.objects.get().state == MailState.QUEUED


def test_nothing_of_it_exists_outside_the_demonstration(
    cast: Cast, client: Client, settings: Settings
) -> None:
    settings.DEMO = False
    client.force_login(cast.member)
    for person in (cast.member, None):
        if person is None:
            client.logout()
        for path in (PAGE, SEND, f"{PAGE}20261123-090000-1/", "/demo/enter/"):
            assert [client.get(path).status_code, client.post(path).status_code] == [404, 404], path


def test_visitors_are_asked_to_sign_in(client: Client) -> None:
    for answer in (client.get(PAGE), client.post(SEND), client.get(f"{PAGE}x/")):
        assert "/accounts/login/" in answer.headers["Location"]


def test_the_link_to_a_new_password_outlives_signing_in_to_read_it(
    cast: Cast, client: Client, settings: Settings
) -> None:
    """Nobody reads a letter here without signing in, and elsewhere that ends the link in it."""
    settings.EMAIL_BACKEND = "dialogue.outbox.backend.OutboxBackend"
    Client().post("/accounts/password/reset/", {"email": cast.member.email})
    deliver_due(now=timezone.now())
    user_logged_in.send(sender=type(cast.member), request=None, user=cast.member)
    client.force_login(cast.member)
    [link] = re.findall(r'href="http://[^/]+(/accounts/password/reset/key/[^"]+)"', client.get(PAGE).text)
    page = client.get(link, follow=True).text
    assert 'name="password1"' in page
