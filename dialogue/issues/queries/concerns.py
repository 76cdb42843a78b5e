"""“My concerns” on Home: from which step to which, who has the ball, and for how many days."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Prefetch

from dialogue.calendar.working_days import Calendar, current_calendar, today_in_almaty, working_days_between
from dialogue.issues.models import Escalation, Issue
from dialogue.issues.states import SHOWN_OF_ISSUE, IssueState
from dialogue.rooms.access import reading_of, threads_visible_to
from dialogue.rooms.access.reading import Somebody
from dialogue.rooms.models import Holder, Thread, ThreadKind
from dialogue.rooms.states import SHOWN_OF_THREAD, Shown, ThreadState

_HOLDER_OF_THREAD = {ThreadState.AWAITING_INFO: Holder.NGO, ThreadState.CLOSED: Holder.NOBODY}


@dataclass(frozen=True)
class Concern:
    """``was`` is the step before; None while it is still where it began. ``days`` are working days."""

    thread: Thread
    was: Shown | None
    now: Shown
    since: datetime
    holder: Holder
    days: int
    issue: Issue | None = None
    due_on: date | None = None


@dataclass(frozen=True)
class _Moment:
    at: datetime
    shown: Shown
    holder: Holder


def my_concerns(user: Somebody, *, now: datetime) -> list[Concern]:
    """Those this person raised and may still see, the latest change first; a few queries in all."""
    reading = reading_of(user)
    if reading.person_id is None:
        return []
    threads = threads_visible_to(reading).filter(raised_by=reading.person_id, kind=ThreadKind.CONCERN)
    open_ones = Escalation.objects.filter(returned_at=None).select_related("issue")
    with_issue = Prefetch("escalations", open_ones.prefetch_related("issue__moves"))
    calendar = current_calendar()
    concerns = [
        _concern(thread, now=now, calendar=calendar)
        for thread in threads.prefetch_related("steps", with_issue)
    ]
    return sorted(concerns, key=lambda concern: concern.since, reverse=True)


def _concern(thread: Thread, *, now: datetime, calendar: Calendar) -> Concern:
    issue = next((row.issue for row in thread.escalations.all()), None)
    moments = list(_moments(thread, issue))
    here = moments[-1]
    before = [moment for moment in moments if moment.shown is not here.shown]
    held_from = _start_of_last_run(moments, lambda moment: moment.holder)
    days = working_days_between(today_in_almaty(held_from), today_in_almaty(now), calendar=calendar)
    return Concern(
        thread=thread,
        was=before[-1].shown if before else None,
        now=here.shown,
        since=_start_of_last_run(moments, lambda moment: moment.shown),
        holder=here.holder,
        days=days,
        issue=issue,
        due_on=issue.due_on if issue else None,
    )


def _moments(thread: Thread, issue: Issue | None) -> Iterable[_Moment]:
    """The thread's own steps, then those of the issue that carries it now."""
    yield _Moment(thread.raised_at, Shown.RECEIVED, Holder.OFFICE)
    for step in thread.steps.all():
        state = ThreadState(step.target)
        yield _Moment(step.at, SHOWN_OF_THREAD[state], _HOLDER_OF_THREAD.get(state, Holder.OFFICE))
    if issue is not None:
        for move in issue.moves.all():
            yield _Moment(move.at, SHOWN_OF_ISSUE[IssueState(move.target)], Holder(move.holder))


def _start_of_last_run(moments: list[_Moment], what: Callable[[_Moment], object]) -> datetime:
    start = moments[-1]
    for moment in reversed(moments):
        if what(moment) != what(start):
            break
        start = moment
    return start.at
