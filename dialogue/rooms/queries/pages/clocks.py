"""How long somebody still has: in working days of the calendar, in minutes where it is urgent."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dialogue.calendar.working_days import (
    calendar_of,
    current_calendar,
    today_in_almaty,
    working_days_between,
)
from dialogue.rooms.models import Carriage, Holder, Thread
from dialogue.rooms.queries.pages.cards import is_urgent
from dialogue.rooms.queries.pages.days import day_and_hour, short_day
from dialogue.rooms.states import Shown, ThreadState

_SOON = 1
_MINUTES_COUNTED = 90


@dataclass(frozen=True)
class ClockShown:
    label: str
    value: str
    note: str = ""
    tone: str = ""


def clock_of(thread: Thread, carriages: Sequence[Carriage], *, now: datetime) -> ClockShown | None:
    if carriages and thread.state == ThreadState.ESCALATED:
        return _of_issue(carriages[-1], now=now)
    if thread.due_at is None or thread.state != ThreadState.OPEN:
        return None
    # As on the board: it runs until somebody takes the concern up.
    label = _("Time for the office to look at this")
    if is_urgent(thread):
        return _of_urgent(label, thread.due_at, now=now)
    calendar = calendar_of(thread.calendar_version) if thread.calendar_version else current_calendar()
    due_on = today_in_almaty(thread.due_at)
    days = working_days_between(today_in_almaty(now), due_on, calendar=calendar)
    return ClockShown(label, *_days_left(days, is_late=now > thread.due_at, on=short_day(due_on)))


def _of_urgent(label: str, due_at: datetime, *, now: datetime) -> ClockShown:
    """In minutes, while these are few enough to be counted down."""
    minutes = int((due_at - now) / timedelta(minutes=1))
    until = _("until {moment}").format(moment=day_and_hour(due_at))
    if minutes < 0:
        return ClockShown(label, _("Overdue"), until, "late")
    if minutes > _MINUTES_COUNTED:
        return ClockShown(label, until, "", "soon")
    return ClockShown(label, ngettext("{n} minute", "{n} minutes", minutes).format(n=minutes), until, "soon")


def _of_issue(card: Carriage, *, now: datetime) -> ClockShown | None:
    if card.due_on is None or card.state == Shown.CLOSED:
        return None
    label = (
        _("Time for the authority's answer")
        if card.holder == Holder.AUTHORITY
        else _("Time for the next step")
    )
    today = today_in_almaty(now)
    days = working_days_between(today, card.due_on, calendar=current_calendar())
    return ClockShown(label, *_days_left(days, is_late=today > card.due_on, on=short_day(card.due_on)))


def _days_left(days: int, *, is_late: bool, on: str) -> tuple[str, str, str]:
    """Value, note and tone."""
    note = _("due {day}").format(day=on)
    if is_late:
        late = abs(days)
        words = ngettext("{n} working day overdue", "{n} working days overdue", late).format(n=late)
        return (words if late else _("Overdue")), note, "late"
    if days == 0:
        return _("Today"), note, "soon"
    words = ngettext("{n} working day", "{n} working days", days).format(n=days)
    return words, note, "soon" if days <= _SOON else ""
