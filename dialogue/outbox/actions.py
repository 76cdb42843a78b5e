"""Writing mail down. It leaves the house later, and only if the caller's transaction commits."""

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import parseaddr

from django.conf import settings
from django.core.mail import BadHeaderError
from django.utils import translation

from dialogue.outbox.models import OutgoingMail

OURS = {"message-id", "date", "from", "to", "cc", "bcc", "subject", "content-language"}


@dataclass(frozen=True)
class Letter:
    """What is said, before it is addressed. An empty ``sender`` is the house's own address.

    ``lang`` is the language it was written in: the one in force where the letter is made.
    """

    subject: str
    text: str
    html: str = ""
    sender: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    lang: str = field(default_factory=lambda: translation.get_language() or "")


def queue_mail(
    letter: Letter, *, recipient: str, now: datetime, dedupe_key: str | None = None
) -> OutgoingMail:
    """Write one mail; the same ``dedupe_key`` again gives the mail that was written first."""
    sender = letter.sender or settings.DEFAULT_FROM_EMAIL
    _refuse_line_breaks(letter.subject, sender, recipient, *letter.headers, *letter.headers.values())
    if "@" not in parseaddr(recipient)[1]:
        raise ValueError("A mail needs exactly one address to go to.")
    message_id = _message_id(dedupe_key)
    # Not by message id when there is a key: its host may change between two deployments.
    first = {"dedupe_key": dedupe_key} if dedupe_key else {"message_id": message_id}
    values = {
        "recipient": recipient,
        "subject": letter.subject,
        "text": letter.text,
        "html": letter.html,
        "sender": sender,
        "headers": _headers(letter),
        "message_id": message_id,
        "not_before": now,
        "queued_at": now,
    }
    return OutgoingMail.objects.get_or_create(**first, defaults=values)[0]


def _headers(letter: Letter) -> dict[str, str]:
    """A mail of text alone says nowhere else in which language a screen reader shall read it."""
    given = {name: value for name, value in letter.headers.items() if name.lower() not in OURS}
    return {**given, "Content-Language": letter.lang} if letter.lang else given


def _refuse_line_breaks(*values: str) -> None:
    for value in values:
        if "\r" in value or "\n" in value:
            raise BadHeaderError("A line break in a mail header would start another header.")


def _message_id(dedupe_key: str | None) -> str:
    """The same key is the same mail; the key itself stays inside, because it may name a person."""
    words = hashlib.sha256(dedupe_key.encode()).hexdigest()[:40] if dedupe_key else secrets.token_hex(20)
    host = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].partition("@")[2] or "localhost"
    return f"<{words}@{host}>"
