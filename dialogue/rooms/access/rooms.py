"""Rooms: who comes in, who may begin something there."""

from typing import Final

from django.db.models import Q, QuerySet
from django.utils import timezone
from rules.predicates import Predicate

from dialogue.organisations.models import Organisation
from dialogue.rooms.access.reading import Reading, Somebody, reading_of
from dialogue.rooms.access.refused import not_found
from dialogue.rooms.models import Entrance, Room, Seat

# Behind fewer, "a member organisation of this room" would be as good as a name.
SHIELD_NEEDS_ORGANISATIONS: Final = 5
# Fields of a room that ``rooms_visible_to`` goes by: open pages look again when one of them changes.
FACTS_THAT_LET_IN: Final = ("entrance", "observers_may_read")


def rooms_visible_to(user: Somebody) -> QuerySet[Room]:
    """Handlers all; members the open ones and those they sit in; observers where the room says so."""
    reading = reading_of(user)
    if reading.is_handler:
        return Room.objects.all()
    seen = Q(pk__in=())
    if reading.is_member:
        seen |= Q(entrance=Entrance.MEMBERS) | Q(pk__in=list(reading.seats))
    if reading.is_observer:
        seen |= Q(observers_may_read=True)
    return Room.objects.filter(seen)


def visible_room(user: Somebody, slug: str) -> Room:
    room = rooms_visible_to(user).filter(slug=slug).first()
    if room is None:
        raise not_found()
    return room


def enters(reading: Reading, room: Room) -> bool:
    """The same as ``rooms_visible_to``, for a room at hand; a test holds the two together."""
    if reading.is_handler:
        return True
    return _enters_as_member(reading, room) or (reading.is_observer and room.observers_may_read)


def _enters_as_member(reading: Reading, room: Room) -> bool:
    return reading.is_member and (room.entrance == Entrance.MEMBERS or room.pk in reading.seats)


def _is_handler(reading: Reading) -> bool:
    return reading.is_handler


def _is_in_use(_reading: Reading, room: Room) -> bool:
    return room.archived_at is None


def _is_for_all_members(_reading: Reading, room: Room) -> bool:
    return room.entrance == Entrance.MEMBERS


def _has_company(reading: Reading, room: Room) -> bool:
    seats = Seat.objects.valid(timezone.now()).filter(
        room=room, for_organisation__verified_at__isnull=False, for_organisation__suspended_at=None
    )
    others = seats.exclude(for_organisation_id__in=reading.organisation_ids)
    return others.values("for_organisation").distinct().count() >= SHIELD_NEEDS_ORGANISATIONS


is_handler = Predicate(_is_handler)
enters_as_member = Predicate(_enters_as_member)
is_in_use = Predicate(_is_in_use)
writes_here = enters_as_member | is_handler
_may_begin = is_in_use & writes_here
_may_raise_concern = is_in_use & enters_as_member
_may_be_shielded = enters_as_member & Predicate(_has_company)
_may_sit_down = is_in_use & enters_as_member & Predicate(_is_for_all_members)
_may_fill_seats = is_in_use & is_handler


def can_write_in(user: Somebody, room: Room) -> bool:
    """Members who may read it, and the office; observers read only."""
    return writes_here.test(reading_of(user), room)


def can_raise(user: Somebody, room: Room) -> bool:
    """Begin a discussion, or anything at all."""
    return _may_begin.test(reading_of(user), room)


def can_raise_concern(user: Somebody, room: Room) -> bool:
    """The office answers concerns and does not raise them."""
    return _may_raise_concern.test(reading_of(user), room)


def can_be_shielded(user: Somebody, room: Room, *, is_for_the_office: bool = False) -> bool:
    """Whether the shield would hide anything; offer "office only" where it would not.

    Towards the office alone it is a pseudonym, and holds in any company.
    """
    reading = reading_of(user)
    return reading.is_member if is_for_the_office else _may_be_shielded.test(reading, room)


def can_take_seat(user: Somebody, room: Room) -> bool:
    """By themselves, as the first post does; elsewhere they are invited."""
    return _may_sit_down.test(reading_of(user), room)


def can_fill_seats(user: Somebody, room: Room) -> bool:
    """Invite into the room, and take the invitation back."""
    return _may_fill_seats.test(reading_of(user), room)


def may_sit_for(user: Somebody, organisation: Organisation) -> bool:
    reading = reading_of(user)
    return reading.is_member and organisation.pk in reading.organisation_ids
