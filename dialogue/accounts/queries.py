"""Reads of people that other packages and the hub need."""

from collections.abc import Iterable

from django.contrib.sessions.models import Session
from django.utils import timezone

from dialogue.accounts.models import User


def person_by_email(email: str) -> User | None:
    return User.objects.filter(email__iexact=email).first()


def people_by_id(ids: Iterable[int]) -> dict[int, User]:
    return User.objects.in_bulk(list(ids))


def auth_versions(ids: Iterable[int]) -> dict[int, int]:
    """Versions by person id; whoever is missing was deactivated or removed."""
    rows = User.objects.filter(pk__in=list(ids), is_active=True).values_list("pk", "auth_version")
    return dict(rows)


def living_sessions(keys: Iterable[str]) -> set[str]:
    """The keys among these whose session still exists and has not expired."""
    rows = Session.objects.filter(session_key__in=list(keys), expire_date__gt=timezone.now())
    return set(rows.values_list("session_key", flat=True))
