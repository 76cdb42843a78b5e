"""The command, the worker's function and its schedule, the demo's files, the admin, the logs."""

from datetime import timedelta
from email import message_from_bytes
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils.module_loading import import_string
from django_q.models import Schedule
from pytest_django import Settings
from structlog.testing import capture_logs

from dialogue.outbox.delivery import deliver_due
from dialogue.outbox.models import MailState, OutgoingMail
from dialogue.outbox.tasks import deliver
from tests.outbox.letters import LETTER, NOW, a_mail
from tests.outbox.receiver import Receiver

pytestmark = pytest.mark.django_db


def test_the_demo_writes_files(own_mail_folder: Path) -> None:
    mail = a_mail()
    out = StringIO()
    call_command("deliver_mail", stdout=out)
    assert out.getvalue().strip() == "1"
    [file] = own_mail_folder.iterdir()
    assert file.suffix == ".eml"
    message = message_from_bytes(file.read_bytes())
    assert message["Message-ID"] == mail.message_id
    assert "example" not in file.name


def test_a_full_or_missing_disk_is_tried_again(own_mail_folder: Path) -> None:
    own_mail_folder.write_text("in the way")
    mail = a_mail()
    assert deliver_due(now=NOW) == 0
    mail.refresh_from_db()
    assert (mail.state, mail.failure) == (MailState.QUEUED, "disk")


def test_the_worker_has_it_on_its_list() -> None:
    schedule = Schedule.objects.get(name="outbox.deliver")
    assert import_string(schedule.func) is deliver
    assert (schedule.schedule_type, schedule.minutes, schedule.repeats) == (Schedule.MINUTES, 1, -1)


def test_the_worker_sends() -> None:
    mail = a_mail()
    assert deliver() == 1
    mail.refresh_from_db()
    assert mail.state == MailState.SENT


def test_a_mail_that_cannot_be_written_holds_up_nobody() -> None:
    broken, good = a_mail(), a_mail()
    OutgoingMail.objects.filter(pk=broken.pk).update(subject="a\nb")
    assert deliver_due(now=NOW) == 1
    broken.refresh_from_db()
    good.refresh_from_db()
    assert (broken.state, broken.failure) == (MailState.FAILED, "unwritable")
    assert good.state == MailState.SENT


def test_a_mistyped_address_of_the_server_sends_nothing(settings: Settings) -> None:
    settings.EMAIL_URL = "http://127.0.0.1"
    mail = a_mail()
    with pytest.raises(ValueError, match="smtp://"):
        deliver_due(now=NOW)
    mail.refresh_from_db()
    assert mail.state == MailState.QUEUED


def test_logs_say_nothing_of_the_mail(receiver: Receiver) -> None:
    with capture_logs() as lines:
        for answer in ("451 aigul@example.org", "550 aigul@example.org", "250 OK"):
            receiver.rcpt = answer
            a_mail()
            deliver_due(now=NOW + timedelta(seconds=1))
    assert [line["state"] for line in lines] == ["queued", "failed", "sent"]
    for secret in ("aigul", "Айгүл", LETTER.subject, LETTER.text):
        assert secret not in str(lines)


def test_the_admin_shows_fates_and_no_bodies(admin_client: Client) -> None:
    mail = a_mail()
    assert admin_client.get(reverse("admin:outbox_outgoingmail_changelist")).status_code == 200
    page = reverse("admin:outbox_outgoingmail_change", args=[mail.pk])
    shown = admin_client.get(page)
    assert shown.status_code == 200
    assert LETTER.text not in shown.content.decode()
    assert admin_client.post(page, {"recipient": "x@example.org"}).status_code == 403
    assert admin_client.get(reverse("admin:outbox_outgoingmail_add")).status_code == 403
