"""A room is opened."""

from collections.abc import Mapping

from django.db import transaction

from dialogue.journal.entries import ensure_stream
from dialogue.rooms.models import Entrance, Marking, Room


@transaction.atomic
def open_room(
    *,
    slug: str,
    name: Mapping[str, str],
    purpose: Mapping[str, str],
    rules: Mapping[str, str] | None = None,
    entrance: str = Entrance.MEMBERS,
    default_marking: str = Marking.MEMBERS,
    is_chatham_house: bool = False,
    observers_may_read: bool = False,
) -> Room:
    """By the house itself: the demo, a migration, a command. Words by language code."""
    words = {"name": name, "purpose": purpose, "rules": rules or {}}
    translated = {f"{field}_{code}": text for field, texts in words.items() for code, text in texts.items()}
    room = Room.objects.create(
        slug=slug,
        entrance=Entrance(entrance),
        default_marking=Marking(default_marking),
        is_chatham_house=is_chatham_house,
        observers_may_read=observers_may_read,
        **translated,
    )
    for stream in (room.stream_name, room.office_stream_name, room.safety_stream_name):
        ensure_stream(stream)
    return room
