"""A room is opened."""

import pytest
from django.db import IntegrityError
from django.utils import translation

from dialogue.journal.entries import heads_of
from dialogue.rooms.actions.rooms import open_room
from dialogue.rooms.models import Entrance, Marking

pytestmark = pytest.mark.django_db

WORDS = {"kk": "Алаң", "ru": "Площадка", "en": "Room"}


def test_in_three_languages_with_its_three_streams() -> None:
    room = open_room(slug="water", name=WORDS, purpose=WORDS, default_marking="room", entrance="invited")
    for language, word in WORDS.items():
        with translation.override(language):
            assert room.name == word
    assert (room.entrance, room.default_marking) == (Entrance.INVITED, Marking.ROOM)
    places = heads_of([room.stream_name, room.office_stream_name, room.safety_stream_name])
    assert {place.position for place in places.values()} == {0}
    assert len(places) == 3


def test_a_slug_is_taken_once() -> None:
    open_room(slug="water", name=WORDS, purpose=WORDS)
    with pytest.raises(IntegrityError):
        open_room(slug="water", name=WORDS, purpose=WORDS)
