"""People sit down in a room and leave it."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dialogue.accounts.actions import raise_auth_version
from dialogue.accounts.models import User
from dialogue.journal import entries
from dialogue.journal.entries import Opened
from dialogue.organisations.models import Organisation
from dialogue.rooms import access
from dialogue.rooms.access.refused import not_found
from dialogue.rooms.access.rooms import may_sit_for
from dialogue.rooms.kinds import SEAT_LEFT, SEAT_TAKEN
from dialogue.rooms.models import Byline, Room, Seat, Thread
from dialogue.text.refusals import Forbidden, Invalid


def take_seat(
    room: Room,
    *,
    person: User,
    for_organisation: Organisation,
    by: User | None,
    visible_from: int = 0,
    now: datetime | None = None,
) -> Seat:
    """``by`` is the office, the person themself in an open room, or None: the house (the demo).

    Who sits there for that organisation already keeps the seat they have.
    """
    with entries.opening([room.stream_name], now=now) as opened:
        _refuse_seating(room, person=person, by=by)
        if not may_sit_for(person, for_organisation):
            raise Invalid("not_a_member", _("A seat is for people who speak for a verified NGO."), "person")
        return _seat(opened, room, person=person, organisation_id=for_organisation.pk, floor=visible_from)


def leave(room: Room, *, person: User, by: User | None, now: datetime | None = None) -> None:
    """By the person themself, the office, or the house; open pages of an invited room notice at once."""
    with entries.opening([room.stream_name], now=now) as opened:
        if by is not None and by.pk != person.pk and not access.can_fill_seats(by, room):
            raise not_found()
        if Seat.objects.filter(room=room, person=person, left_at=None).update(left_at=opened.at):
            opened.record(SEAT_LEFT, stream=room.stream_name, actor=person)
            raise_auth_version([person.pk])


def sit_down(opened: Opened, thread: Thread, *, by: User, reading: access.Reading, byline: Byline) -> None:
    """The first post takes a seat, where that says no more than the post itself.

    Not for a shielded author and not in a thread of the office: who sat down at that moment
    would be who wrote.
    """
    tells = byline is Byline.SHIELDED or thread.stream_name != thread.room.stream_name
    organisation_id = reading.organisation_in(thread.room_id)
    is_seated = thread.room_id in reading.seats
    if tells or is_seated or organisation_id is None or not access.can_take_seat(reading, thread.room):
        return
    _seat(opened, thread.room, person=by, organisation_id=organisation_id, floor=0)


def _refuse_seating(room: Room, *, person: User, by: User | None) -> None:
    if by is None or access.can_fill_seats(by, room):
        return
    if by.pk == person.pk and access.can_take_seat(by, room):
        return
    access.visible_room(by, room.slug)
    raise Forbidden("forbidden", _("People are invited into this room by the office."))


def _seat(opened: Opened, room: Room, *, person: User, organisation_id: int, floor: int) -> Seat:
    seat = Seat.objects.filter(room=room, person=person, left_at=None).first()
    if seat is not None and seat.for_organisation_id == organisation_id and seat.is_valid(timezone.now()):
        return seat
    if seat is not None:
        Seat.objects.filter(pk=seat.pk).update(left_at=seat.until or opened.at)
    if seat is not None or floor:
        # Who read on from further back may not do so any more, on pages that are open now either.
        raise_auth_version([person.pk])
    opened.record(SEAT_TAKEN, stream=room.stream_name, actor=person)
    return Seat.objects.create(
        person=person,
        room=room,
        for_organisation_id=organisation_id,
        visible_from=floor,
        taken_at=opened.at,
    )
