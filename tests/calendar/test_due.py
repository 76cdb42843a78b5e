"""Due dates in working days: the law's fifteen, and what holidays do to them."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogue.calendar.working_days import (
    ALMATY,
    due_after,
    is_working_day,
    today_in_almaty,
    working_days_between,
)
from tests.calendar.days import CALENDAR, with_changes

DAYS = st.dates(date(2025, 8, 1), date(2028, 12, 31))


@pytest.mark.parametrize(
    ("received", "due"),
    [
        ("2026-07-13", "2026-08-03"),
        ("2026-08-03", "2026-08-24"),
        ("2026-09-01", "2026-09-22"),
        ("2026-09-14", "2026-10-05"),
        ("2026-10-12", "2026-11-03"),
        ("2026-10-19", "2026-11-10"),
        ("2026-04-27", "2026-05-21"),
        ("2026-12-28", "2027-01-21"),
        ("2027-04-26", "2027-05-20"),
    ],
)
def test_an_authority_has_fifteen_working_days(received: str, due: str) -> None:
    assert due_after(date.fromisoformat(received), 15, calendar=CALENDAR).on == date.fromisoformat(due)


def test_republic_day_on_a_sunday_takes_the_monday() -> None:
    friday, monday, tuesday = date(2026, 10, 23), date(2026, 10, 26), date(2026, 10, 27)
    assert not is_working_day(monday, calendar=CALENDAR)
    assert due_after(friday, 1, calendar=CALENDAR).on == tuesday


def test_the_end_of_the_day_is_the_end_of_the_day_in_kazakhstan() -> None:
    due = due_after(date(2026, 11, 23), 1, calendar=CALENDAR)
    assert due.at == datetime(2026, 11, 24, 18, 59, 59, 999_999, tzinfo=UTC)
    assert due.at.utcoffset() == timedelta(hours=5)
    assert due.calendar_version == 1


def test_a_due_date_names_the_version_that_was_asked() -> None:
    worked_saturday = with_changes(version=7, d2026_11_28=True)
    due = due_after(date(2026, 11, 27), 1, calendar=worked_saturday)
    assert (due.on, due.calendar_version) == (date(2026, 11, 28), 7)


def test_starting_on_a_day_off_counts_from_the_next_working_day() -> None:
    saturday = date(2026, 11, 21)
    assert due_after(saturday, 1, calendar=CALENDAR).on == date(2026, 11, 23)
    assert working_days_between(saturday, saturday, calendar=CALENDAR) == 0


@pytest.mark.parametrize("working_days", [0, -1])
def test_less_than_one_working_day_is_a_mistake(working_days: int) -> None:
    with pytest.raises(ValueError, match="one working day"):
        due_after(date(2026, 11, 23), working_days, calendar=CALENDAR)


def test_the_count_runs_after_the_start_up_to_and_with_the_end_and_below_zero_when_late() -> None:
    monday = date(2026, 11, 23)
    assert working_days_between(monday, date(2026, 11, 30), calendar=CALENDAR) == 5
    assert working_days_between(monday, monday, calendar=CALENDAR) == 0
    assert working_days_between(date(2026, 11, 30), monday, calendar=CALENDAR) == -5


@given(start=DAYS, working_days=st.integers(1, 60))
def test_counting_back_gives_the_days_that_were_given(start: date, working_days: int) -> None:
    due = due_after(start, working_days, calendar=CALENDAR)
    assert is_working_day(due.on, calendar=CALENDAR)
    assert working_days_between(start, due.on, calendar=CALENDAR) == working_days
    assert working_days_between(due.on, start, calendar=CALENDAR) == -working_days


@given(start=DAYS, end=DAYS)
def test_the_days_between_lead_to_the_last_working_day(start: date, end: date) -> None:
    days = working_days_between(start, end, calendar=CALENDAR)
    if days > 0 and is_working_day(end, calendar=CALENDAR):
        assert due_after(start, days, calendar=CALENDAR).on == end


@given(start=DAYS, middle=DAYS, end=DAYS)
def test_counts_add_up(start: date, middle: date, end: date) -> None:
    first, second, whole = (
        working_days_between(*pair, calendar=CALENDAR)
        for pair in ((start, middle), (middle, end), (start, end))
    )
    assert first + second == whole


def test_beyond_the_known_years_counting_goes_on_but_says_so() -> None:
    assert CALENDAR.covers(date(2027, 12, 31))
    assert not CALENDAR.covers(date(2028, 1, 1))
    assert not CALENDAR.covers(date(2025, 7, 31))
    assert is_working_day(date(2028, 1, 3), calendar=CALENDAR)
    assert due_after(date(2028, 1, 3), 5, calendar=CALENDAR).on == date(2028, 1, 10)


def test_today_changes_at_midnight_in_kazakhstan_on_a_clock_without_summer_time() -> None:
    assert today_in_almaty(datetime(2026, 11, 23, 18, 59, 59, tzinfo=UTC)) == date(2026, 11, 23)
    assert today_in_almaty(datetime(2026, 11, 23, 19, 0, tzinfo=UTC)) == date(2026, 11, 24)
    assert datetime(2026, 7, 1, tzinfo=ALMATY).utcoffset() == timedelta(hours=5)
    with pytest.raises(ValueError, match="time zone"):
        today_in_almaty(datetime(2026, 11, 23))
