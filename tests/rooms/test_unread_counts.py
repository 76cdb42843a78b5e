"""How much is unread in each room, asked by pages that are open for long."""

import pytest

from dialogue.rooms.actions.marks import mark_read
from dialogue.rooms.queries.unread import mark_of
from tests.cast import NAMES, Cast, a_post, a_thread
from tests.rooms.pages import as_

pytestmark = pytest.mark.django_db

ADDRESS = "/unread/"


def test_each_room_of_mine_and_the_mark_for_all(cast: Cast) -> None:
    thread = a_thread(cast.disability, cast.second_member)
    a_post(thread, cast.outsider)
    a_thread(cast.torture, cast.second_member)
    client = as_(cast.member)
    answer = client.get(ADDRESS)
    assert answer.json() == {"rooms": {"disability": 2, "torture": 1}, "total": "3"}
    assert "no-store" in answer.headers["Cache-Control"]
    thread.refresh_from_db()
    mark_read(thread, by=cast.member, position=thread.last_position)
    assert client.get(ADDRESS).json() == {"rooms": {"torture": 1}, "total": "1"}


@pytest.mark.parametrize("name", [name for name in NAMES if name != "visitor"])
def test_nobody_hears_of_a_room_that_is_closed_to_them(cast: Cast, name: str) -> None:
    a_thread(cast.torture, cast.member if name == "second_member" else cast.second_member)
    knows = name in {"member", "second_member", "moderator", "officer", "approver", "safety"}
    rooms = as_(getattr(cast, name)).get(ADDRESS).json()["rooms"]
    assert set(rooms) == ({"torture"} if knows else set())


def test_very_many_are_said_shortly() -> None:
    assert [mark_of(number) for number in (0, 1, 99, 100)] == ["", "1", "99", "99+"]
