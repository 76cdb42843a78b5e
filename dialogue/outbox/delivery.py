"""From a row to a server or a file: at most one mail a row, whatever dies in between."""

from datetime import datetime, timedelta
from email.utils import format_datetime
from time import monotonic
from typing import Any

import structlog
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.db.models import F

from dialogue.outbox.models import MailState, OutgoingMail
from dialogue.outbox.transports import (
    Rejected,
    Transport,
    TryLater,
    Unknown,
    transport_from_settings,
)

log = structlog.get_logger(__name__)

# A run ends well before the worker's time limit, and a lease well after any run.
RUN_SECONDS = 180
LEASE = timedelta(minutes=15)
PAUSES = [timedelta(minutes=m) for m in (1, 5, 30, 120, 240, 480, 960)]
MAX_ATTEMPTS = len(PAUSES) + 1


def deliver_due(*, now: datetime, limit: int = 100) -> int:
    """Send what is due and return how many were sent. Call it outside any transaction."""
    _doubt_expired(now)
    transport = transport_from_settings()
    due = OutgoingMail.objects.filter(state=MailState.QUEUED, not_before__lte=now)
    end, sent = monotonic() + RUN_SECONDS, 0
    for pk in list(due.order_by("not_before", "pk").values_list("pk", flat=True)[:limit]):
        if monotonic() > end:
            break
        mail = _claim(pk, now=now)
        if mail is not None and _deliver(mail, transport, now=now):
            sent += 1
    return sent


def _claim(pk: int, *, now: datetime) -> OutgoingMail | None:
    """Only one of several claimers changes the row, and it is committed before anything leaves."""
    with transaction.atomic(durable=True):
        claimed = OutgoingMail.objects.filter(pk=pk, state=MailState.QUEUED, not_before__lte=now).update(
            state=MailState.SENDING, leased_until=now + LEASE, attempts=F("attempts") + 1
        )
    return OutgoingMail.objects.get(pk=pk) if claimed else None


def _deliver(mail: OutgoingMail, transport: Transport, *, now: datetime) -> bool:
    try:
        content = _content(mail)
    except Exception as error:
        # One mail that cannot be written must not hold up those behind it.
        log.error("mail.unwritable", exception_type=type(error).__name__)
        _finish(mail, MailState.FAILED, now=now, failure="unwritable")
        return False
    try:
        transport(mail, content)
    except TryLater as fault:
        _put_back(mail, now=now, failure=fault.code)
    except Rejected as fault:
        _finish(mail, MailState.FAILED, now=now, failure=fault.code)
    except Unknown as fault:
        _finish(mail, MailState.UNCERTAIN, now=now, failure=fault.code)
    else:
        _finish(mail, MailState.SENT, now=now)
        return True
    return False


def _content(mail: OutgoingMail) -> bytes:
    headers = {
        "Auto-Submitted": "auto-generated",
        **mail.headers,
        "Message-ID": mail.message_id,
        "Date": format_datetime(mail.queued_at),
    }
    message = EmailMultiAlternatives(mail.subject, mail.text, mail.sender, [mail.recipient], headers=headers)
    if mail.html:
        message.attach_alternative(mail.html, "text/html")
    return message.message().as_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")


def _put_back(mail: OutgoingMail, *, now: datetime, failure: str) -> None:
    if mail.attempts >= MAX_ATTEMPTS:
        _finish(mail, MailState.FAILED, now=now, failure=failure)
        return
    pause = PAUSES[mail.attempts - 1]
    _leave_sending(mail, state=MailState.QUEUED, not_before=now + pause, failure=failure)


def _finish(mail: OutgoingMail, state: MailState, *, now: datetime, failure: str = "") -> None:
    fields: dict[str, Any] = {"state": state, "finished_at": now, "failure": failure}
    if state is MailState.SENT and not settings.DEMO:
        fields.update(text="", html="", headers={})
    _leave_sending(mail, **fields)


def _leave_sending(mail: OutgoingMail, **fields: Any) -> None:
    OutgoingMail.objects.filter(pk=mail.pk, state=MailState.SENDING).update(leased_until=None, **fields)
    log.info("mail.settled", state=str(fields["state"]), code=fields["failure"])


def _doubt_expired(now: datetime) -> None:
    """Whoever held these died between claiming and settling: nobody knows how far they came."""
    count = OutgoingMail.objects.filter(state=MailState.SENDING, leased_until__lt=now).update(
        state=MailState.UNCERTAIN, finished_at=now, leased_until=None, failure="lease_expired"
    )
    if count:
        log.warning("mail.lease_expired", count=count)
