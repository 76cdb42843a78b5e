"""A day and its month are never parted by the end of a line."""

from datetime import date

import pytest
from django.utils.translation import override

from dialogue.rooms.queries.pages.days import short_day


@pytest.mark.parametrize(("language", "words"), [("kk", "3\u00a0қар"), ("ru", "3\u00a0ноя")])
def test_a_short_day_stays_in_one_line(language: str, words: str) -> None:
    with override(language):
        assert short_day(date(2026, 11, 3)) == words
