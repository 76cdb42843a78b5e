"""Django's mail becomes rows: with the caller's transaction, one a recipient, one header a header."""

import pytest
from django.core.mail import BadHeaderError, EmailMessage, EmailMultiAlternatives
from django.db import transaction
from django.utils import timezone

from dialogue.outbox.actions import Letter, queue_mail
from dialogue.outbox.models import MailState, OutgoingMail
from tests.outbox.letters import LETTER, NOW

pytestmark = pytest.mark.django_db


def test_one_row_a_recipient() -> None:
    message = EmailMultiAlternatives(
        "Subject",
        "text",
        "a@example.org",
        ["b@example.org"],
        bcc=["c@example.org"],
        reply_to=["r@example.org"],
    )
    message.attach_alternative("<p>html</p>", "text/html")
    assert message.send() == 1
    rows = OutgoingMail.objects.order_by("recipient")
    assert [row.recipient for row in rows] == ["b@example.org", "c@example.org"]
    assert {(row.text, row.html, row.sender, row.state) for row in rows} == {
        ("text", "<p>html</p>", "a@example.org", MailState.QUEUED)
    }
    assert rows[0].headers == {"Reply-To": "r@example.org", "Content-Language": "kk"}
    assert rows[0].message_id != rows[1].message_id


def test_an_html_body_is_html() -> None:
    message = EmailMessage("Subject", "<p>html</p>", None, ["b@example.org"])
    message.content_subtype = "html"
    message.send()
    row = OutgoingMail.objects.get()
    assert (row.text, row.html) == ("", "<p>html</p>")


def test_mail_goes_back_with_its_transaction() -> None:
    with transaction.atomic():
        EmailMessage("Subject", "text", None, ["b@example.org"]).send()
        transaction.set_rollback(True)
    assert not OutgoingMail.objects.exists()


@pytest.mark.parametrize(
    "message",
    [
        EmailMessage("Hello\nBcc: x@example.org", "", "a@example.org", ["b@example.org"]),
        EmailMessage("Hello", "", "a@example.org\r\nX: y", ["b@example.org"]),
        EmailMessage("Hello", "", "a@example.org", ["b@example.org\nx@example.org"]),
        EmailMessage("Hello", "", "a@example.org", ["b@example.org"], headers={"X-One": "1\r\nX-Two: 2"}),
        EmailMessage("Hello", "", "a@example.org", ["b@example.org"], headers={"X-One: 1\nX-Two": "2"}),
    ],
)
def test_no_header_smuggles_another(message: EmailMessage) -> None:
    with pytest.raises(BadHeaderError):
        message.send()
    assert not OutgoingMail.objects.exists()


def test_attachments_are_refused_not_lost() -> None:
    message = EmailMessage("Hello", "", None, ["b@example.org"])
    message.attach("list.csv", "a,b", "text/csv")
    with pytest.raises(ValueError, match="attachments"):
        message.send()


def test_a_mail_needs_an_address() -> None:
    with pytest.raises(ValueError, match="address"):
        queue_mail(LETTER, recipient="nobody", now=NOW)


def test_the_same_key_is_the_same_mail() -> None:
    first = queue_mail(LETTER, recipient="b@example.org", now=NOW, dedupe_key="digest:7:2026-48")
    again = queue_mail(
        Letter("Other", "other"), recipient="b@example.org", now=timezone.now(), dedupe_key="digest:7:2026-48"
    )
    assert (again.pk, again.subject, again.message_id) == (first.pk, LETTER.subject, first.message_id)
    assert "2026-48" not in first.message_id
    other = queue_mail(LETTER, recipient="b@example.org", now=NOW, dedupe_key="digest:7:2026-49")
    assert other.message_id != first.message_id
