"""The urgent clock: an hour that passes only while someone is on duty."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogue.calendar.working_days import ALMATY, due_in_duty_hours, duty_hours
from tests.calendar.days import CALENDAR, with_changes


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ALMATY)


@pytest.mark.parametrize(
    ("start", "hours", "due"),
    [
        ("2026-11-23 10:00", 1, "2026-11-23 11:00"),
        ("2026-11-23 06:30", 1, "2026-11-23 10:00"),
        ("2026-11-23 17:30", 1, "2026-11-23 18:30"),
        ("2026-11-23 18:00", 1, "2026-11-24 09:30"),
        ("2026-11-23 18:30", 1, "2026-11-24 10:00"),
        ("2026-11-23 23:59", 0.5, "2026-11-24 09:30"),
        ("2026-11-27 18:15", 1, "2026-11-30 09:45"),
        ("2026-11-28 12:00", 1, "2026-11-30 10:00"),
        ("2026-10-23 18:00", 1, "2026-10-27 09:30"),
        ("2026-11-23 09:00", 20, "2026-11-25 10:00"),
        ("2026-11-23 18:45", 0, "2026-11-24 09:00"),
    ],
)
def test_hours_pass_only_on_duty(start: str, hours: float, due: str) -> None:
    assert due_in_duty_hours(at(start), hours, calendar=CALENDAR) == at(due)


def test_any_time_zone_is_read_as_the_moment_it_is() -> None:
    start = datetime(2026, 11, 23, 13, 0, tzinfo=UTC)
    assert due_in_duty_hours(start, 1, calendar=CALENDAR) == at("2026-11-24 09:30")


def test_someone_is_on_duty_on_working_days_only() -> None:
    monday = date(2026, 11, 23)
    assert duty_hours(monday, calendar=CALENDAR) == (at("2026-11-23 09:00"), at("2026-11-23 18:30"))
    assert duty_hours(date(2026, 10, 26), calendar=CALENDAR) is None
    assert duty_hours(date(2026, 11, 28), calendar=CALENDAR) is None
    worked_saturday = with_changes(d2026_11_28=True)
    assert due_in_duty_hours(at("2026-11-27 18:15"), 1, calendar=worked_saturday) == at("2026-11-28 09:45")


def test_what_is_no_moment_or_no_span_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="time zone"):
        due_in_duty_hours(datetime(2026, 11, 23, 10), 1, calendar=CALENDAR)
    with pytest.raises(ValueError, match="forward"):
        due_in_duty_hours(at("2026-11-23 10:00"), -1, calendar=CALENDAR)


@given(
    start=st.datetimes(datetime(2026, 1, 1), datetime(2027, 11, 1), timezones=st.just(ALMATY)),
    minutes=st.integers(0, 3_000),
    later=st.integers(0, 10_000),
)
def test_a_due_moment_is_on_duty_never_early_and_never_overtaken(
    start: datetime, minutes: int, later: int
) -> None:
    due = due_in_duty_hours(start, minutes / 60, calendar=CALENDAR)
    on_duty = duty_hours(due.date(), calendar=CALENDAR)
    assert on_duty is not None
    assert on_duty[0] <= due <= on_duty[1]
    assert due >= start + timedelta(minutes=minutes) - timedelta(milliseconds=1)
    assert due_in_duty_hours(start + timedelta(minutes=later), minutes / 60, calendar=CALENDAR) >= due
