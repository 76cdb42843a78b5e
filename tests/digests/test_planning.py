"""Weeks, windows that never overlap, and what the next edition begins with."""

from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogue.calendar.working_days import ALMATY
from dialogue.digests.actions.editions import Fate, send_edition
from dialogue.digests.actions.subscriptions import choose
from dialogue.digests.models import Edition, EditionState, Frequency
from dialogue.digests.planning import is_due, period_of
from dialogue.journal.models import Stream
from dialogue.rooms.actions.seats import leave, take_seat
from tests.cast import Cast, a_post, a_thread
from tests.digests.week import LAST_WEEK, MONDAY, WEEK, plan

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("moment", "period"),
    [
        ("2026-11-23T09:00", "2026-W48"),
        ("2026-11-29T23:59", "2026-W48"),
        ("2026-12-28T09:00", "2026-W53"),
        ("2027-01-03T23:59", "2026-W53"),
        ("2027-01-04T00:00", "2027-W01"),
        ("2024-12-30T09:00", "2025-W01"),
    ],
)
def test_the_week_is_isos_own(moment: str, period: str) -> None:
    assert period_of(datetime.fromisoformat(moment).replace(tzinfo=ALMATY)) == period


@given(st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1)))
def test_every_week_has_its_own_name(moment: datetime) -> None:
    moment = moment.replace(tzinfo=ALMATY)
    monday = (moment - timedelta(days=moment.weekday())).replace(hour=0, minute=0, second=0, microsecond=0)
    assert period_of(moment) == period_of(monday)
    assert period_of(monday + WEEK) != period_of(moment) != period_of(monday - timedelta(microseconds=1))


@pytest.mark.parametrize(
    ("moment", "due"),
    [
        ("2026-11-23T08:59:59", False),
        ("2026-11-23T09:00", True),
        ("2026-11-23T09:07", True),
        ("2026-11-29T23:59", True),
        ("2026-11-30T00:00", False),
    ],
)
def test_due_from_monday_nine_in_almaty(moment: str, due: bool) -> None:
    assert is_due(datetime.fromisoformat(moment).replace(tzinfo=ALMATY)) is due


def test_windows_of_one_reader_never_overlap_and_leave_no_gap(cast: Cast) -> None:
    thread = a_thread(cast.disability, cast.second_member, now=LAST_WEEK)
    windows: list[Any] = []
    for week in range(4):
        now = MONDAY + week * WEEK + timedelta(minutes=week * 7)
        edition = plan(cast.member, now=now)
        send_edition(edition, now=now)
        windows.append(edition.window_of("room:disability"))
        for _post in range(week):
            a_post(thread, cast.second_member, now=now + timedelta(days=1))
    assert all(before[2] == after[1] for before, after in pairwise(windows))
    assert [until - after for _epoch, after, until in windows[1:]] == [0, 1, 2]


def test_the_first_edition_looks_back_one_week(cast: Cast) -> None:
    old = a_thread(cast.disability, cast.second_member, now=MONDAY - 3 * WEEK)
    a_post(old, cast.second_member, now=MONDAY - timedelta(days=6))
    edition = plan(cast.member)
    assert edition.is_first
    assert edition.looks_back_to == MONDAY - WEEK
    window = edition.window_of("room:disability")
    assert window is not None
    assert window[1] >= old.first_position
    assert window[2] - window[1] == 1


def test_planning_twice_is_one_edition_with_the_same_windows(cast: Cast) -> None:
    first = plan(cast.member)
    a_thread(cast.disability, cast.second_member, now=MONDAY)
    again = plan(cast.member, now=MONDAY + timedelta(hours=3))
    assert (again.pk, again.windows) == (first.pk, first.windows)
    assert Edition.objects.count() == 1


def test_a_week_that_was_never_sent_is_told_with_the_next(cast: Cast) -> None:
    a_thread(cast.disability, cast.second_member, now=LAST_WEEK)
    missed = plan(cast.member)
    late = plan(cast.member, now=MONDAY + WEEK)
    missed_window = missed.window_of("room:disability")
    missed.refresh_from_db()
    assert (missed.state, missed.windows) == (EditionState.DROPPED, {})
    assert late.window_of("room:disability") == missed_window
    assert send_edition(missed, now=MONDAY + WEEK) is Fate.ALREADY


def test_a_room_lost_and_found_again_goes_on_where_it_ended(cast: Cast) -> None:
    thread = a_thread(cast.torture, cast.second_member, now=LAST_WEEK)
    first = plan(cast.member)
    send_edition(first, now=MONDAY)
    leave(cast.torture, person=cast.member, by=cast.moderator)
    without = plan(cast.member, now=MONDAY + WEEK)
    send_edition(without, now=MONDAY + WEEK)
    end = first.window_of("room:torture")
    assert without.window_of("room:torture") == (end[0], end[2], end[2])
    home = cast.organisations["quiet-coast"]
    take_seat(cast.torture, person=cast.member, for_organisation=home, by=cast.moderator)
    a_post(thread, cast.second_member, now=MONDAY + WEEK)
    found = plan(cast.member, now=MONDAY + 2 * WEEK).window_of("room:torture")
    assert found[1] == end[2]
    assert found[2] > found[1]


def test_turned_on_again_it_does_not_tell_the_whole_pause(cast: Cast) -> None:
    first = plan(cast.member)
    send_edition(first, now=MONDAY)
    choose(by=cast.member, frequency=Frequency.NONE, is_private=False, now=MONDAY)
    a_thread(cast.disability, cast.second_member, now=MONDAY + WEEK)
    back = MONDAY + 5 * WEEK
    choose(by=cast.member, frequency=Frequency.WEEKLY, is_private=False, now=back)
    after, until = plan(cast.member, now=back).window_of("room:disability")[1:]
    assert after == until


def test_turned_off_and_on_within_a_day_nothing_comes_twice(cast: Cast) -> None:
    a_thread(cast.disability, cast.second_member, now=LAST_WEEK)
    first = plan(cast.member)
    send_edition(first, now=MONDAY)
    for frequency in (Frequency.NONE, Frequency.WEEKLY):
        choose(by=cast.member, frequency=frequency, is_private=False, now=MONDAY + timedelta(days=1))
    second = plan(cast.member, now=MONDAY + WEEK)
    assert second.window_of("room:disability")[1] == first.window_of("room:disability")[2]


def test_a_new_epoch_begins_where_the_last_edition_was_made(cast: Cast) -> None:
    a_thread(cast.disability, cast.second_member, now=LAST_WEEK)
    send_edition(plan(cast.member), now=MONDAY)
    Stream.objects.filter(name="room:disability").update(epoch="restored")
    fresh = a_thread(cast.disability, cast.second_member, now=MONDAY + timedelta(days=2))
    epoch, after, until = plan(cast.member, now=MONDAY + WEEK).window_of("room:disability")
    assert (epoch, after, until) == ("restored", fresh.first_position - 1, fresh.first_position)


def test_streams_are_those_of_rooms_and_of_issues_and_never_the_offices(cast: Cast) -> None:
    a_thread(cast.disability, cast.second_member, now=LAST_WEEK)
    for person in (cast.safety, cast.moderator, cast.member):
        assert not [name for name in plan(person).windows if name.endswith((":office", ":safety"))]
