"""Which days a digest names: those it tells of."""

from datetime import date, datetime, timedelta

import pytest

from dialogue.calendar.working_days import ALMATY
from dialogue.rooms.models import Thread
from tests.cast import Cast, a_thread
from tests.digests.week import MONDAY, digest_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def thread(cast: Cast) -> Thread:
    return a_thread(cast.disability, cast.second_member, now=MONDAY)


@pytest.mark.parametrize(
    ("now", "last"),
    [
        (MONDAY, date(2026, 11, 22)),
        (MONDAY + timedelta(hours=2), date(2026, 11, 22)),
        (MONDAY + timedelta(hours=9), date(2026, 11, 23)),
        (MONDAY + timedelta(days=1), date(2026, 11, 24)),
        (datetime(2026, 11, 25, 0, 30, tzinfo=ALMATY), date(2026, 11, 25)),
    ],
    ids=str,
)
def test_a_digest_names_the_days_it_tells_of(cast: Cast, thread: Thread, now: datetime, last: date) -> None:
    digest = digest_of(cast.member, now=now)
    assert digest.last_day == last
    assert digest.first_day == (now - timedelta(days=7)).date()
