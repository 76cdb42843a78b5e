"""What is asked of the reader, and what falls due in the next seven days."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Final

from django.db.models import Q

from dialogue.accounts.models import User
from dialogue.calendar.working_days import today_in_almaty
from dialogue.digests.access import recommendations_to_sign, threads_told_to
from dialogue.digests.selection.naming import issue_as, own_issue_as, own_thread_as
from dialogue.digests.selection.news import AskedOf, Deadline
from dialogue.issues.models import Issue
from dialogue.issues.states import IssueState
from dialogue.rooms.models import Byline, Holder
from dialogue.rooms.states import ThreadState

AHEAD: Final = timedelta(days=7)


def asked_of(person: User, issues: Iterable[Issue]) -> list[AskedOf]:
    """It is asked until it is answered, so it may stand in more than one edition."""
    waiting = threads_told_to(person).filter(raised_by=person, state=ThreadState.AWAITING_INFO)
    replies = [AskedOf("reply", own_thread_as(thread)) for thread in waiting.order_by("state_since")]
    views = [asked for issue in issues if (asked := _view_on(issue, person))]
    drafts = {draft.issue_id: draft.issue for draft in recommendations_to_sign(person)}
    return [*(AskedOf("sign", issue_as(issue)) for issue in drafts.values()), *views, *replies]


def deadlines_of(person: User, issues: Iterable[Issue], *, now: datetime) -> list[Deadline]:
    today = today_in_almaty(now)
    threads = threads_told_to(person).filter(
        Q(raised_by=person) | Q(taken_by=person),
        due_at__gte=now,
        due_at__lt=now + AHEAD,
        state__in=(ThreadState.OPEN, ThreadState.IN_REVIEW),
    )
    found = [
        Deadline(own_thread_as(thread), today_in_almaty(thread.due_at), Holder.OFFICE)
        for thread in threads
        if thread.due_at is not None
    ]
    found += [
        Deadline(issue_as(issue), issue.due_on, issue.holder)
        for issue in issues
        if issue.due_on is not None and today <= issue.due_on < today + AHEAD
    ]
    return sorted(found, key=_by_day)


def _view_on(issue: Issue, person: User) -> AskedOf | None:
    """A closing has begun, and this reader, who raised it, has said neither yes nor no."""
    raised = issue.links.filter(thread__raised_by=person)
    closing = issue.closings.filter(ended_at=None).last() if issue.state == IssueState.CLOSING else None
    if closing is None or not raised.exists() or closing.views.filter(thread__raised_by=person).exists():
        return None
    is_shielded = not raised.exclude(thread__byline=Byline.SHIELDED).exists()
    return AskedOf("view", own_issue_as(issue, is_shielded=is_shielded), closing.ends_on)


def _by_day(deadline: Deadline) -> tuple[date, str]:
    return deadline.due, deadline.thing.reference or deadline.thing.title
