"""A calendar for tests that need no database: the shipped days, as version 1."""

from datetime import date
from types import MappingProxyType

from dialogue.calendar import kazakh
from dialogue.calendar.working_days import Calendar

CALENDAR = Calendar(
    version=kazakh.VERSION,
    exceptions=MappingProxyType(
        {date.fromisoformat(day): False for holiday in kazakh.HOLIDAYS for day in holiday.days_off.split()}
    ),
    covers_from=kazakh.COVERS_FROM,
    covers_to=kazakh.COVERS_TO,
)


def with_changes(*, version: int = 2, **changes: bool) -> Calendar:
    """The same with days worked or off: ``with_changes(d2026_10_24=True)``."""
    changed = {date.fromisoformat(day[1:].replace("_", "-")): works for day, works in changes.items()}
    exceptions = {**CALENDAR.exceptions, **changed}
    return Calendar(version, exceptions, CALENDAR.covers_from, CALENDAR.covers_to)
