"""How much waits in each room and behind each place of the frame, asked by pages that are open for long."""

import re

import pytest

from dialogue.rooms.actions.marks import mark_read
from dialogue.rooms.queries.unread import mark_of
from tests.cast import NAMES, Cast, a_post, a_thread
from tests.issues.carried import a_draft
from tests.rooms.pages import as_

pytestmark = pytest.mark.django_db

ADDRESS = "/unread/"


def test_each_room_of_mine_and_the_mark_for_all(cast: Cast) -> None:
    thread = a_thread(cast.disability, cast.second_member)
    a_post(thread, cast.outsider)
    a_thread(cast.torture, cast.second_member)
    client = as_(cast.member)
    answer = client.get(ADDRESS)
    assert answer.json() == {"rooms": {"disability": 2, "torture": 1}, "marks": {"rooms": "3"}}
    assert "no-store" in answer.headers["Cache-Control"]
    thread.refresh_from_db()
    mark_read(thread, by=cast.member, position=thread.last_position)
    assert client.get(ADDRESS).json() == {"rooms": {"torture": 1}, "marks": {"rooms": "1"}}


@pytest.mark.parametrize("name", [name for name in NAMES if name != "visitor"])
def test_nobody_hears_of_a_room_that_is_closed_to_them(cast: Cast, name: str) -> None:
    a_thread(cast.torture, cast.member if name == "second_member" else cast.second_member)
    knows = name in {"member", "second_member", "moderator", "officer", "approver", "safety"}
    rooms = as_(getattr(cast, name)).get(ADDRESS).json()["rooms"]
    assert set(rooms) == ({"torture"} if knows else set())


def marks_of(cast: Cast, name: str) -> dict[str, str]:
    marks: dict[str, str] = as_(getattr(cast, name)).get(ADDRESS).json()["marks"]
    return marks


def test_places_of_the_office_are_told_to_whom_they_are_open(cast: Cast) -> None:
    a_draft(cast)
    a_thread(cast.disability, cast.member)
    a_thread(cast.torture, cast.member)
    assert marks_of(cast, "approver") == {"rooms": "3", "triage": "2", "sign": "1"}
    assert marks_of(cast, "moderator") == {"rooms": "3", "triage": "2"}
    assert marks_of(cast, "second_member") == {"rooms": "3"}
    assert marks_of(cast, "authority") == {"rooms": ""}


def test_each_place_says_of_what_its_mark_is_the_number(cast: Cast) -> None:
    """Where nothing waits the mark is hidden, with its words, for what comes."""
    a_thread(cast.disability, cast.member)
    page = as_(cast.approver).get("/home/").text
    for bar in ("top", "bottom"):
        links = re.findall(rf'<a class="{bar}__link"\s+data-code="(\w+)".*?</a>', page, re.DOTALL)
        assert links == ["home", "rooms", "triage", "issues", "sign"]
    shown = re.findall(
        r'<span class="count"( hidden)?>(\d*)<span class="visually-hidden"> (\w+)</span>', page
    )
    assert shown[:3] == [("", "1", "unread"), ("", "1", "waiting"), (" hidden", "", "waiting")]


def test_very_many_are_said_shortly() -> None:
    assert [mark_of(number) for number in (0, 1, 99, 100)] == ["", "1", "99", "99+"]
