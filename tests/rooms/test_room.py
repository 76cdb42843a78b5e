"""What the table itself refuses, whatever the code above it does."""

import pytest
from django.db import IntegrityError
from django.utils import timezone

from dialogue.accounts.models import User
from dialogue.organisations.models import Kind, Organisation
from dialogue.rooms.models import Room, Seat

pytestmark = pytest.mark.django_db


def test_streams_are_named_by_the_slug() -> None:
    room = Room(slug="disability")
    assert room.stream_name == "room:disability"
    assert room.office_stream_name == "room:disability:office"
    assert room.safety_stream_name == "room:disability:safety"


def test_every_room_has_its_own_key_for_pseudonyms() -> None:
    first = Room.objects.create(slug="a", name="A", purpose="-")
    second = Room.objects.create(slug="b", name="B", purpose="-")
    assert len(first.pseudonym_key) == 32
    assert first.pseudonym_key != second.pseudonym_key


def test_a_person_has_one_seat_in_a_room_and_may_return() -> None:
    room = Room.objects.create(slug="a", name="A", purpose="-")
    person = User.objects.create_user("p@example.org", "-", name="P")
    ngo = Organisation.objects.create(slug="ngo", name="NGO", kind=Kind.NGO)
    now = timezone.now()
    Seat.objects.create(person=person, room=room, for_organisation=ngo, taken_at=now, left_at=now)
    seat = Seat.objects.create(person=person, room=room, for_organisation=ngo, taken_at=now)
    assert seat.is_valid(now)
    with pytest.raises(IntegrityError):
        Seat.objects.create(person=person, room=room, for_organisation=ngo, taken_at=now)
