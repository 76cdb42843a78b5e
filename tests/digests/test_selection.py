"""What a digest tells: from → to, grouped by thing, what is asked first; and when it says nothing."""

from datetime import date, timedelta

import pytest

from dialogue.accounts.models import User
from dialogue.digests.rendering.phrases import STEPS
from dialogue.digests.selection.in_changes import TOLD_STEPS
from dialogue.digests.selection.news import Change
from dialogue.issues.actions.following import follow, unfollow
from dialogue.issues.kinds import RECOMMENDATION_ISSUED
from dialogue.issues.models import Closing, ClosingView
from dialogue.issues.states import IssueState
from dialogue.rooms.actions import triage
from dialogue.rooms.actions.posts import withdraw
from dialogue.rooms.models import Holder, Thread
from tests.cast import Cast, a_post, a_thread, crowd
from tests.digests.recommendations import a_draft, a_signature
from tests.digests.week import LAST_WEEK, MONDAY, WEEK, an_issue, digest_of, key, letter_to, plan, send, told

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def the_change(person: User) -> Change:
    [change] = digest_of(person).changes
    return change


def acknowledge_and_take(thread: Thread, by: User) -> None:
    triage.acknowledge(thread, by=by, key=key(), now=LAST_WEEK)
    triage.take(thread, by=by, key=key(), now=LAST_WEEK)


def test_nothing_to_say_is_no_mail(cast: Cast) -> None:
    for person in (cast.member, cast.moderator, cast.authority, cast.observer, cast.data_officer):
        assert not digest_of(person).has_something_to_say
        assert told(person) == ""


def test_what_somebody_did_is_no_news_to_them(cast: Cast) -> None:
    thread = a_thread(cast.disability, cast.member, now=LAST_WEEK)
    a_post(thread, cast.member, now=LAST_WEEK)
    triage.withdraw(thread, by=cast.member, key=key(), note="Solved.", now=LAST_WEEK)
    assert digest_of(cast.member).changes == ()
    assert digest_of(cast.member).rooms == ()
    assert digest_of(cast.second_member).rooms != ()


def test_a_concern_from_to_and_what_was_said(cast: Cast) -> None:
    thread = a_thread(cast.disability, cast.member, now=LAST_WEEK)
    acknowledge_and_take(thread, cast.moderator)
    a_post(thread, cast.second_member, now=LAST_WEEK)
    a_post(thread, cast.lead, now=LAST_WEEK)
    change = the_change(cast.member)
    assert (change.source, change.target) == ("received", "under_review")
    assert (change.is_acknowledged, change.posts, change.thing.title) == (True, 2, "No ramp")
    assert digest_of(cast.second_member).changes == ()


def test_many_moves_are_one_line_with_the_newest_state(cast: Cast) -> None:
    thread = a_thread(cast.disability, cast.member, now=LAST_WEEK)
    triage.take(thread, by=cast.moderator, key=key(), now=LAST_WEEK)
    triage.ask(thread, by=cast.moderator, key=key(), body="Where?", now=LAST_WEEK)
    a_post(thread, cast.member, now=LAST_WEEK)
    thread.refresh_from_db()
    triage.answer(thread, by=cast.moderator, key=key(), body="So it is.", now=LAST_WEEK)
    change = the_change(cast.member)
    assert (change.source, change.target, change.outcome) == ("received", "closed", "answered")


def test_the_next_edition_begins_where_this_one_ended(cast: Cast) -> None:
    thread = a_thread(cast.disability, cast.member, now=LAST_WEEK)
    triage.take(thread, by=cast.moderator, key=key(), now=LAST_WEEK)
    send(cast.member)
    triage.answer(thread, by=cast.moderator, key=key(), body="So it is.", now=MONDAY + DAY)
    [change] = digest_of(cast.member, now=MONDAY + WEEK).changes
    assert (change.source, change.target) == ("under_review", "closed")
    send(cast.member, now=MONDAY + WEEK)
    assert not digest_of(cast.member, now=MONDAY + 2 * WEEK).has_something_to_say


def test_a_question_waits_in_every_edition_until_it_is_answered(cast: Cast) -> None:
    thread = a_thread(cast.disability, cast.member, now=LAST_WEEK)
    triage.ask(thread, by=cast.moderator, key=key(), body="Where?", now=LAST_WEEK)
    for week in range(2):
        [asked] = digest_of(cast.member, now=MONDAY + week * WEEK).asked
        assert (asked.what, asked.thing.title) == ("reply", "No ramp")
        send(cast.member, now=MONDAY + week * WEEK)
    a_post(thread, cast.member, now=MONDAY + 8 * DAY)
    assert digest_of(cast.member, now=MONDAY + 2 * WEEK).asked == ()
    assert digest_of(cast.second_member).asked == ()


def test_an_escalated_concern_is_one_line_under_its_issue(cast: Cast) -> None:
    thread = a_thread(cast.disability, cast.member, now=LAST_WEEK)
    triage.take(thread, by=cast.moderator, key=key(), now=LAST_WEEK)
    issue = an_issue(thread, cast.moderator)
    change = the_change(cast.member)
    assert change.thing.reference == issue.reference
    assert (change.source, change.target) == ("received", "taken_up")
    assert (change.holder, change.days) == (Holder.OFFICE, 2)


def test_a_followed_issue_from_to_with_the_recommendation(cast: Cast) -> None:
    issue = an_issue(a_thread(cast.disability, cast.member, now=LAST_WEEK), cast.moderator)
    follow(issue, by=cast.second_member, now=LAST_WEEK)
    draft = a_draft(issue, cast.officer, now=LAST_WEEK)
    send(cast.second_member)
    a_signature(draft, cast.approver, now=MONDAY + DAY)
    [change] = digest_of(cast.second_member, now=MONDAY + WEEK).changes
    assert (change.source, change.target) == ("taken_up", "awaiting_authority")
    assert RECOMMENDATION_ISSUED in change.steps
    assert change.holder == Holder.AUTHORITY
    unfollow(issue, by=cast.second_member)
    assert digest_of(cast.second_member, now=MONDAY + WEEK).changes == ()


def test_an_approver_is_asked_to_sign(cast: Cast) -> None:
    issue = an_issue(a_thread(cast.disability, cast.member, now=LAST_WEEK), cast.moderator)
    a_draft(issue, cast.officer, now=LAST_WEEK)
    [asked] = digest_of(cast.approver).asked
    assert (asked.what, asked.thing.reference) == ("sign", issue.reference)
    assert digest_of(cast.officer).asked == ()
    assert digest_of(cast.member).asked == ()


@pytest.mark.parametrize("byline", ["organisation", "shielded"])
def test_who_raised_it_is_asked_about_closing_and_not_named_by_it(cast: Cast, byline: str) -> None:
    """Only they are asked: with the issue's number, a mail would say who wrote under the shield."""
    crowd(cast.disability, 5)
    issue = an_issue(a_thread(cast.disability, cast.member, now=LAST_WEEK, byline=byline), cast.moderator)
    follow(issue, by=cast.second_member, now=LAST_WEEK)
    type(issue).objects.filter(pk=issue.pk).update(state=IssueState.CLOSING)
    ends_on = date(2026, 12, 4)
    facts = {"outcome": "implemented", "note": "Built.", "proposed_by": cast.officer, "ends_on": ends_on}
    closing = Closing.objects.create(issue=issue, proposed_at=LAST_WEEK, **facts)
    [asked] = digest_of(cast.member).asked
    expected = "" if byline == "shielded" else issue.reference
    assert (asked.what, asked.thing.reference, asked.due) == ("view", expected, ends_on)
    assert digest_of(cast.second_member).asked == ()
    thread = Thread.objects.get(raised_by=cast.member)
    ClosingView.objects.create(closing=closing, thread=thread, view="confirmed", by=cast.member, at=MONDAY)
    assert digest_of(cast.member).asked == ()


def test_every_step_that_is_told_has_a_sentence() -> None:
    assert set(TOLD_STEPS) == set(STEPS)


def test_deadlines_of_the_coming_seven_days_soonest_first(cast: Cast) -> None:
    issue = an_issue(a_thread(cast.disability, cast.member, now=LAST_WEEK), cast.moderator)
    for day in [MONDAY.date() + n * DAY for n in (-1, 0, 6, 7)]:
        type(issue).objects.filter(pk=issue.pk).update(due_on=day)
        found = [deadline.due for deadline in digest_of(cast.member).deadlines]
        assert found == ([day] if 0 <= (day - MONDAY.date()).days < 7 else [])
    late = a_thread(cast.disability, cast.member, now=MONDAY - DAY, urgency="low")
    soon = a_thread(cast.disability, cast.member, now=MONDAY - DAY, urgency="high")
    dues = [each.due for each in digest_of(cast.member).deadlines]
    assert dues == sorted(dues) == [soon.due_at.date(), late.due_at.date()]  # type: ignore[union-attr]
    assert dues[0] == date(2026, 11, 23)


def test_rooms_by_weight_with_new_and_most_discussed(cast: Cast) -> None:
    old = a_thread(cast.disability, cast.second_member, title="Old but loud", now=MONDAY - 4 * WEEK)
    for _post in range(3):
        a_post(old, cast.second_member, now=LAST_WEEK)
    for number in range(5):
        a_thread(cast.disability, cast.second_member, title=f"New {number}", now=LAST_WEEK + number * DAY / 9)
    a_thread(cast.disability, cast.second_member, kind="discussion", title="Talk", now=LAST_WEEK)
    a_thread(cast.torture, cast.second_member, now=LAST_WEEK)
    named, unnamed = digest_of(cast.member).rooms
    assert (named.name, named.concerns, named.discussions, named.posts) == ("disability en", 5, 1, 3)
    assert [thing.title for thing in named.new] == ["New 4", "New 3", "New 2"]
    assert named.most_discussed is not None
    assert named.most_discussed.title == "Old but loud"
    assert (unnamed.name, unnamed.rooms, unnamed.concerns, unnamed.posts) == ("", 1, 1, 0)


def test_a_thing_that_is_asked_about_is_told_once(cast: Cast) -> None:
    thread = a_thread(cast.disability, cast.member, title="Once", now=LAST_WEEK)
    triage.ask(thread, by=cast.moderator, key=key(), body="Where?", now=LAST_WEEK)
    text = letter_to(cast.member).text
    assert text.count("Once") == 1
    assert "Received → Your reply needed. 1 new message." in text


def test_a_post_taken_back_is_not_counted(cast: Cast) -> None:
    thread = a_thread(cast.disability, cast.member, now=MONDAY - 4 * WEEK)
    post = a_post(thread, cast.second_member, now=LAST_WEEK)
    edition = plan(cast.lead)
    assert digest_of(cast.lead).rooms[0].posts == 1
    withdraw(post, by=cast.second_member, key=key(), now=MONDAY)
    assert digest_of(cast.lead).rooms == ()
    assert edition.window_of("room:disability")


def test_the_first_edition_tells_no_older_week_however_it_was_loaded(cast: Cast) -> None:
    """What is written down late about long ago, as the demonstration does, is no news."""
    a_thread(cast.disability, cast.second_member, title="This week", now=LAST_WEEK)
    a_thread(cast.disability, cast.second_member, title="Long ago", now=MONDAY - 5 * WEEK)
    [room] = digest_of(cast.member).rooms
    assert [thing.title for thing in room.new] == ["This week"]
    assert room.concerns == 1
