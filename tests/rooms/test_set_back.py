"""A clock was set back, or two processes disagree: a thread is read in the order in which it was written."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from dialogue.rooms.queries.pages import log
from tests.cast import Cast, a_post, a_thread
from tests.rooms.pages import as_, thread_address

pytestmark = pytest.mark.django_db
AHEAD_MINUTES = (0, 60, -60, 5, -61)


def shown(page: str) -> list[str]:
    return re.findall(r"<p>(said \d)</p>", page)


def test_posts_stand_as_they_were_written(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    thread, now = a_thread(cast.disability, cast.member), timezone.now()
    said: list[Any] = [
        a_post(thread, cast.member, f"said {number}", now=now + timedelta(minutes=minutes))
        for number, minutes in enumerate(AHEAD_MINUTES)
    ]
    words = [f"said {number}" for number in range(len(said))]
    client, address = as_(cast.second_member), thread_address(thread)
    assert shown(client.get(address).text) == words
    assert shown(client.get(f"{address}?before={said[3].public_id}").text) == words[:3]
    monkeypatch.setattr(log, "POSTS_ON_A_PAGE", 2)
    assert shown(client.get(address).text) == words[-2:]
    assert shown(client.get(f"{address}?before={said[3].public_id}").text) == words[1:3]
