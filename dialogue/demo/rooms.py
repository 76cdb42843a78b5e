"""The rooms of the story, and who sits in them."""

import tomllib
from datetime import datetime, timedelta
from typing import Any, Final

from dialogue.demo.people import STORY
from dialogue.demo.telling import StoryTold
from dialogue.organisations.access import organisations_of
from dialogue.rooms.access import rooms_visible_to
from dialogue.rooms.actions.rooms import open_room
from dialogue.rooms.actions.seats import take_seat
from dialogue.rooms.models import Room

# People sat down long before the oldest thread of the story.
SEATED_BEFORE: Final = timedelta(days=280)


def load_rooms(told: StoryTold, *, now: datetime) -> dict[str, Room]:
    """Open the missing ones and seat their people; a room that is there keeps the seats it has."""
    rows = tomllib.loads((STORY / "rooms.toml").read_text(encoding="utf-8"))["rooms"]
    known = {room.slug: room for room in rooms_visible_to(told.person("moderator"))}
    missing = {row["slug"]: _open(row, told, now=now) for row in rows if row["slug"] not in known}
    return known | missing


def _open(row: dict[str, Any], told: StoryTold, *, now: datetime) -> Room:
    room = open_room(
        slug=row["slug"],
        name=row["name"],
        purpose=row["purpose"],
        rules={language: "\n".join(lines) for language, lines in row["rules"].items()},
        entrance=row["access"],
        default_marking=row["default_marking"],
        is_chatham_house=row["chatham_house"],
        observers_may_read=row["observers_may_read"],
    )
    for key in row["seats"]:
        person = told.person(key)
        own = organisations_of(person).get()
        take_seat(room, person=person, for_organisation=own, by=None, now=now - SEATED_BEFORE)
    return room
