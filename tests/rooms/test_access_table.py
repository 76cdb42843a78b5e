"""The cast against every verb of the rooms: each cell is a promise of the product page.

A ``can_…`` without a table here fails, and so does a person without a cell.
"""

import importlib
import pkgutil
from collections.abc import Callable
from types import ModuleType
from typing import Final

import pytest

from dialogue.rooms import access
from dialogue.rooms.access.presence import can_be_seen_here
from dialogue.rooms.access.reading import Somebody
from dialogue.rooms.models import Post, Room, Thread
from tests.cast import NAMES, Cast, a_post, a_thread

pytestmark = pytest.mark.django_db

HANDLERS: Final = {"moderator", "officer", "approver", "safety"}
MEMBERS: Final = {"member", "lead", "second_member", "outsider"}
SEATED: Final = {"member", "second_member"}

IN_THE_OPEN_ROOM: Final[dict[Callable[[Somebody, Room], bool], set[str]]] = {
    access.can_write_in: MEMBERS | HANDLERS,
    access.can_raise: MEMBERS | HANDLERS,
    access.can_raise_concern: MEMBERS,
    access.can_be_shielded: set(),
    access.can_take_seat: MEMBERS,
    access.can_fill_seats: HANDLERS,
    can_be_seen_here: MEMBERS | HANDLERS,
}
IN_THE_INVITED_ROOM: Final[dict[Callable[[Somebody, Room], bool], set[str]]] = {
    access.can_write_in: SEATED | HANDLERS,
    access.can_raise: SEATED | HANDLERS,
    access.can_raise_concern: SEATED,
    access.can_be_shielded: set(),
    access.can_take_seat: set(),
    access.can_fill_seats: HANDLERS,
    can_be_seen_here: set(),
}
ON_A_THREAD_IN_THE_OPEN: Final[dict[Callable[[Somebody, Thread], bool], set[str]]] = {
    access.can_post: MEMBERS | HANDLERS,
    access.can_write_office_note: HANDLERS,
    access.can_be_seen_typing: MEMBERS | HANDLERS,
}
ON_A_THREAD_BY_INVITATION: Final[dict[Callable[[Somebody, Thread], bool], set[str]]] = {
    access.can_post: SEATED | HANDLERS,
    access.can_write_office_note: HANDLERS,
    access.can_be_seen_typing: set(),
}
ON_A_POST_OF_MEMBER: Final[dict[Callable[[Somebody, Post], bool], set[str]]] = {
    access.can_edit: {"member"},
    access.can_withdraw: {"member"},
    access.can_react: MEMBERS | HANDLERS,
}
ON_AN_OFFICE_NOTE_OF_MODERATOR: Final[dict[Callable[[Somebody, Post], bool], set[str]]] = {
    access.can_edit: {"moderator"},
    access.can_withdraw: {"moderator"},
    access.can_react: HANDLERS,
}
# Their tables stand beside the acts of triage.
ELSEWHERE: Final = {"triage"}


def test_no_verb_is_without_a_table() -> None:
    tables = (IN_THE_OPEN_ROOM, ON_A_THREAD_IN_THE_OPEN, ON_A_POST_OF_MEMBER)
    named = {verb.__name__ for table in tables for verb in table}
    exist = {name for module in _modules() for name in vars(module) if name.startswith("can_")}
    assert exist == named
    assert set(IN_THE_INVITED_ROOM) == set(IN_THE_OPEN_ROOM)
    assert set(ON_A_THREAD_BY_INVITATION) == set(ON_A_THREAD_IN_THE_OPEN)
    assert set(ON_AN_OFFICE_NOTE_OF_MODERATOR) == set(ON_A_POST_OF_MEMBER)


def test_the_cast_has_everybody(cast: Cast) -> None:
    people = {name for name in vars(cast) if name not in ("organisations", "disability", "torture")}
    assert people == set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_in_rooms(cast: Cast, name: str) -> None:
    person = cast.named(name)
    for verb, allowed in IN_THE_OPEN_ROOM.items():
        assert verb(person, cast.disability) == (name in allowed), verb.__name__
    for verb, allowed in IN_THE_INVITED_ROOM.items():
        assert verb(person, cast.torture) == (name in allowed), verb.__name__


@pytest.mark.parametrize("name", NAMES)
def test_on_threads(cast: Cast, name: str) -> None:
    person = cast.named(name)
    for verb, allowed in ON_A_THREAD_IN_THE_OPEN.items():
        assert verb(person, a_thread(cast.disability, cast.member)) == (name in allowed), verb.__name__
    for verb, allowed in ON_A_THREAD_BY_INVITATION.items():
        assert verb(person, a_thread(cast.torture, cast.member)) == (name in allowed), verb.__name__


@pytest.mark.parametrize("name", NAMES)
def test_on_posts(cast: Cast, name: str) -> None:
    person, thread = cast.named(name), a_thread(cast.disability, cast.lead)
    post = a_post(thread, cast.member)
    for verb, allowed in ON_A_POST_OF_MEMBER.items():
        assert verb(person, post) == (name in allowed), verb.__name__
    note = a_post(thread, cast.moderator, office_only=True)
    for verb, allowed in ON_AN_OFFICE_NOTE_OF_MODERATOR.items():
        assert verb(person, note) == (name in allowed), verb.__name__


def _modules() -> list[ModuleType]:
    found = [module.name for module in pkgutil.iter_modules(access.__path__)]
    return [importlib.import_module(f"{access.__name__}.{name}") for name in found if name not in ELSEWHERE]
