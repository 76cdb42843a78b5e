"""When the story happens, told from the day of loading. Its own today is Monday 2026-11-23."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from dialogue.calendar.working_days import ALMATY, current_calendar, is_working_day

TODAY_OF_THE_STORY: Final = date(2026, 11, 23)
MORNING: Final = time(10, 0)
_ONE_DAY: Final = timedelta(days=1)
_UNITS: Final = {"d": "days", "h": "hours", "m": "minutes"}


@dataclass(frozen=True)
class Times:
    """Dates move by whole weeks, so that a Monday stays a Monday."""

    today: date

    @property
    def anchor(self) -> date:
        """The Monday of the week of loading."""
        return self.today - timedelta(days=self.today.weekday())

    def moved(self, day: date) -> date:
        return day + (self.anchor - TODAY_OF_THE_STORY)

    def on(self, day: date) -> datetime:
        """The morning of a date of the story."""
        return datetime.combine(self.moved(day), MORNING, ALMATY)

    def start_of(self, thread: dict[str, Any]) -> datetime:
        if "days_ago" in thread:
            day = self.anchor - timedelta(days=thread["days_ago"])
        else:
            day = self._working_days_ago(thread["working_days_ago"])
        return datetime.combine(day, time.fromisoformat(thread["at"]), ALMATY)

    def _working_days_ago(self, count: int) -> date:
        calendar, day = current_calendar(), self.today
        while count:
            day -= _ONE_DAY
            count -= is_working_day(day, calendar=calendar)
        return day


def span(text: str) -> timedelta:
    """``2d 3h 15m``."""
    parts = re.findall(r"(\d+)([dhm])", text)
    return sum((timedelta(**{_UNITS[unit]: int(count)}) for count, unit in parts), timedelta())
