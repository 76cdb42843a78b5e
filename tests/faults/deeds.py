"""What a ``Hand`` can do; each takes and returns what JSON can carry. Things are named by public ids."""

import uuid
from collections import Counter
from typing import Any

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import transaction

from dialogue.accounts.actions import create_account, end_sessions, raise_auth_version
from dialogue.accounts.models import User
from dialogue.issues.actions.escalation import escalate
from dialogue.issues.models import Escalation, Issue, Number
from dialogue.journal.entries import head_of
from dialogue.journal.models import Act, Entry, Stream, new_epoch
from dialogue.organisations.actions.delegations import delegate, end_delegation
from dialogue.organisations.actions.organisations import (
    register_organisation,
    suspend_organisation,
    verify_organisation,
)
from dialogue.organisations.models import Delegation, Kind, Organisation, Role
from dialogue.rooms.access import visible_thread
from dialogue.rooms.actions.holds import hold
from dialogue.rooms.actions.posts import post
from dialogue.rooms.actions.rooms import open_room
from dialogue.rooms.actions.seats import leave, take_seat
from dialogue.rooms.actions.threads import raise_thread
from dialogue.rooms.models import Carriage, Post, Room

Told = dict[str, Any]
KINDS = {"office": Kind.OFFICE, "mission": Kind.OBSERVER}


def person(name: str, *, home: str, role: str = Role.MEMBER, password: str | None = None) -> Told:
    """Somebody who speaks for ``home``; the organisation of that slug is there afterwards."""
    somebody = create_account(
        email=_address(name), name=name, language="en", password=password, is_address_confirmed=True
    )
    delegate(somebody, _home(home), Role(role), given_by=None)
    return session(name)


def session(name: str) -> Told:
    """Another one, as from another device."""
    who, store = _person(name), SessionStore()
    store[SESSION_KEY] = str(who.pk)
    store[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    store[HASH_SESSION_KEY] = who.get_session_auth_hash()
    store.save()
    return {"session": store.session_key}


def room(slug: str, **rules: Any) -> Told:
    opened = open_room(slug=slug, name=_alike(slug), purpose=_alike(slug), **rules)
    return {"stream": opened.stream_name}


def sit(name: str, *, room: str) -> Told:
    who = _person(name)
    organisation = Delegation.objects.filter(person=who, ended_at=None).get().organisation
    here = Room.objects.get(slug=room)
    take_seat(here, person=who, for_organisation=organisation, by=None)
    return _head(here)


def threads(by: str, *, room: str, count: int = 1, kind: str = "concern") -> Told:
    here, who = Room.objects.get(slug=room), _person(by)
    said: Told = {"kind": kind, "title": "No ramp", "body": "Begin", "lang": "en"}
    made = [raise_thread(here, by=who, key=uuid.uuid4(), **said) for _ in range(count)]
    last = made[-1].place
    return {"threads": [done.thing for done in made], "epoch": last.epoch, "position": last.position}


def say(by: str, *, thread: str, body: str) -> Told:
    who = _person(by)
    done = post(visible_thread(who, thread), by=who, key=uuid.uuid4(), body=body, lang="en")
    return {"post": done.thing, "position": done.place.position}


def unseat(name: str, *, room: str) -> Told:
    here = Room.objects.get(slug=room)
    leave(here, person=_person(name), by=None)
    return _head(here)


def end_role(name: str, *, room: str) -> Told:
    who = _person(name)
    with transaction.atomic():
        for held in Delegation.objects.filter(person=who, ended_at=None):
            end_delegation(held, by=who)
    return _head_in(room)


def change_role(name: str, *, home: str, role: str, room: str) -> Told:
    """They speak for somebody else from now on."""
    with transaction.atomic():
        end_role(name, room=room)
        delegate(_person(name), _home(home), Role(role), given_by=None)
    return _head_in(room)


def deactivate(name: str, *, room: str) -> Told:
    """As the admin site does it."""
    with transaction.atomic():
        User.objects.filter(email=_address(name)).update(is_active=False)
        raise_auth_version([_person(name).pk])
    return _head_in(room)


def suspend(home: str, *, room: str) -> Told:
    suspend_organisation(_home(home), by=None)
    return _head_in(room)


def sign_out(name: str, *, room: str) -> Told:
    """Everywhere."""
    end_sessions(_person(name))
    return _head_in(room)


def narrow(room: str) -> Told:
    """As a console would: observers read it no more, and no act tells of it."""
    Room.objects.filter(slug=room).update(observers_may_read=False)
    return _head_in(room)


def withhold(thread: str, *, by: str) -> Told:
    who = _person(by)
    done = hold(visible_thread(who, thread), by=who, key=uuid.uuid4(), reason="Danger.")
    return {"position": done.place.position}


def head(stream: str) -> Told:
    return {"head": head_of(stream).position}


def said_by(name: str, *, stream: str, after: int) -> Told:
    """Where in the stream there is anything of this person after that position."""
    rows = Entry.objects.filter(stream__name=stream, position__gt=after, actor=_person(name))
    return {"positions": list(rows.order_by("position").values_list("position", flat=True))}


def take_up(thread: str, *, by: str) -> Told:
    who = _person(by)
    words: Told = {"title": "Steps", "summary": "Nine steps.", "lang": "en"}
    return {"issue": escalate(visible_thread(who, thread), by=who, key=uuid.uuid4(), **words).thing}


def escalations() -> Told:
    """What came of the race: per thread, in numbers, and in the journal."""
    registered = Entry.objects.filter(kind="issue.registered").count()
    return {
        "per_thread": Counter(Escalation.objects.values_list("thread__public_id", flat=True)),
        "sequences": sorted(Issue.objects.values_list("sequence", flat=True)),
        "last": Number.objects.get().last,
        "registered": registered,
        "carriages": Carriage.objects.count(),
    }


def issue(reference: str) -> Told:
    found = next(one for one in Issue.objects.all() if one.reference == reference)
    return {"version": found.version, "title": found.title}


def posts(thread: str) -> Told:
    """Each as it stands: version and text, and whether it is still told."""
    rows = Post.objects.filter(thread__public_id=thread).select_related("current").order_by("pk")
    told = {
        row.public_id: {
            "version": row.version,
            "body": row.current.body if row.current else "",
            "gone": row.withdrawn_at is not None,
            "versions": list(row.revisions.order_by("version").values_list("version", flat=True)),
        }
        for row in rows
    }
    return {"posts": told}


def restore(stream: str, *, position: int) -> Told:
    """As after a backup was put back: what came later is gone, and positions mean something else now."""
    with transaction.atomic():
        row = Stream.objects.select_for_update().get(name=stream)
        row.entries.filter(position__gt=position).delete()
        Act.objects.filter(stream=row, position__gt=position).delete()
        row.epoch, row.position = new_epoch(), position
        row.save()
    return {"epoch": row.epoch}


def _head(here: Room) -> Told:
    """Whatever is committed later than this has a higher position."""
    return {"head": head_of(here.stream_name).position}


def _head_in(slug: str) -> Told:
    return _head(Room.objects.get(slug=slug))


def _person(name: str) -> User:
    return User.objects.get(email=_address(name))


def _address(name: str) -> str:
    return f"{name}@demo.example"


def _home(slug: str) -> Organisation:
    found = Organisation.objects.filter(slug=slug).first()
    if found is None:
        kind = KINDS.get(slug, Kind.NGO)
        found = register_organisation(by=None, slug=slug, names=_alike(slug), kind=kind, duty_bearer=None)
        verify_organisation(found, by=None)
    return found


def _alike(text: str) -> dict[str, str]:
    return dict.fromkeys(("kk", "ru", "en"), text)
