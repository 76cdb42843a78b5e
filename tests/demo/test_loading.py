"""The story is loaded by the acts, whole, once, and arrives as it is written."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from django.apps import apps
from django.db import transaction
from django.test.utils import override_settings
from pytest_django import DjangoDbBlocker

from dialogue.accounts.models import User
from dialogue.calendar.working_days import ALMATY
from dialogue.demo.loading import load_story
from dialogue.demo.people import load_people
from dialogue.demo.roles import DEMO_ROLES, demo_address
from dialogue.demo.times import Times
from dialogue.issues.models import Assessment, Exhibit, Issue, Move, Note, Receipt, Recommendation, Response
from dialogue.journal.models import Entry, Stream
from dialogue.rooms.models import Acknowledgement, Hold, Post, Reaction, Room, Seat, Thread, TriageStep
from dialogue.rooms.queries.board import awaiting_triage
from dialogue.rooms.queries.unread import unread_by_room
from tests.demo.story import ISSUES, ROOMS, THREADS, Table, posts, told

# A Wednesday, ten weeks after the story's own week, behind the holidays of a new year.
NOW = datetime(2027, 2, 3, 15, tzinfo=ALMATY)
WEEKS = timedelta(weeks=10)
QUICK = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(scope="module")
def story(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[int]:
    """Once for all that is asked below; how many threads were new."""
    with django_db_blocker.unblock(), override_settings(PASSWORD_HASHERS=QUICK), transaction.atomic():
        load_people()
        yield load_story(now=NOW)
        transaction.set_rollback(True)


# The whole story is several hundred acts; a busy machine takes its time.
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("story"), pytest.mark.timeout(400)]


def person(key: str) -> User:
    return User.objects.get(email=demo_address(key))


def thread_of(row: Table) -> Thread:
    return Thread.objects.get(title=row["title"])


def entries_of(do: str) -> list[Table]:
    return [entry for row in THREADS.values() for _moment, entry in told(row) if entry["do"] == do]


def test_everything_written_is_there(story: int) -> None:
    said = [post for row in THREADS.values() for post in posts(row)]
    assert story == Thread.objects.count() == len(THREADS)
    assert Room.objects.count() == len(ROOMS)
    assert Seat.objects.filter(left_at=None).count() == sum(len(room["seats"]) for room in ROOMS.values())
    spoken_steps = len(entries_of("ask")) + len(entries_of("signpost"))
    assert Post.objects.count() == len(said) + spoken_steps
    signs = [people for post in said for people in post.get("reactions", {}).values()]
    assert Reaction.objects.count() == sum(map(len, signs))
    assert Post.objects.filter(version=2).count() == sum("edited" in post for post in said)
    assert Post.objects.exclude(withdrawn_at=None).count() == sum("withdrawn" in post for post in said)
    assert Post.objects.filter(office_only=True).count() == sum(bool(p.get("office_note")) for p in said)
    assert Acknowledgement.objects.count() == len(entries_of("acknowledge"))
    assert Hold.objects.count() == len(entries_of("hold"))


def test_threads_stand_where_the_story_leaves_them() -> None:
    taken = Counter(step.verb for step in TriageStep.objects.all())
    replies = sum(bool(entry.get("answers_ask")) for entry in entries_of("post"))
    verbs = ("take", "ask", "close", "escalate")
    assert taken == {**{verb: len(entries_of(verb)) for verb in verbs}, "reply": replies}
    states = Counter(Thread.objects.filter(held_at=None).values_list("state", flat=True))
    assert states == {"open": 6, "in_review": 4, "awaiting_info": 1, "closed": 1, "escalated": 6}
    for row in THREADS.values():
        thread = thread_of(row)
        assert (thread.lang, thread.byline, thread.urgency) == (row["lang"], row["byline"], row["urgency"])
        assert thread.theme is not None
        assert (thread.theme.code, thread.region) == (row["theme"], None)


def test_dates_move_by_whole_weeks_and_fresh_threads_stay_fresh() -> None:
    for row in THREADS.values():
        thread, (written, _opening) = thread_of(row), next(told(row))
        raised_at = thread.raised_at.astimezone(ALMATY)
        assert thread.last_posted_at < NOW
        if "days_ago" in row:
            assert raised_at == written.replace(tzinfo=ALMATY) + WEEKS
        else:
            assert raised_at.strftime("%H:%M") == row["at"]
            assert raised_at.date() == Times(NOW.date())._working_days_ago(row["working_days_ago"])


@pytest.mark.parametrize(
    ("today", "anchor"),
    [("2026-11-23", "2026-11-23"), ("2026-11-29", "2026-11-23"), ("2027-02-03", "2027-02-01")],
)
def test_the_anchor_is_the_monday_of_the_week(today: str, anchor: str) -> None:
    times = Times(datetime.fromisoformat(today).date())
    assert times.anchor.isoformat() == anchor
    assert (times.moved(times.today) - times.today).days % 7 == 0


def test_clocks_run_on_the_board() -> None:
    columns = {column.state.value: column for column in awaiting_triage(person("safety"), now=NOW)}
    waiting = [card for card in columns["open"].cards if not card.is_held]
    assert [card.is_overdue for card in waiting] == [True, False, False, False]
    assert [card.due_at.day for card in waiting if card.due_at] == [2, 3, 4, 5]


def test_issues_have_their_numbers_states_and_people() -> None:
    for row in ISSUES.values():
        issue = Issue.objects.get(sequence=row["sequence"])
        assert issue.reference == f"OMB-2026-{row['sequence']:05d}"
        assert (issue.state, issue.outcome) == (row["state"], row.get("outcome", ""))
        assert issue.assignee == person(row["assignee"])
        assert {code: getattr(issue, f"title_{code}") for code in row["title"]} == row["title"]
        carried = issue.threads.get()
        assert carried.title == THREADS[row["threads"][0]]["title"]
        assert carried.carriages.get().reference == issue.reference
        assert Exhibit.objects.filter(issue=issue).count() == len(row["exhibits"])
        assert Note.objects.filter(issue=issue, office_only=False).count() == len(row["notes"])
        moved = [move.target for move in Move.objects.filter(issue=issue) if move.source != move.target]
        assert moved == ["registered", *(move["state"] for move in row["moves"])]


def test_recommendations_were_signed_received_answered_and_assessed() -> None:
    rows = [one for issue in ISSUES.values() for one in issue["recommendations"]]
    assert Recommendation.objects.count() == len(rows)
    for row in rows:
        one = Recommendation.objects.get(text_en=row["text"]["en"])
        # No act closes one yet, and an assessment is the last word of the office on a silence.
        state = {"closed": "assessed", "no_reply": "assessed"}.get(row["state"], row["state"])
        assert (one.state, one.addressee.slug) == (state, row["addressee"])
        assert (one.issued_by is None) == ("issued_by" not in row)
        assert Receipt.objects.filter(recommendation=one).count() == ("receipt" in row)
        assert Response.objects.filter(recommendation=one).count() == len(row.get("responses", []))
        assert Assessment.objects.filter(recommendation=one).count() == len(row.get("assessments", []))
    awaited = Recommendation.objects.get(state="issued")
    assert awaited.due_on is not None
    assert awaited.due_on > NOW.date()


def test_every_stream_is_told_in_the_order_of_time() -> None:
    for stream in Stream.objects.all():
        told_in = list(stream.entries.order_by("position").values_list("position", "happened_at"))
        assert [position for position, _moment in told_in] == list(range(1, len(told_in) + 1))
        moments = [moment for _position, moment in told_in]
        assert moments == sorted(moments), stream.name


@pytest.mark.parametrize("role", DEMO_ROLES)
def test_a_visitor_finds_little_unread(role: str) -> None:
    assert sum(unread_by_room(person(role)).values()) < 40


def test_the_member_has_something_new_to_read() -> None:
    assert unread_by_room(person("member"))


@pytest.mark.parametrize("later", [timedelta(0), timedelta(days=9)])
def test_a_second_start_changes_nothing(later: timedelta) -> None:
    def everything() -> dict[str, int]:
        return {model._meta.label: model._default_manager.count() for model in apps.get_models()}

    thread = thread_of(THREADS["court-ramp"])
    head, before = Entry.objects.count(), everything()
    assert load_people() == 0
    assert load_story(now=NOW + later) == 0
    assert everything() == before
    assert Entry.objects.count() == head
    assert Thread.objects.get(pk=thread.pk).raised_at == thread.raised_at
