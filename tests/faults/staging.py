"""A room full of people for the faults to happen to, and the database's side of the comparison."""

import uuid

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore

from dialogue.accounts.actions import create_account
from dialogue.accounts.models import User
from dialogue.journal.models import Entry
from dialogue.organisations.actions.delegations import delegate
from dialogue.organisations.actions.organisations import register_organisation, verify_organisation
from dialogue.organisations.models import Kind, Role
from dialogue.rooms.actions.rooms import open_room
from dialogue.rooms.actions.threads import raise_thread
from dialogue.rooms.models import Post


def set_stage(people_count: int) -> dict[str, object]:
    people = [_person(number) for number in range(people_count)]
    room = open_room(slug="hearing", name=_alike("Hearing"), purpose=_alike("Load"))
    done = raise_thread(
        room, by=people[0], key=uuid.uuid4(), kind="discussion", title="Load", body="Begin", lang="en"
    )
    return {
        "stream": room.stream_name,
        "thread": done.thing,
        "epoch": done.place.epoch,
        "position": done.place.position,
        "sessions": [_session(person) for person in people],
    }


def read_ledger(stream: str) -> list[dict[str, object]]:
    """Every entry of the stream in order, with the text of its post."""
    entries = Entry.objects.filter(stream__name=stream).order_by("position").select_related("stream")
    bodies = dict(Post.objects.values_list("public_id", "current__body"))
    return [
        {
            "epoch": entry.stream.epoch,
            "position": entry.position,
            "kind": entry.kind,
            "post": entry.refs.get("post"),
            "body": bodies.get(entry.refs.get("post", "")),
        }
        for entry in entries
    ]


def _person(number: int) -> User:
    organisation = register_organisation(
        by=None, slug=f"load-{number}", names=_alike(f"Load {number}"), kind=Kind.NGO, duty_bearer=None
    )
    verify_organisation(organisation, by=None)
    address = f"load{number}@demo.example"
    person = create_account(email=address, name=f"Load {number}", language="en", password=None)
    delegate(person, organisation, Role.MEMBER, given_by=None)
    return person


def _session(person: User) -> str:
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.save()
    return str(session.session_key)


def _alike(text: str) -> dict[str, str]:
    return dict.fromkeys(("kk", "ru", "en"), text)
