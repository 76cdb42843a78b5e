"""What somebody is at this moment: read anew each time, because it can end at any moment."""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from dialogue.organisations.models import ROLES_OF, Delegation, Kind, Role

Reader = AbstractBaseUser | AnonymousUser
Found = TypeVar("Found")

_seen: ContextVar[dict[Hashable, Any] | None] = ContextVar("seen", default=None)


@dataclass(frozen=True)
class Place:
    """One role in one organisation; ``id`` is the organisation's key. ``until``: if it runs out by itself."""

    id: int
    kind: Kind
    role: Role
    until: datetime | None = None


@dataclass(frozen=True)
class Standing:
    person_id: int | None = None
    roles: frozenset[Role] = frozenset()
    organisations: tuple[Place, ...] = ()


@contextmanager
def one_look() -> Iterator[None]:
    """Inside, who somebody is gets read once: while a page is drawn, or under the lock of one act.

    A new look inside another sees nothing of it, so what a page saw is never what an act goes by.
    """
    before = _seen.set({})
    try:
        yield
    finally:
        _seen.reset(before)


def seen_once(what: Hashable, look: Callable[[], Found]) -> Found:
    """``look()``, or what it found before in the same ``one_look``."""
    known = _seen.get()
    if known is None:
        return look()
    if what not in known:
        known[what] = look()
    found: Found = known[what]
    return found


def standing_of(user: Reader) -> Standing:
    """One query. Visitors and deactivated people have no roles."""
    if not user.is_authenticated or user.pk is None:
        return Standing()
    return seen_once(("standing", user.pk), lambda: _look_at(user))


def _look_at(user: Reader) -> Standing:
    rows = (
        Delegation.objects.valid(timezone.now())
        .filter(person_id=user.pk)
        .order_by("since", "pk")
        # Asked several times in every act: the columns alone cost half of what the objects do.
        .values_list("organisation_id", "organisation__kind", "role", "until")
    )
    held = (Place(home, Kind(kind), Role(role), until) for home, kind, role, until in rows)
    places = tuple(place for place in held if place.role in ROLES_OF[place.kind])
    return Standing(user.pk, frozenset(place.role for place in places), places)
