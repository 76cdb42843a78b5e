"""When something is due: working days, duty hours, and the calendar that says which days count.

All days are days in Kazakhstan. Every function takes the calendar it counts by; callers store
its version with the date they promise.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from types import MappingProxyType
from typing import Final
from zoneinfo import ZoneInfo

from dialogue.calendar.models import CalendarVersion, Day

ALMATY: Final = ZoneInfo("Asia/Almaty")
DUTY_STARTS: Final = time(9, 0)
DUTY_ENDS: Final = time(18, 30)

_ONE_DAY: Final = timedelta(days=1)
_SATURDAY: Final = 5


@dataclass(frozen=True)
class Calendar:
    """One version of the calendar: Monday to Friday, but for the exceptions."""

    version: int
    exceptions: Mapping[date, bool] = field(hash=False)
    covers_from: date
    covers_to: date

    def covers(self, day: date) -> bool:
        """False where holidays are not known: counting goes on, the caller should say so."""
        return self.covers_from <= day <= self.covers_to


@dataclass(frozen=True)
class Due:
    """The end of a day in Kazakhstan, and the version of the calendar that led to it."""

    on: date
    at: datetime
    calendar_version: int


def current_calendar() -> Calendar:
    """The newest version; one small query, the days themselves are remembered."""
    return _remembered(*CalendarVersion.objects.values_list("pk", "made_at").latest("number"))


def calendar_of(version: int) -> Calendar:
    """The version a stored due date names."""
    return _remembered(*CalendarVersion.objects.values_list("pk", "made_at").get(number=version))


# A version never changes; the moment tells it from one of the same id that was rolled back.
@lru_cache(maxsize=16)
def _remembered(pk: int, made_at: datetime) -> Calendar:
    version = CalendarVersion.objects.get(pk=pk)
    exceptions = dict(Day.objects.filter(version=version).values_list("day", "is_working"))
    return Calendar(version.number, MappingProxyType(exceptions), version.covers_from, version.covers_to)


def is_working_day(day: date, *, calendar: Calendar) -> bool:
    return calendar.exceptions.get(day, day.weekday() < _SATURDAY)


def due_after(start: date, working_days: int, *, calendar: Calendar) -> Due:
    """The end of the N-th working day after the day of the start, which itself never counts."""
    if working_days < 1:
        raise ValueError("Something is due after one working day at the earliest.")
    day, left = start, working_days
    while left:
        day += _ONE_DAY
        left -= is_working_day(day, calendar=calendar)
    return Due(on=day, at=end_of_day(day), calendar_version=calendar.version)


def working_days_between(start: date, end: date, *, calendar: Calendar) -> int:
    """Working days after ``start`` up to and with ``end``; negative when ``end`` lies before."""
    if end < start:
        return -working_days_between(end, start, calendar=calendar)
    days = (start + _ONE_DAY * n for n in range(1, (end - start).days + 1))
    return sum(is_working_day(day, calendar=calendar) for day in days)


def duty_hours(day: date, *, calendar: Calendar) -> tuple[datetime, datetime] | None:
    """From when to when someone is on duty that day; none on a day off."""
    if not is_working_day(day, calendar=calendar):
        return None
    return datetime.combine(day, DUTY_STARTS, ALMATY), datetime.combine(day, DUTY_ENDS, ALMATY)


def due_in_duty_hours(start: datetime, hours: float, *, calendar: Calendar) -> datetime:
    """The moment when so many hours of duty have passed since ``start``."""
    moment, left = _in_almaty(start), timedelta(hours=hours)
    if left < timedelta(0):
        raise ValueError("Hours pass forward only.")
    while True:
        on_duty = duty_hours(moment.date(), calendar=calendar)
        if on_duty is not None and moment < on_duty[1]:
            moment = max(moment, on_duty[0])
            if moment + left <= on_duty[1]:
                return moment + left
            left -= on_duty[1] - moment
        moment = datetime.combine(moment.date() + _ONE_DAY, time.min, ALMATY)


def end_of_day(day: date) -> datetime:
    return datetime.combine(day, time.max, ALMATY)


def today_in_almaty(now: datetime) -> date:
    return _in_almaty(now).date()


def _in_almaty(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("A moment without a time zone is no moment.")
    return moment.astimezone(ALMATY)
