"""One mail, written down, for every test that sends."""

from datetime import UTC, datetime

from dialogue.outbox.actions import Letter, queue_mail
from dialogue.outbox.models import OutgoingMail

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
LETTER = Letter(subject="Жаңа хабар", text="Мәтін", html="<p>Мәтін</p>")


def a_mail() -> OutgoingMail:
    return queue_mail(LETTER, recipient="Айгүл <aigul@example.org>", now=NOW)
