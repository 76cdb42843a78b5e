"""Thirteen people, two rooms: who the tests are about. Use the fixture ``cast``.

Rooms and seats come from the acts themselves. Works in transactional tests too, where tables come empty.
"""

import itertools
import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.utils import timezone

from dialogue.accounts.actions import create_account
from dialogue.accounts.models import User
from dialogue.calendar import kazakh
from dialogue.calendar.models import CalendarVersion
from dialogue.journal.models import Entry, Stream
from dialogue.organisations.actions.delegations import delegate
from dialogue.organisations.actions.organisations import register_organisation, verify_organisation
from dialogue.organisations.models import Delegation, Kind, Organisation, Role
from dialogue.rooms.access import visible_post, visible_thread
from dialogue.rooms.actions.posts import post
from dialogue.rooms.actions.rooms import open_room
from dialogue.rooms.actions.seats import take_seat
from dialogue.rooms.actions.threads import raise_thread
from dialogue.rooms.models import Marking, Post, Room, Seat, Thread
from dialogue.taxonomy import loading
from dialogue.taxonomy.queries import themes
from tests.rows import Rows, are_empty, rows_of

# name → (organisation's slug, role); ``nobody`` and ``visitor`` stand for no one.
ROLES: Final = {
    "member": ("quiet-coast", Role.MEMBER),
    "lead": ("quiet-coast", Role.LEAD),
    "second_member": ("open-steppe", Role.MEMBER),
    "outsider": ("far-lake", Role.MEMBER),
    "moderator": ("office", Role.MODERATOR),
    "officer": ("office", Role.OFFICER),
    "approver": ("office", Role.APPROVER),
    "safety": ("office", Role.SAFETY),
    "data_officer": ("office", Role.DATA_OFFICER),
    "authority": ("akimat", Role.AUTHORITY),
    "observer": ("mission", Role.OBSERVER),
}
KINDS: Final = {"office": Kind.OFFICE, "akimat": Kind.AUTHORITY, "mission": Kind.OBSERVER}
NAMES: Final = (*ROLES, "nobody", "visitor")


@dataclass(frozen=True)
class Cast:
    """``member`` and ``second_member`` (another NGO) sit in both rooms; ``outsider`` (a third) in none.

    Observers may read ``disability`` and not ``torture``, which is by invitation and under the
    Chatham House rule.
    """

    member: User
    lead: User
    second_member: User
    outsider: User
    moderator: User
    officer: User
    approver: User
    safety: User
    data_officer: User
    authority: User
    observer: User
    nobody: User
    visitor: AnonymousUser
    organisations: dict[str, Organisation]
    disability: Room
    torture: Room

    def named(self, name: str) -> User | AnonymousUser:
        person: User | AnonymousUser = getattr(self, name)
        return person


# All that building the cast writes; empty when a test begins.
WRITTEN: Final = (User, EmailAddress, Organisation, Delegation, Room, Seat, Stream, Entry)
_built: list[Rows] = []


@pytest.fixture(name="cast")
def the_cast(db: None) -> Cast:
    """Built by the acts before the first test, and from then on written again as it was then.

    A transactional test begins with new people, unless it says otherwise.
    """
    if not connection.in_atomic_block or not are_empty(WRITTEN):
        return build_cast()
    fill_lists()
    if _built:
        _built[0].put_back()
    else:
        build_cast()
        _built.append(rows_of(WRITTEN))
    return found_cast()


def build_cast() -> Cast:
    fill_lists()
    organisations = _organisations(sorted({slug for slug, _role in ROLES.values()}))
    people = _people([*ROLES, "nobody"])
    _delegate(people, organisations)
    disability = a_room("disability", observers_may_read=True)
    torture = a_room("torture", entrance="invited", default_marking=Marking.ROOM, is_chatham_house=True)
    for room, name in itertools.product((disability, torture), ("member", "second_member")):
        home = organisations[ROLES[name][0]]
        take_seat(room, person=people[name], for_organisation=home, by=None)
    everybody: dict[str, Any] = {**people, "visitor": AnonymousUser()}
    return Cast(**everybody, organisations=organisations, disability=disability, torture=torture)


def found_cast() -> Cast:
    """As the tables have it."""
    people: dict[str, Any] = {user.email.partition("@")[0]: user for user in User.objects.all()}
    rooms: dict[str, Any] = {room.slug: room for room in Room.objects.all()}
    organisations = {home.slug: home for home in Organisation.objects.all()}
    return Cast(**people, **rooms, visitor=AnonymousUser(), organisations=organisations)


def _organisations(slugs: list[str]) -> dict[str, Organisation]:
    """All at once, without the acts: the cast is made before every test."""
    now = timezone.now()
    rows = [_organisation(slug, verified_at=now) for slug in slugs]
    return {row.slug: row for row in Organisation.objects.bulk_create(rows)}


def _organisation(slug: str, *, verified_at: datetime) -> Organisation:
    names = {f"name_{language}": name for language, name in in_three_languages(slug).items()}
    return Organisation(slug=slug, kind=KINDS.get(slug, Kind.NGO), verified_at=verified_at, **names)


def _people(names: list[str]) -> dict[str, User]:
    rows = [User(email=f"{name}@demo.example", name=name.title(), language="en") for name in names]
    for row in rows:
        row.set_unusable_password()
    people = User.objects.bulk_create(rows)
    EmailAddress.objects.bulk_create(EmailAddress(user=row, email=row.email, primary=True) for row in people)
    return dict(zip(names, people, strict=True))


def _delegate(people: dict[str, User], organisations: dict[str, Organisation]) -> None:
    now = timezone.now()
    Delegation.objects.bulk_create(
        Delegation(person=people[name], organisation=organisations[slug], role=role, since=now)
        for name, (slug, role) in ROLES.items()
    )


def somebody(name: str) -> User:
    return create_account(email=f"{name}@demo.example", name=name.title(), language="en", password=None)


def an_organisation(slug: str, kind: Kind = Kind.NGO) -> Organisation:
    organisation = register_organisation(by=None, slug=slug, names=in_three_languages(slug), kind=kind)
    verify_organisation(organisation, by=None)
    return organisation


def a_delegate(name: str, organisation: Organisation, role: Role = Role.MEMBER) -> User:
    person = somebody(name)
    delegate(person, organisation, role, given_by=None)
    return person


def a_room(slug: str, **rules: Any) -> Room:
    words = in_three_languages(slug)
    return open_room(slug=slug, name=words, purpose=words, **rules)


def in_three_languages(word: str) -> dict[str, str]:
    return {"kk": f"{word} kk", "ru": f"{word} ru", "en": f"{word} en"}


def a_thread(room: Room, by: User, **fields: Any) -> Thread:
    """A concern of ``by``; any argument of ``raise_thread`` may be given."""
    usual = {"kind": "concern", "title": "No ramp", "body": "Nine steps.", "lang": "en"}
    done = raise_thread(room, by=by, key=uuid.uuid4(), **{**usual, **fields})
    return visible_thread(by, done.thing)


def a_post(thread: Thread, by: User, body: str = "We see this too.", **fields: Any) -> Post:
    """Written by ``by``; any argument of ``posts.post`` may be given."""
    done = post(thread, by=by, key=uuid.uuid4(), body=body, **fields)
    return visible_post(by, done.thing)


def crowd(room: Room, count: int, *, begin: int = 0) -> list[User]:
    """So many more organisations in the room, one seated person each: company for the shield."""
    people = []
    for number in range(begin, begin + count):
        home = an_organisation(f"{room.slug}-crowd-{number}")
        people.append(a_delegate(f"{room.slug}-crowd-{number}", home))
        take_seat(room, person=people[-1], for_organisation=home, by=None)
    return people


def fill_lists() -> None:
    """A transactional test before this one may have emptied what migrations had filled."""
    if not themes().exists():
        loading.load(apps)
    if not CalendarVersion.objects.exists():
        kazakh.load(apps)
