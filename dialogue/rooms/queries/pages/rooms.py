"""Rooms to go to, and who is in them."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils import timezone

from dialogue.organisations.models import Role
from dialogue.organisations.queries import valid_delegations_in
from dialogue.rooms.access import Reading, rooms_visible_to
from dialogue.rooms.models import Entrance, Room, Seat
from dialogue.rooms.queries.unread import unread_by_room


@dataclass(frozen=True)
class RoomShown:
    slug: str
    name: str
    purpose: str
    unread: int
    is_invited: bool
    is_chatham_house: bool
    observers_may_read: bool
    people: int = 0


@dataclass(frozen=True)
class RoomsShown:
    open: tuple[RoomShown, ...]
    invited: tuple[RoomShown, ...]


def rooms_shown(reading: Reading) -> RoomsShown:
    unread = unread_by_room(reading)
    rooms = [_shown(room, unread) for room in rooms_visible_to(reading).filter(archived_at=None)]
    return RoomsShown(
        open=tuple(room for room in rooms if not room.is_invited),
        invited=tuple(room for room in rooms if room.is_invited),
    )


def participants(room: Room) -> int:
    return Seat.objects.valid(timezone.now()).filter(room=room).count()


def office_name() -> str:
    """As bylines write it: script tells the office's posts by it."""
    first = valid_delegations_in(Role.MODERATOR).first()
    return first.organisation.name if first else ""


def _shown(room: Room, unread: Mapping[int, int]) -> RoomShown:
    return RoomShown(
        slug=room.slug,
        name=room.name,
        purpose=room.purpose,
        unread=unread.get(room.pk, 0),
        is_invited=room.entrance == Entrance.INVITED,
        is_chatham_house=room.is_chatham_house,
        observers_may_read=room.observers_may_read,
    )
