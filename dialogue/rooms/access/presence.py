"""Who may be seen to be in a room at this moment."""

from collections.abc import Collection

from dialogue.rooms.access.reading import Reading, Somebody, read_together, reading_of
from dialogue.rooms.access.rooms import can_write_in, enters
from dialogue.rooms.models import Byline, Entrance, Post, Room


def can_be_seen_here(user: Somebody, room: Room) -> bool:
    """Never in invited rooms, nor who only reads; nobody at all where somebody wrote shielded."""
    return _shows_itself(reading_of(user), room) and not has_shielded_authors(room.slug)


def seen_here(people: Collection[int], slug: str) -> dict[int, int]:
    """Who of these people (ids) can be seen in that room, with the id of the organisation they write for.

    As ``can_be_seen_here`` says of each, by a handful of queries for all.
    """
    room = Room.objects.filter(slug=slug).first()
    if room is None or has_shielded_authors(slug):
        return {}
    readings = read_together(people)
    homes = {
        one: readings[one].organisation_in(room.pk) for one in people if _shows_itself(readings[one], room)
    }
    return {person: home for person, home in homes.items() if home is not None}


def _shows_itself(reading: Reading, room: Room) -> bool:
    is_here = reading.person_id is not None and enters(reading, room) and can_write_in(reading, room)
    return is_here and room.entrance == Entrance.MEMBERS


def has_shielded_authors(slug: str) -> bool:
    """Then all are hidden alike: were it they alone, whoever went missing from the list would be known."""
    return slug in with_shielded_authors([slug])


def with_shielded_authors(slugs: Collection[str]) -> set[str]:
    """Those of these rooms in which somebody wrote shielded; one query."""
    posts = Post.objects.filter(thread__room__slug__in=slugs, byline=Byline.SHIELDED)
    return set(posts.values_list("thread__room__slug", flat=True).distinct())
