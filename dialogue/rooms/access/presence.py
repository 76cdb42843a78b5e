"""Who may be seen to be in a room at this moment."""

from collections.abc import Collection

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
    return slug in with_shielded_authors([slug])


def with_shielded_authors(slugs: Collection[str]) -> set[str]:
    """Those of these rooms in which somebody wrote shielded; one query."""
    posts = Post.objects.filter(thread__room__slug__in=slugs, byline=Byline.SHIELDED)
    return set(posts.values_list("thread__room__slug", flat=True).distinct())
