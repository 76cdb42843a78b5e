"""By when the office looks at a concern: working days of the calendar, end of the day."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from dialogue.calendar.working_days import current_calendar, due_after, due_in_duty_hours, today_in_almaty
from dialogue.rooms.models import Urgency

_WORKING_DAYS: Final = {Urgency.HIGH: 1, Urgency.NORMAL: 3, Urgency.LOW: 5}
_URGENT_DUTY_HOURS: Final = 1


@dataclass(frozen=True)
class TriageDue:
    """With the version of the calendar it was counted by: later versions do not move a promise."""

    at: datetime
    calendar_version: int


def triage_due(urgency: Urgency, since: datetime) -> TriageDue:
    calendar = current_calendar()
    if urgency is Urgency.URGENT:
        moment = due_in_duty_hours(since, _URGENT_DUTY_HOURS, calendar=calendar)
        return TriageDue(moment, calendar.version)
    due = due_after(today_in_almaty(since), _WORKING_DAYS[urgency], calendar=calendar)
    return TriageDue(due.at, due.calendar_version)
