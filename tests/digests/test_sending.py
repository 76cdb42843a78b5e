"""At most once a person and week, whatever dies in between; and what the operator sees."""

import os
import subprocess
import sys
from datetime import timedelta
from io import StringIO
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils.module_loading import import_string
from django_q.models import Schedule
from freezegun import freeze_time
from structlog.testing import capture_logs

from dialogue.calendar.working_days import ALMATY
from dialogue.digests import tasks
from dialogue.digests.actions import editions, runs
from dialogue.digests.actions.editions import Fate
from dialogue.digests.actions.runs import send_due
from dialogue.digests.models import Edition, EditionState
from dialogue.digests.queries import uncertain_editions
from dialogue.outbox.delivery import deliver_due
from dialogue.outbox.models import MailState, OutgoingMail
from tests.cast import Cast, a_thread
from tests.digests.week import LAST_WEEK, MONDAY, WEEK, digest_of, send
from tests.outbox.receiver import Receiver

HOUR = timedelta(hours=1)
# Members, handlers and the observer read the open room; its author has a deadline of the office.
MAILS, EMPTY, EVERYBODY = 9, 2, 11


@pytest.fixture
def week(cast: Cast) -> Cast:
    a_thread(cast.disability, cast.second_member, now=LAST_WEEK)
    return cast


def rows() -> dict[str, int]:
    return {model.__name__: model._default_manager.count() for model in apps.get_models()}


@pytest.mark.django_db
def test_one_mail_a_person_and_week_however_often_it_runs(week: Cast) -> None:
    first = send_due(now=MONDAY)
    assert first.fates[Fate.QUEUED] == OutgoingMail.objects.count() == MAILS
    assert first.fates[Fate.EMPTY] == EMPTY
    for later in (MONDAY + HOUR, MONDAY + timedelta(days=6)):
        assert send_due(now=later, at_once=True).fates == {Fate.ALREADY: EVERYBODY}
    assert OutgoingMail.objects.count() == MAILS


@pytest.mark.django_db
def test_the_weeks_around_new_year_are_three(week: Cast) -> None:
    for number, monday in enumerate(("2026-12-21", "2026-12-28", "2027-01-04")):
        now = MONDAY.fromisoformat(f"{monday}T09:00").replace(tzinfo=ALMATY)
        a_thread(week.disability, week.second_member, now=now - timedelta(days=1))
        assert runs.send_to(week.member, now=now) is Fate.QUEUED
        assert runs.send_to(week.member, now=now + timedelta(days=5)) is Fate.ALREADY
        assert Edition.objects.filter(person=week.member).count() == number + 1
    periods = Edition.objects.filter(person=week.member).values_list("period", flat=True)
    assert sorted(periods) == ["2026-W52", "2026-W53", "2027-W01"]
    assert OutgoingMail.objects.filter(recipient=week.member.email).count() == 3


@pytest.mark.django_db
def test_before_monday_nine_only_by_hand(week: Cast) -> None:
    early = MONDAY - timedelta(seconds=1)
    assert not send_due(now=early).is_due
    assert not Edition.objects.exists()
    assert send_due(now=early, at_once=True).fates[Fate.QUEUED] == MAILS
    assert send_due(now=MONDAY).fates == {Fate.ALREADY: EVERYBODY}


@pytest.mark.django_db
def test_trouble_with_one_reader_holds_up_nobody(week: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    compose = editions.compose_for

    def stumble(edition: Edition, *rest: object) -> object:
        if edition.person == week.lead:
            raise RuntimeError("their title, their name")
        return compose(edition, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(editions, "compose_for", stumble)
    with capture_logs() as lines:
        run = send_due(now=MONDAY)
    assert (run.fates[Fate.QUEUED], run.failed) == (MAILS - 1, 1)
    assert "their" not in str(lines)
    monkeypatch.undo()
    assert send_due(now=MONDAY + HOUR).fates == {Fate.QUEUED: 1, Fate.ALREADY: EVERYBODY - 1}


@pytest.mark.django_db
def test_a_run_ends_in_time_and_the_next_task_goes_on(week: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    run = send_due(now=MONDAY, seconds=-1)
    assert (run.left, sum(run.fates.values())) == (EVERYBODY, 0)
    asked: list[str] = []
    monkeypatch.setattr(tasks, "RUN_SECONDS", -1)
    monkeypatch.setattr(tasks, "async_task", asked.append)
    with freeze_time(MONDAY):
        assert tasks.send() == EVERYBODY
    assert asked == ["dialogue.digests.tasks.send"]


@pytest.mark.django_db
def test_who_left_or_turned_it_off_between_plan_and_mail_gets_none(week: Cast) -> None:
    edition = editions.plan_edition(week.member, now=MONDAY)
    assert edition is not None
    week.member.delegations.update(ended_at=MONDAY)
    assert editions.send_edition(edition, now=MONDAY) is Fate.UNWANTED
    edition.refresh_from_db()
    assert (edition.state, edition.windows) == (EditionState.DROPPED, {})
    assert not OutgoingMail.objects.exists()


@pytest.mark.django_db
def test_perhaps_sent_is_listed_and_never_sent_again(week: Cast, receiver: Receiver) -> None:
    send(week.member)
    receiver.drops = True
    deliver_due(now=MONDAY)
    receiver.drops = False
    for later in (HOUR, timedelta(days=3)):
        send_due(now=MONDAY + later)
        OutgoingMail.objects.exclude(recipient=week.member.email).delete()
        deliver_due(now=MONDAY + later)
    assert len(receiver.taken) == 1
    [doubtful] = uncertain_editions()
    assert doubtful.person == week.member
    assert doubtful.mail is not None
    assert doubtful.mail.state == MailState.UNCERTAIN
    assert not digest_of(week.member, now=MONDAY + WEEK).has_something_to_say


@pytest.mark.django_db
def test_the_command_says_numbers_and_no_names(week: Cast, own_mail_folder: Path) -> None:
    with freeze_time(MONDAY, real_asyncio=True):
        before, out = rows(), StringIO()
        call_command("send_digests", "--dry-run", stdout=out)
        call_command("send_digests", "--preview", week.member.email, stdout=out)
        call_command("send_digests", "--preview", week.member.email, "--html", stdout=out)
        assert rows() == before
        assert "empty 2, queued 9" in out.getvalue()
        assert "Your weekly digest\n\nWeek 47 · 16–22 Nov 2026" in out.getvalue()
        assert "<!doctype html>" in out.getvalue()
        said = StringIO()
        call_command("send_digests", "--now", stdout=said)
        call_command("send_digests", "--dry-run", stdout=said)
    assert said.getvalue().splitlines() == [
        "2026-W48: empty 2, queued 9, failed 0",
        "delivered from the outbox: 9",
        "2026-W48 (dry run): already 11, failed 0",
    ]
    assert len(list(own_mail_folder.glob("*.eml"))) == MAILS
    with pytest.raises(CommandError, match="Nobody"):
        call_command("send_digests", "--preview", "stranger@example.org")


@pytest.mark.django_db
def test_the_worker_has_it_on_its_list_for_monday_nine_in_almaty() -> None:
    schedule = Schedule.objects.get(name="digests.send")
    assert import_string(schedule.func) is tasks.send
    assert (schedule.schedule_type, schedule.cron, schedule.repeats) == (Schedule.CRON, "0 9 * * 1", -1)
    first = schedule.next_run.astimezone(ALMATY)
    assert (first.isoweekday(), first.hour, first.minute) == (1, 9, 0)
    following = schedule.calculate_next_run().astimezone(ALMATY)
    assert (following.isoweekday(), following.hour, following.minute) == (1, 9, 0)


@pytest.mark.django_db(transaction=True)
def test_killed_in_the_middle_the_next_run_ends_it_without_a_second_mail(week: Cast) -> None:
    """A real process dies while it holds the third claim."""
    script = (
        "import os, django; django.setup()\n"
        "from datetime import datetime\n"
        "from dialogue.digests.actions import editions, runs\n"
        "queue, calls = editions.queue_mail, []\n"
        "def die(*a, **k):\n"
        "    calls.append(queue(*a, **k))\n"
        "    len(calls) == 3 and os._exit(9)\n"
        "    return calls[-1]\n"
        "editions.queue_mail = die\n"
        f"runs.send_due(now=datetime.fromisoformat('{MONDAY.isoformat()}'))\n"
    )
    died = subprocess.run([sys.executable, "-c", script], env=_same_database(), timeout=60, check=False)
    assert died.returncode == 9
    assert OutgoingMail.objects.count() == 2
    assert Edition.objects.filter(state=EditionState.PLANNED).count() == 1
    run = send_due(now=MONDAY + HOUR)
    assert run.fates[Fate.QUEUED] == MAILS - 2
    assert (
        OutgoingMail.objects.values("recipient").distinct().count() == OutgoingMail.objects.count() == MAILS
    )
    assert runs.send_due(now=MONDAY + HOUR).fates == {Fate.ALREADY: EVERYBODY}


def _same_database() -> dict[str, str]:
    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite":
        url = f"sqlite:///{name}"
    else:
        url = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()
    return {**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "platform_site.settings"}
