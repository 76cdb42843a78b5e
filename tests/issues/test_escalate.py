"""A thread becomes an issue: all of it, once, and nothing where it is refused."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from dialogue.calendar.working_days import ALMATY
from dialogue.issues.access import visible_issue
from dialogue.issues.actions.escalation import escalate
from dialogue.issues.actions.numbering import skip_numbers
from dialogue.issues.models import Escalation, Follow, Issue, Number
from dialogue.journal.models import Entry
from dialogue.rooms.actions.holds import hold
from dialogue.rooms.actions.triage import close
from dialogue.rooms.models import Carriage, TriageStep
from dialogue.text.refusals import Conflict, Forbidden, Invalid, NotFound
from tests.cast import Cast, a_thread
from tests.issues.carried import WORDS, an_issue, key
from tests.rooms.refusals import head, journal_of, refused

pytestmark = pytest.mark.django_db


def test_everything_of_an_issue_exists_at_once(cast: Cast) -> None:
    thread = a_thread(cast.disability, cast.member, urgency="high", theme="disability")
    issue = an_issue(cast, thread)
    thread.refresh_from_db()
    assert thread.state == "escalated"
    assert (issue.state, issue.holder, issue.shown) == ("registered", "office", "taken_up")
    assert (issue.priority, issue.theme, issue.region) == ("high", thread.theme, None)
    assert (issue.marking, issue.lang) == (thread.marking, "en")
    assert issue.registered_by == cast.moderator
    assert list(issue.threads.all()) == [thread]
    assert [move.verb for move in issue.moves.all()] == ["register"]
    card = Carriage.objects.get(thread=thread)
    assert (card.reference, card.state, card.holder) == (issue.reference, "taken_up", "office")


def test_the_author_and_the_moderator_follow(cast: Cast) -> None:
    issue = an_issue(cast)
    assert set(Follow.objects.filter(issue=issue).values_list("person", flat=True)) == {
        cast.member.pk,
        cast.moderator.pk,
    }


def test_what_the_journal_says(cast: Cast) -> None:
    thread = a_thread(cast.disability, cast.member)
    before = head(cast.disability.stream_name)
    issue = an_issue(cast, thread)
    reference = {"issue": issue.reference}
    assert journal_of(issue.stream_name) == [("issue.registered", {**reference, "state": "registered"})]
    private = {**reference, "thread": thread.public_id, "exhibits": 0, "after": 1}
    assert journal_of(issue.office_stream_name) == [("issue.escalated", private)]
    in_room = journal_of(cast.disability.stream_name)[before:]
    assert [kind for kind, _refs in in_room] == ["thread.moved", "carriage.updated"]
    assert in_room[1][1] == {"thread": thread.public_id, "reference": issue.reference}


def test_the_acknowledged_place_is_the_first_of_the_issue(cast: Cast) -> None:
    thread = a_thread(cast.disability, cast.member)
    done = escalate(thread, by=cast.moderator, key=key(), **WORDS)
    entry = Entry.objects.get(stream__name=done.place.stream, position=done.place.position)
    assert (done.place.stream, done.place.position) == (f"issue:{done.thing}", 1)
    assert entry.stream.epoch == done.place.epoch


def test_an_issue_in_three_languages(cast: Cast) -> None:
    more = {
        "ru": {"title": "Ступени", "summary": "Девять."},
        "kk": {"title": "Баспалдақ", "summary": "Тоғыз."},
    }
    issue = an_issue(cast, translations=more)
    words = {code: getattr(issue, f"title_{code}") for code in ("kk", "ru", "en")}
    assert words == {"kk": "Баспалдақ", "ru": "Ступени", "en": "Steps at the court"}


def test_the_office_may_choose_other_codes_than_the_thread(cast: Cast) -> None:
    issue = an_issue(cast, theme="torture", region="KZ-71", priority="low")
    assert issue.theme is not None
    assert issue.region is not None
    assert (issue.theme.code, issue.region.code, issue.priority) == ("torture", "KZ-71", "low")


def test_the_same_key_gives_the_same_issue(cast: Cast) -> None:
    thread, once = a_thread(cast.disability, cast.member), key()
    first = escalate(thread, by=cast.moderator, key=once, **WORDS)
    again = escalate(thread, by=cast.moderator, key=once, **WORDS)
    assert (again.thing, again.place, again.is_repeat) == (first.thing, first.place, True)
    with refused(Conflict, "key_reused", field="key"):
        escalate(thread, by=cast.moderator, key=once, **{**WORDS, "title": "Other words"})
    assert Issue.objects.count() == 1


def test_the_second_is_told_the_reference_of_the_first(cast: Cast) -> None:
    thread = a_thread(cast.disability, cast.member)
    issue = an_issue(cast, thread)
    with refused(Conflict, "already_escalated") as info:
        escalate(thread, by=cast.moderator, key=key(), **WORDS)
    assert info.value.current == {"reference": issue.reference}


@pytest.mark.parametrize("name", ["officer", "approver", "safety", "member", "lead", "outsider", "observer"])
def test_only_moderators_escalate_what_they_see(cast: Cast, name: str) -> None:
    thread = a_thread(cast.disability, cast.member)
    with refused(Forbidden, "forbidden"):
        escalate(thread, by=getattr(cast, name), key=key(), **WORDS)


@pytest.mark.parametrize("name", ["authority", "data_officer", "nobody"])
def test_strangers_are_told_that_it_does_not_exist(cast: Cast, name: str) -> None:
    thread = a_thread(cast.disability, cast.member)
    with refused(NotFound, "not_found"):
        escalate(thread, by=getattr(cast, name), key=key(), **WORDS)


def test_a_held_thread_is_not_escalated(cast: Cast) -> None:
    thread = a_thread(cast.disability, cast.member)
    hold(thread, by=cast.moderator, key=key(), reason="Danger.")
    thread.refresh_from_db()
    with refused(Conflict, "thread_held"):
        escalate(thread, by=cast.moderator, key=key(), **WORDS)


def test_a_closed_thread_is_not_escalated(cast: Cast) -> None:
    thread = a_thread(cast.disability, cast.member)
    close(thread, by=cast.moderator, key=key(), outcome="answered", note="Said.")
    thread.refresh_from_db()
    with refused(Conflict, "transition_not_allowed"):
        escalate(thread, by=cast.moderator, key=key(), **WORDS)


@pytest.mark.parametrize(
    ("field", "value", "code", "named"),
    [
        ("title", " ", "empty", "title"),
        ("summary", "", "empty", "summary"),
        ("title", "x" * 201, "too_long", "title"),
        ("lang", "de", "bad_lang", "lang"),
        ("theme", "space", "not_a_choice", "theme"),
        ("region", "KZ-00", "not_a_choice", "region"),
        ("priority", "soon", "not_a_choice", "priority"),
        ("exhibits", ["nothing"], "not_an_exhibit", "exhibits"),
        ("exhibits", [str(n) for n in range(51)], "too_many", "exhibits"),
        ("key", "not a key", "bad_key", "key"),
    ],
)
def test_wrong_input_is_named(cast: Cast, field: str, value: object, code: str, named: str) -> None:
    thread = a_thread(cast.disability, cast.member)
    with refused(Invalid, code, field=named):
        escalate(thread, **{"by": cast.moderator, "key": key(), **WORDS, field: value})


def test_numbers_have_no_hole_where_an_act_was_refused(cast: Cast) -> None:
    first = an_issue(cast)
    with pytest.raises(Invalid):
        an_issue(cast, exhibits=["nothing"])
    second = an_issue(cast)
    assert [first.sequence, second.sequence] == [1, 2]
    assert first.reference == f"OMB-{first.year}-00001"


def test_the_year_is_that_of_almaty(cast: Cast) -> None:
    thread = a_thread(cast.disability, cast.member)
    new_year_there = datetime(2026, 12, 31, 20, 0, tzinfo=ZoneInfo("UTC"))
    done = escalate(thread, by=cast.moderator, key=key(), now=new_year_there, **WORDS)
    assert new_year_there.astimezone(ALMATY).year == 2027
    assert done.thing == "OMB-2027-00001"


def test_numbers_given_elsewhere_are_skipped_and_never_come_back(cast: Cast) -> None:
    year = timezone.localtime(timezone.now(), ALMATY).year
    skip_numbers(year=year, up_to=41)
    assert an_issue(cast).sequence == 42
    skip_numbers(year=year, up_to=7)
    assert an_issue(cast).sequence == 43
    assert Number.objects.count() == 1


def test_the_prefix_is_a_setting(cast: Cast, settings: object) -> None:
    settings.ISSUE_NUMBER_PREFIX = "CHR"  # type: ignore[attr-defined]
    assert an_issue(cast).reference.startswith("CHR-")


def test_two_working_days_to_give_it_back(cast: Cast) -> None:
    thread = a_thread(cast.disability, cast.member)
    friday = datetime(2026, 11, 20, 10, 0, tzinfo=ALMATY)
    escalate(thread, by=cast.moderator, key=key(), now=friday, **WORDS)
    until = Escalation.objects.get().return_until.astimezone(ALMATY)
    assert (until.date() - friday.date()) == timedelta(days=4)


def test_the_step_of_the_thread_is_kept_by_its_room(cast: Cast) -> None:
    issue = an_issue(cast)
    step = TriageStep.objects.get()
    assert (step.verb, step.by) == ("escalate", cast.moderator)
    assert visible_issue(cast.member, issue.reference) == issue
