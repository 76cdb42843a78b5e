"""Who may be seen to be in a room at this moment."""

from dialogue.rooms.access.reading import Somebody, reading_of
from dialogue.rooms.access.rooms import can_write_in
from dialogue.rooms.models import Byline, Entrance, Post, Room


def can_be_seen_here(user: Somebody, room: Room) -> bool:
    """Never in invited rooms, nor who only reads; nobody at all where somebody wrote shielded."""
    reading = reading_of(user)
    if room.entrance != Entrance.MEMBERS or reading.person_id is None or not can_write_in(reading, room):
        return False
    return not has_shielded_authors(room.slug)


def has_shielded_authors(slug: str) -> bool:
    """Then all are hidden alike: were it they alone, whoever went missing from the list would be known."""
    return Post.objects.filter(thread__room__slug=slug, byline=Byline.SHIELDED).exists()
