"""“My concerns”: from which step to which, who has the ball, for how many working days."""

from datetime import datetime, timedelta

import pytest

from dialogue.calendar.working_days import ALMATY
from dialogue.issues.actions.escalation import return_escalation
from dialogue.issues.actions.recommendations import issue_recommendation
from dialogue.issues.queries.concerns import my_concerns
from dialogue.issues.states import IssueState
from dialogue.rooms.actions.triage import ask, take
from dialogue.rooms.models import Thread
from tests.cast import NAMES, Cast, a_thread
from tests.issues.carried import a_draft, an_issue, issue_in, key
from tests.rooms.pages import as_

pytestmark = pytest.mark.django_db

MONDAY = datetime(2026, 11, 2, 10, 0, tzinfo=ALMATY)


def day(number: int) -> datetime:
    return MONDAY + timedelta(days=number)


def shown(cast: Cast, now: datetime) -> tuple[str | None, str, str, int]:
    (concern,) = my_concerns(cast.member, now=now)
    return (concern.was and concern.was.value, concern.now.value, concern.holder.value, concern.days)


def taken(cast: Cast) -> Thread:
    thread = a_thread(cast.disability, cast.member, now=MONDAY)
    take(thread, by=cast.moderator, key=key(), now=day(1))
    thread.refresh_from_db()
    return thread


def test_a_new_one_comes_from_nowhere_and_the_office_has_it(cast: Cast) -> None:
    a_thread(cast.disability, cast.member, now=MONDAY)
    assert shown(cast, day(2)) == (None, "received", "office", 2)


def test_taking_it_up_does_not_start_the_offices_days_anew(cast: Cast) -> None:
    taken(cast)
    assert shown(cast, day(4)) == ("received", "under_review", "office", 4)


def test_a_question_gives_the_ball_to_the_author(cast: Cast) -> None:
    ask(taken(cast), by=cast.moderator, key=key(), body="Where?", now=day(2))
    assert shown(cast, day(4)) == ("under_review", "reply_needed", "ngo", 2)


def test_an_issue_carries_the_concern_on(cast: Cast) -> None:
    issue = an_issue(cast, taken(cast), now=day(2))
    assert shown(cast, day(3)) == ("under_review", "taken_up", "office", 3)
    draft = a_draft(cast, issue, now=day(3))
    issue_recommendation(draft, by=cast.approver, key=key(), now=day(3))
    assert shown(cast, day(8)) == ("taken_up", "awaiting_authority", "authority", 3)
    (concern,) = my_concerns(cast.member, now=day(8))
    assert concern.issue == issue


def test_what_was_given_back_is_under_review_again(cast: Cast) -> None:
    issue = an_issue(cast, taken(cast), now=day(2))
    return_escalation(issue, by=cast.officer, key=key(), reason="No facts.", now=day(3))
    (concern,) = my_concerns(cast.member, now=day(3))
    assert (concern.was, concern.now, concern.issue) == ("taken_up", "under_review", None)


def test_only_ones_own_concerns(cast: Cast) -> None:
    a_thread(cast.disability, cast.member)
    a_thread(cast.disability, cast.member, kind="discussion")
    counts = {name: len(my_concerns(cast.named(name), now=day(0))) for name in NAMES}
    assert counts == {name: int(name == "member") for name in NAMES}


def test_many_concerns_cost_no_more_queries(cast: Cast, django_assert_max_num_queries: object) -> None:
    for _ in range(3):
        an_issue(cast)
    with django_assert_max_num_queries(9):  # type: ignore[operator]
        assert len(my_concerns(cast.member, now=MONDAY + timedelta(days=60))) == 3


def test_a_room_counts_a_concern_as_closed_once_its_issue_is(cast: Cast) -> None:
    """As its card says, which stands where the issue stands."""
    over, running = issue_in(cast, IssueState.CLOSED).threads.get(), an_issue(cast).threads.get()
    untouched = a_thread(cast.disability, cast.member)
    room, client = f"/rooms/{cast.disability.slug}/", as_(cast.member)
    chips = client.get(room).context["page"].chips
    assert {chip.code: chip.count for chip in chips} == {"all": 3, "open": 1, "taken_up": 1, "closed": 1}
    shown = {show: client.get(room, {"show": show}).context["page"].cards for show in ("taken_up", "closed")}
    assert {show: [card.id for card in cards] for show, cards in shown.items()} == {
        "taken_up": [running.public_id],
        "closed": [over.public_id],
    }
    assert untouched.public_id in [
        card.id for card in client.get(room, {"show": "open"}).context["page"].cards
    ]
