"""The clock on a ticket, in as few words as fit: hours and minutes when urgent, else working days."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dialogue.calendar.working_days import (
    calendar_of,
    current_calendar,
    today_in_almaty,
    working_days_between,
)
from dialogue.rooms.models import Thread
from dialogue.rooms.queries.pages.cards import is_urgent
from dialogue.rooms.queries.pages.days import day_and_hour
from dialogue.rooms.states import ThreadState

_MINUTES_COUNTED: Final = 90
_HOURS_COUNTED: Final = 24


@dataclass(frozen=True)
class TicketClock:
    words: str
    due_at: datetime
    is_late: bool = False
    is_soon: bool = False

    @property
    def tone(self) -> str:
        return "risk" if self.is_late else "new" if self.is_soon else ""


def clock_of_ticket(thread: Thread, *, now: datetime) -> TicketClock | None:
    """It runs until somebody takes the concern up, as in the thread."""
    if thread.due_at is None or thread.state != ThreadState.OPEN:
        return None
    if thread.due_at < now:
        return TicketClock(_late(thread, thread.due_at, now), thread.due_at, is_late=True)
    if is_urgent(thread):
        return TicketClock(_minutes_left(thread.due_at, now), thread.due_at, is_soon=True)
    days = _working_days(thread, now, thread.due_at)
    words = ngettext("{n} day left", "{n} days left", days).format(n=days) if days else _("Due today")
    return TicketClock(words, thread.due_at, is_soon=days <= 1)


def _minutes_left(due_at: datetime, now: datetime) -> str:
    minutes = int((due_at - now) / timedelta(minutes=1))
    if minutes > _MINUTES_COUNTED:
        return _("until {moment}").format(moment=day_and_hour(due_at))
    return ngettext("{n} min left", "{n} min left", minutes).format(n=minutes)


def _late(thread: Thread, due_at: datetime, now: datetime) -> str:
    hours = int((now - due_at) / timedelta(hours=1))
    days = _working_days(thread, due_at, now)
    if hours < 1 or (hours >= _HOURS_COUNTED and days < 1):
        return _("Overdue")
    if hours < _HOURS_COUNTED:
        return ngettext("Overdue by {n} h", "Overdue by {n} h", hours).format(n=hours)
    return ngettext("Overdue by {n} day", "Overdue by {n} days", days).format(n=days)


def _working_days(thread: Thread, start: datetime, end: datetime) -> int:
    """By the calendar the promise was made with."""
    calendar = calendar_of(thread.calendar_version) if thread.calendar_version else current_calendar()
    return working_days_between(today_in_almaty(start), today_in_almaty(end), calendar=calendar)
