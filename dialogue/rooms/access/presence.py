"""Who may be seen to be in a room at this moment."""

from collections.abc import Collection

from django.db.models import Exists, OuterRef, Q

from dialogue.rooms.access.reading import Somebody, read_together, reading_of
from dialogue.rooms.access.rooms import can_write_in, enters
from dialogue.rooms.models import Byline, Entrance, Post, Room


def can_be_seen_here(user: Somebody, room: Room) -> bool:
    """Never in invited rooms, nor who only reads; ``hiding_everybody`` says where nobody can."""
    reading = reading_of(user)
    is_here = reading.person_id is not None and enters(reading, room) and can_write_in(reading, room)
    return is_here and room.entrance == Entrance.MEMBERS


def seen_here(people: Collection[int], slug: str) -> dict[int, int]:
    """Who of these people (ids) can be seen in that room, with the id of the organisation they write for.

    A handful of queries for all.
    """
    room = Room.objects.filter(slug=slug).first()
    if room is None or hiding_everybody([slug]):
        return {}
    readings = read_together(people)
    homes = {
        one: readings[one].organisation_in(room.pk) for one in people if can_be_seen_here(readings[one], room)
    }
    return {person: home for person, home in homes.items() if home is not None}


def hiding_everybody(slugs: Collection[str]) -> set[str]:
    """Those of these rooms in which nobody can be seen: one is invited there, or somebody wrote shielded.

    All are hidden alike: were it the shielded alone, whoever went missing from the list would be known.
    """
    shielded = Post.objects.filter(thread__room=OuterRef("pk"), byline=Byline.SHIELDED)
    rooms = Room.objects.filter(~Q(entrance=Entrance.MEMBERS) | Exists(shielded), slug__in=slugs)
    return set(rooms.values_list("slug", flat=True))
