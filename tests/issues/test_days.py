"""The running count: one whole, split by who had the ball, in Kazakh working days."""

from datetime import datetime, timedelta

import pytest

from dialogue.calendar.working_days import ALMATY, current_calendar, working_days_between
from dialogue.issues.actions.moving import move
from dialogue.issues.actions.recommendations import issue_recommendation
from dialogue.issues.actions.replies import record_receipt, record_response
from dialogue.issues.models import Issue
from dialogue.issues.queries.days import days_of, due_of
from tests.cast import Cast, a_thread
from tests.issues.carried import a_draft, an_issue, key

pytestmark = pytest.mark.django_db

MONDAY = datetime(2026, 10, 5, 10, 0, tzinfo=ALMATY)


def day(number: int) -> datetime:
    return MONDAY + timedelta(days=number)


def a_long_way(cast: Cast) -> Issue:
    """Registered on 5 October, signed on the 9th, answered on the 21st, closing since 2 November."""
    issue = an_issue(cast, a_thread(cast.disability, cast.member, now=MONDAY), now=MONDAY)
    draft = a_draft(cast, issue, now=day(2))
    issue_recommendation(draft, by=cast.approver, key=key(), now=day(4))
    record_receipt(draft, by=cast.authority, key=key(), on=day(7).date(), channel="workspace", now=day(7))
    record_response(
        draft,
        by=cast.authority,
        key=key(),
        on=day(16).date(),
        channel="workspace",
        position="accepted",
        text="Yes.",
        lang="en",
        now=day(16),
    )
    move(issue, by=cast.officer, key=key(), verb="check", now=day(18))
    move(issue, by=cast.approver, key=key(), verb="start_closing", note="Built.", now=day(28))
    issue.refresh_from_db()
    return issue


def test_days_are_split_by_who_had_it(cast: Cast) -> None:
    issue, now = a_long_way(cast), day(30)
    days = days_of([issue], now=now)[issue.pk]
    calendar = current_calendar()

    def between(first: int, last: int) -> int:
        return working_days_between(day(first).date(), day(last).date(), calendar=calendar)

    assert (days.office, days.authority, days.ngo) == (between(0, 4) + between(16, 28), between(4, 16), 2)
    assert days.with_holder == 2
    assert days.total == between(0, 30)
    assert between(18, 28) == 5  # Republic Day's Monday is none of them


def test_after_closing_nobody_has_it_and_the_count_stands_still(cast: Cast) -> None:
    issue = a_long_way(cast)
    move(
        issue,
        by=cast.approver,
        key=key(),
        verb="close",
        note="Built.",
        outcome="implemented",
        now=day(30),
    )
    issue.refresh_from_db()
    at_the_end, later = (days_of([issue], now=day(n))[issue.pk] for n in (30, 90))
    assert (later.office, later.authority, later.ngo) == (at_the_end.office, at_the_end.authority, 2)
    assert (issue.holder, issue.due_on) == ("", None)


def test_due_counts_down_and_then_up(cast: Cast) -> None:
    friday = day(4).date()
    assert [(due.days_left, due.is_late) for n in (0, 4, 7) if (due := due_of(friday, now=day(n)))] == [
        (4, False),
        (0, False),
        (-1, True),
    ]
    assert due_of(None, now=MONDAY) is None


def test_many_issues_cost_no_more_queries(cast: Cast, django_assert_num_queries: object) -> None:
    issues = [an_issue(cast) for _ in range(3)]
    with django_assert_num_queries(2):  # type: ignore[operator]
        assert len(days_of(issues, now=MONDAY + timedelta(days=60))) == 3
