"""Reads of people that other packages and the hub need."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db.models import QuerySet, Subquery
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from dialogue.accounts.models import User
from dialogue.questions.written_once import written_once


def person_by_email(email: str) -> User | None:
    return User.objects.filter(email__iexact=email).first()


def people_by_id(ids: Iterable[int]) -> dict[int, User]:
    return {person.pk: person for person in _people(list(ids))}


def auth_versions(ids: Iterable[int]) -> dict[int, int]:
    """Versions by person id; whoever is missing was deactivated or removed."""
    return dict(_versions_of_active(list(ids)))


def living_sessions(keys: Iterable[str], *, hold: bool = False) -> set[str]:
    """The keys among these whose session still exists and has not expired. ``hold``: as for one."""
    ask = _held_sessions if hold else _sessions
    return set(ask(list(keys), timezone.now()))


def people_signed_in(keys: Collection[str]) -> dict[str, User]:
    """By session key, as ``django.contrib.auth.get_user`` would find each: two queries for all of them.

    A session found by a key of ``SECRET_KEY_FALLBACKS`` is good, too, and stays as it is.
    """
    decode = SessionStore().decode
    told = {row.session_key: decode(row.session_data) for row in _whole_sessions(keys, timezone.now())}
    people = people_by_id({int(session[SESSION_KEY]) for session in told.values() if SESSION_KEY in session})
    found = {key: people.get(int(session.get(SESSION_KEY, 0))) for key, session in told.items()}
    return {key: user for key, user in found.items() if user is not None and _is_of(told[key], user)}


def _is_of(session: Mapping[str, Any], user: User) -> bool:
    """Whether the session was opened for who this is now: active, by this way in and this password."""
    if not user.is_active or session.get(BACKEND_SESSION_KEY) not in settings.AUTHENTICATION_BACKENDS:
        return False
    signs = (user.get_session_auth_hash(), *user.get_session_auth_fallback_hash())
    return any(constant_time_compare(session.get(HASH_SESSION_KEY, ""), sign) for sign in signs)


def version_in_session(key: str, person_id: int, *, hold: bool = False) -> int | None:
    """The ``auth_version`` of an active person whose session lives; else nothing.

    ``hold``, in a transaction: the session lives until its end, and who signs out waits for it.
    """
    person = User.objects.filter(pk=person_id, is_active=True).values("auth_version")
    rows = Session.objects.filter(session_key=key, expire_date__gt=timezone.now())
    if hold:
        rows = rows.select_for_update(no_key=True)
    return rows.values_list(Subquery(person), flat=True).first()


@written_once
def _people(ids: Collection[int]) -> QuerySet[User]:
    return User.objects.filter(pk__in=ids)


@written_once
def _whole_sessions(keys: Collection[str], now: datetime) -> QuerySet[Session]:
    return Session.objects.filter(session_key__in=keys, expire_date__gt=now)


@written_once
def _versions_of_active(ids: Collection[int]) -> QuerySet[User, tuple[int, int]]:
    return User.objects.filter(pk__in=ids, is_active=True).values_list("pk", "auth_version")


@written_once
def _sessions(keys: Collection[str], now: datetime) -> QuerySet[Session, str]:
    rows = Session.objects.filter(session_key__in=keys, expire_date__gt=now)
    return rows.values_list("session_key", flat=True)


@written_once
def _held_sessions(keys: Collection[str], now: datetime) -> QuerySet[Session, str]:
    """In one order, so that two who hold several never wait for each other."""
    rows = Session.objects.filter(session_key__in=keys, expire_date__gt=now).order_by("session_key")
    return rows.select_for_update(no_key=True).values_list("session_key", flat=True)
