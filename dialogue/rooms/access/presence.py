"""Who may be seen to be in a room at this moment."""

from collections.abc import Collection

from dialogue.rooms.access.reading import Somebody, reading_of
from dialogue.rooms.access.rooms import can_write_in
from dialogue.rooms.models import Byline, Entrance, Post, Room


def can_be_seen_here(user: Somebody, room: Room) -> bool:
    """Never in invited rooms, nor who only reads; nor who wrote shielded there: few would remain to guess."""
    reading = reading_of(user)
    if room.entrance != Entrance.MEMBERS or reading.person_id is None or not can_write_in(reading, room):
        return False
    return not shielded_in(room.slug, [reading.person_id])


def shielded_in(slug: str, people: Collection[int]) -> set[int]:
    """Those of these people (keys) who ever wrote shielded in this room; a thread's first post counts."""
    rows = Post.objects.filter(thread__room__slug=slug, author__in=people, byline=Byline.SHIELDED)
    return set(rows.values_list("author_id", flat=True).distinct())
