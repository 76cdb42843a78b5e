"""The stored calendar: what version 1 says, and that a newer one moves no promised date."""

from collections import Counter
from datetime import date, timedelta

import pytest
from django.apps import apps
from django.utils.translation import override
from pytest_django import DjangoAssertNumQueries

from dialogue.calendar import kazakh
from dialogue.calendar.models import CalendarVersion, Day
from dialogue.calendar.working_days import calendar_of, current_calendar, due_after
from tests.calendar.days import CALENDAR

pytestmark = pytest.mark.django_db

# (month, day), and whether it moves when it falls on a weekend.
FIXED = [
    ((1, 1), True), ((1, 2), True), ((1, 7), False), ((3, 8), True), ((3, 21), True), ((3, 22), True),
    ((3, 23), True), ((5, 1), True), ((5, 7), True), ((5, 9), True), ((7, 6), True), ((10, 25), True),
    ((12, 16), True),
]  # fmt: skip
KURBAN_AIT = {2026: date(2026, 5, 27), 2027: date(2027, 5, 16)}


@pytest.mark.parametrize("year", [2026, 2027])
def test_the_shipped_days_follow_the_rule_of_the_moved_day_off(year: int) -> None:
    fixed = [*FIXED, ((3, 15), True)] if year >= 2027 else FIXED
    days = [(date(year, *month_and_day), moves) for month_and_day, moves in fixed]
    expected = {KURBAN_AIT[year], *(day for day, _ in days if day.weekday() < 5)}
    for day, moves in sorted(days):
        if moves and day.weekday() >= 5:
            expected.add(_next_free(day, taken=expected))
    assert {day for day in CALENDAR.exceptions if day.year == year} == expected


def test_no_day_is_shipped_twice() -> None:
    days = Counter(day for holiday in kazakh.HOLIDAYS for day in holiday.days_off.split())
    assert max(days.values()) == 1


def test_the_database_holds_version_one_and_reads_it_as_it_was_shipped() -> None:
    assert current_calendar() == CALENDAR
    assert calendar_of(1) == CALENDAR


def test_loading_again_changes_nothing_and_after_a_flush_brings_it_back() -> None:
    kazakh.load(apps)
    assert CalendarVersion.objects.count() == 1
    CalendarVersion.objects.all().delete()
    kazakh.load(apps)
    assert current_calendar() == CALENDAR


def test_holidays_have_a_name_in_each_language() -> None:
    day = Day.objects.get(day=date(2026, 10, 26))
    with override("ru"):
        assert str(day) == "День Республики"
    with override("kk"):
        assert str(day) == "Республика күні"
    with override("en"):
        assert str(day) == "Republic Day"


def test_a_new_version_is_current_at_once_and_the_old_one_still_answers() -> None:
    current_calendar()
    _make_version(2, off=date(2026, 11, 24))
    monday = date(2026, 11, 23)
    assert due_after(monday, 1, calendar=current_calendar()).on == date(2026, 11, 25)
    assert due_after(monday, 1, calendar=calendar_of(1)).on == date(2026, 11, 24)


def test_a_version_that_was_rolled_back_is_forgotten() -> None:
    _make_version(2, off=date(2026, 11, 24))
    assert date(2026, 11, 24) in current_calendar().exceptions
    CalendarVersion.objects.filter(number=2).delete()
    _make_version(2, off=date(2026, 11, 25))
    assert date(2026, 11, 24) not in current_calendar().exceptions


def test_asking_costs_one_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    current_calendar()
    with django_assert_num_queries(1):
        current_calendar()
    with django_assert_num_queries(1):
        calendar_of(1)


def test_without_any_calendar_no_date_is_promised() -> None:
    CalendarVersion.objects.all().delete()
    with pytest.raises(CalendarVersion.DoesNotExist):
        current_calendar()


def _make_version(number: int, *, off: date) -> None:
    version = CalendarVersion.objects.create(
        number=number, covers_from=kazakh.COVERS_FROM, covers_to=kazakh.COVERS_TO
    )
    Day.objects.create(version=version, day=off, name_kk="Демалыс")


def _next_free(day: date, *, taken: set[date]) -> date:
    while day.weekday() >= 5 or day in taken:
        day += timedelta(days=1)
    return day
