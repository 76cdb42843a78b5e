"""Rooms and the people in them, made by the acts of the house. Runs under Django: see ``staging``."""

from collections.abc import Sequence
from typing import Any

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore

from dialogue.accounts.models import User
from dialogue.journal.entries import head_of
from dialogue.rooms.actions.seats import take_seat
from tests.cast import a_delegate, a_room, a_thread, an_organisation


def fill(rooms: int, people: int) -> dict[str, Any]:
    """So many rooms, each with a thread to post in, and the sessions of so many people.

    In a single room all have their seats: who takes one with a first post is an entry more.
    """
    crowd = a_crowd(people)
    seated = crowd if rooms == 1 else ()
    places = [_place(number, by=crowd[number % people], seated=seated) for number in range(rooms)]
    return {"places": places, "sessions": [session_of(person) for person in crowd]}


def a_crowd(people: int) -> list[User]:
    """Everybody speaks for an organisation of their own."""
    return [a_delegate(f"crowd{each}", an_organisation(f"crowd-{each}")) for each in range(people)]


def session_of(person: User) -> str:
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.save()
    return str(session.session_key)


def _place(number: int, *, by: User, seated: Sequence[User]) -> dict[str, Any]:
    room = a_room(f"hall-{number}")
    for person in seated:
        home = person.delegations.get().organisation
        take_seat(room, person=person, for_organisation=home, by=None)
    thread = a_thread(room, by, kind="discussion")
    head = head_of(room.stream_name)
    return {
        "room": number,
        "stream": head.stream,
        "epoch": head.epoch,
        "position": head.position,
        "thread": thread.public_id,
    }
