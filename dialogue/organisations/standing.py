"""What somebody is at this moment: read anew each time, because it can end at any moment."""

from collections.abc import Callable, Collection, Hashable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.utils import timezone

from dialogue.organisations.models import ROLES_OF, Delegation, Kind, Role
from dialogue.questions.written_once import written_once

Reader = AbstractBaseUser | AnonymousUser
Seen = TypeVar("Seen")

_seen: ContextVar[dict[Hashable, Any] | None] = ContextVar("seen", default=None)


@dataclass(frozen=True)
class Capacity:
    """One role in one organisation; ``id`` is the organisation's key. ``until``: if it runs out by itself."""

    id: int
    kind: Kind
    role: Role
    until: datetime | None = None


@dataclass(frozen=True)
class Standing:
    person_id: int | None = None
    roles: frozenset[Role] = frozenset()
    capacities: tuple[Capacity, ...] = ()


@contextmanager
def one_look() -> Iterator[None]:
    """Inside, who somebody is gets read once: while a page is drawn, or under the lock of one act.

    A new look inside another sees nothing of it, so what a page saw is never what an act goes by.
    """
    if isinstance(_seen.get(), _Shared):
        yield
        return
    before = _seen.set({})
    try:
        yield
    finally:
        _seen.reset(before)


class _Shared(dict[Hashable, Any]):
    """What the acts of one transaction look up for each other."""


@contextmanager
def shared_look() -> Iterator[None]:
    """For acts that commit together: under their one lock, what one of them saw holds for the next."""
    before = _seen.set(_Shared())
    try:
        yield
    finally:
        _seen.reset(before)


def look_anew() -> None:
    """One of them changed more than its own things: the next asks again."""
    known = _seen.get()
    if known is not None:
        known.clear()


def let_see(found: Mapping[Hashable, Any]) -> None:
    """What was looked up for several at once; without a look around it, nothing."""
    known = _seen.get()
    if known is not None:
        known.update(found)


def seen_together(what: Hashable, look: Callable[[], Seen]) -> Seen:
    """``look()``, or what it found before in the same ``shared_look``."""
    return seen_once(what, look) if isinstance(_seen.get(), _Shared) else look()


def seen_once(what: Hashable, look: Callable[[], Seen]) -> Seen:
    """``look()``, or what it found before in the same ``one_look``."""
    known = _seen.get()
    if known is None:
        return look()
    if what not in known:
        known[what] = look()
    found: Seen = known[what]
    return found


def standing_of(user: Reader) -> Standing:
    """One query. Visitors and deactivated people have no roles."""
    if not user.is_authenticated or user.pk is None:
        return Standing()
    return seen_once(("standing", user.pk), lambda: standings_of([user.pk])[user.pk])


def standings_of(people: Collection[int]) -> dict[int, Standing]:
    """By their ids, in one query for all of them."""
    held: dict[int, list[Capacity]] = {person: [] for person in people}
    for person, home, kind, role, until in _valid_delegations(people, timezone.now()):
        if role in ROLES_OF[Kind(kind)]:
            held[person].append(Capacity(home, Kind(kind), Role(role), until))
    return {
        person: Standing(person, frozenset(capacity.role for capacity in capacities), tuple(capacities))
        for person, capacities in held.items()
    }


@written_once
def _valid_delegations(
    people: Collection[int], now: datetime
) -> QuerySet[Delegation, tuple[int, int, str, str, datetime | None]]:
    """Asked several times in every act: the columns alone cost half of what the objects do."""
    rows = Delegation.objects.valid(now).filter(person_id__in=people).order_by("since", "pk")
    return rows.values_list("person_id", "organisation_id", "organisation__kind", "role", "until")
