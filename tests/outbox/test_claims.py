"""Two runs at once, and a claim that is committed before the mail leaves."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import TypeVar

import pytest
from django.db import connection, transaction

from dialogue.outbox import delivery
from dialogue.outbox.models import MailState, OutgoingMail
from tests.outbox.letters import NOW, a_mail
from tests.outbox.receiver import Receiver

pytestmark = pytest.mark.django_db(transaction=True)


T = TypeVar("T")


def in_threads(*works: Callable[[], T]) -> list[T]:
    def finish(work: Callable[[], T]) -> T:
        try:
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(finish, works))


def test_two_runs_at_once_send_each_mail_once(receiver: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    """The other run goes by between this one's look and its claim."""
    mails = [a_mail() for _ in range(4)]
    claim, counts = delivery._claim, []

    def claim_late(pk: int, *, now: datetime) -> OutgoingMail | None:
        monkeypatch.setattr(delivery, "_claim", claim)
        counts.append(delivery.deliver_due(now=now, limit=3))
        return claim(pk, now=now)

    monkeypatch.setattr(delivery, "_claim", claim_late)
    counts.append(delivery.deliver_due(now=NOW))
    assert counts == [3, 1]
    arrived = sorted(message["Message-ID"] for _, message in receiver.taken)
    assert arrived == sorted(mail.message_id for mail in mails)


def test_others_see_the_claim_while_the_mail_leaves(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []

    def look(mail: OutgoingMail, content: bytes) -> None:
        seen.extend(in_threads(lambda: OutgoingMail.objects.get(pk=mail.pk).state))

    monkeypatch.setattr(delivery, "transport_from_settings", lambda: look)
    a_mail()
    delivery.deliver_due(now=NOW)
    assert seen == [MailState.SENDING]


def test_not_inside_a_transaction() -> None:
    mail = a_mail()
    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        delivery.deliver_due(now=NOW)
    mail.refresh_from_db()
    assert mail.state == MailState.QUEUED
