"""Django's door for mail: what allauth and everybody else sends becomes rows."""

from collections.abc import Sequence

from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.utils import timezone

from dialogue.outbox.actions import Letter, queue_mail


class OutboxBackend(BaseEmailBackend):
    """One row a recipient, so that nobody reads another's address and each has a fate of its own."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        now = timezone.now()
        with transaction.atomic():
            for message in email_messages:
                letter = _letter(message)
                for recipient in message.recipients():
                    queue_mail(letter, recipient=str(recipient), now=now)
        return len(email_messages)


def _letter(message: EmailMessage) -> Letter:
    if message.attachments:
        raise ValueError("Mail carries no attachments here: link to the page instead.")
    text, html = str(message.body), ""
    if message.content_subtype == "html":
        text, html = "", text
    if isinstance(message, EmailMultiAlternatives):
        for content, kind in message.alternatives:
            html = str(content) if kind == "text/html" else html
    headers = {str(name): str(value) for name, value in message.extra_headers.items()}
    if message.reply_to:
        headers["Reply-To"] = ", ".join(str(address) for address in message.reply_to)
    return Letter(str(message.subject), text, html, str(message.from_email), headers)
