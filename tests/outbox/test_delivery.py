"""What becomes of a mail, with a real server at the other end."""

from datetime import timedelta

import pytest
from pytest_django import Settings

from dialogue.outbox.delivery import MAX_ATTEMPTS, deliver_due
from dialogue.outbox.models import MailState, OutgoingMail
from tests.outbox.letters import NOW, a_mail
from tests.outbox.receiver import Receiver, free_port

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def fate(mail: OutgoingMail) -> tuple[str, str, int]:
    mail.refresh_from_db()
    assert mail.leased_until is None
    return mail.state, mail.failure, mail.attempts


def test_a_mail_arrives_once(receiver: Receiver) -> None:
    mail = a_mail()
    assert deliver_due(now=NOW) == 1
    assert deliver_due(now=NOW + 60 * MINUTE) == 0
    assert fate(mail) == (MailState.SENT, "", 1)
    assert mail.finished_at == NOW
    [(recipients, message)] = receiver.taken
    assert recipients == ["aigul@example.org"]
    assert message["Message-ID"] == mail.message_id
    assert message["Auto-Submitted"] == "auto-generated"
    parts = {part.get_content_type(): part.get_payload(decode=True) for part in message.walk()}
    assert isinstance(parts["text/plain"], bytes)
    assert parts["text/plain"].decode().strip() == "Мәтін"
    assert "text/html" in parts


@pytest.mark.parametrize(("demo", "kept"), [(True, "Мәтін"), (False, "")])
def test_bodies_stay_in_the_demo_only(
    *, demo: bool, kept: str, receiver: Receiver, settings: Settings
) -> None:
    settings.DEMO = demo
    mail = a_mail()
    deliver_due(now=NOW)
    mail.refresh_from_db()
    assert mail.text == kept
    assert bool(mail.html) is demo


@pytest.mark.parametrize("stage", ["rcpt", "data"])
def test_a_passing_refusal_waits_longer_each_time(receiver: Receiver, stage: str) -> None:
    setattr(receiver, stage, "451 Later")
    mail = a_mail()
    now = NOW
    for attempt, minutes in enumerate((1, 5, 30, 120), start=1):
        assert deliver_due(now=now) == 0
        assert fate(mail) == (MailState.QUEUED, "smtp_451", attempt)
        assert mail.not_before == now + minutes * MINUTE
        deliver_due(now=mail.not_before - timedelta(seconds=1))
        assert fate(mail)[2] == attempt
        now = mail.not_before
    setattr(receiver, stage, "250 OK")
    assert deliver_due(now=now) == 1
    assert fate(mail) == (MailState.SENT, "", 5)


def test_patience_ends(receiver: Receiver) -> None:
    receiver.rcpt = "450 Later"
    mail = a_mail()
    for day in range(MAX_ATTEMPTS + 2):
        deliver_due(now=NOW + timedelta(days=day))
    assert fate(mail) == (MailState.FAILED, "smtp_450", 8)


@pytest.mark.parametrize("stage", ["rcpt", "data"])
def test_a_lasting_refusal_is_final(receiver: Receiver, stage: str) -> None:
    setattr(receiver, stage, "550 No")
    mail = a_mail()
    deliver_due(now=NOW)
    receiver.rcpt = receiver.data = "250 OK"
    deliver_due(now=NOW + timedelta(days=1))
    assert fate(mail) == (MailState.FAILED, "smtp_550", 1)
    assert receiver.taken == []


def test_hanging_up_after_the_content_is_never_repeated(receiver: Receiver) -> None:
    receiver.drops = True
    mail = a_mail()
    assert deliver_due(now=NOW) == 0
    assert fate(mail) == (MailState.UNCERTAIN, "dropped", 1)
    receiver.drops = False
    deliver_due(now=NOW + timedelta(days=1))
    assert fate(mail) == (MailState.UNCERTAIN, "dropped", 1)
    assert len(receiver.taken) == 1


def test_no_server_is_no_refusal(settings: Settings) -> None:
    settings.EMAIL_URL = f"smtp://127.0.0.1:{free_port()}"
    mail = a_mail()
    deliver_due(now=NOW)
    assert fate(mail) == (MailState.QUEUED, "connection", 1)


def test_a_password_never_travels_in_the_clear(receiver: Receiver, settings: Settings) -> None:
    settings.EMAIL_URL = settings.EMAIL_URL.replace("//", "//user:secret@")
    mail = a_mail()
    deliver_due(now=NOW)
    assert fate(mail) == (MailState.QUEUED, "no_encryption", 1)
    assert receiver.taken == []


def test_an_expired_lease_is_doubt_and_not_a_second_mail(receiver: Receiver) -> None:
    mail = a_mail()
    OutgoingMail.objects.update(state=MailState.SENDING, attempts=1, leased_until=NOW + MINUTE)
    deliver_due(now=NOW)
    mail.refresh_from_db()
    assert mail.state == MailState.SENDING
    deliver_due(now=NOW + 2 * MINUTE)
    assert fate(mail) == (MailState.UNCERTAIN, "lease_expired", 1)
    assert receiver.taken == []


def test_limit_takes_the_oldest_first(receiver: Receiver) -> None:
    mails = [a_mail() for _ in range(3)]
    assert deliver_due(now=NOW, limit=2) == 2
    states = [OutgoingMail.objects.get(pk=mail.pk).state for mail in mails]
    assert states == [MailState.SENT, MailState.SENT, MailState.QUEUED]
