"""Which streams of a room somebody may hear, as which audience, and from which position."""

from dataclasses import dataclass
from functools import partial
from typing import Literal

from django.db.models import QuerySet

from dialogue.organisations.standing import seen_once
from dialogue.questions.written_once import written_once
from dialogue.rooms.access.reading import Reading, Somebody, reading_of
from dialogue.rooms.access.rooms import enters
from dialogue.rooms.models import Room

Audience = Literal["member", "observer", "office", "safety"]


@dataclass(frozen=True)
class Hearing:
    """Entries up to and with ``floor`` are not for this listener."""

    audience: Audience
    floor: int = 0


def hearing_of(user: Somebody, stream_name: str) -> Hearing | None:
    """None for a stream that is missing or not for them."""
    prefix, _colon, rest = stream_name.partition(":")
    slug, _colon, _part = rest.partition(":")
    reading = reading_of(user)
    if prefix != "room":
        return None
    room = seen_once(("room", slug), partial(_named, slug))
    if room is None or not enters(reading, room):
        return None
    if stream_name == room.stream_name:
        return Hearing(audience_of(reading), reading.floor_in(room.pk))
    return _behind_the_room(reading, room, stream_name)


def _named(slug: str) -> Room | None:
    return next(iter(_rooms(slug)), None)


@written_once
def _rooms(slug: str) -> QuerySet[Room]:
    return Room.objects.filter(slug=slug)


def hears_the_office(user: Somebody) -> bool:
    """Office notes, and what else stands in streams of the office."""
    return reading_of(user).is_handler


def hears_safety(user: Somebody) -> bool:
    """Every held thread, whoever holds it."""
    return reading_of(user).is_safety_officer


def audience_of(user: Somebody) -> Audience:
    """As whom somebody who entered a room reads it."""
    reading = reading_of(user)
    if reading.is_handler:
        return "office"
    return "member" if reading.is_member else "observer"


def _behind_the_room(reading: Reading, room: Room, stream_name: str) -> Hearing | None:
    if stream_name == room.office_stream_name and hears_the_office(reading):
        return Hearing("office")
    if stream_name == room.safety_stream_name and hears_safety(reading):
        return Hearing("safety")
    return None
