"""Who listens on a socket, and what they may hear of one stream."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from django.utils import timezone

from dialogue.accounts.models import User
from dialogue.rooms.access import reading_of


@dataclass(frozen=True)
class Listener:
    """A person on one socket as they were at ``auth_version``; replaced whole when that moved.

    ``leads`` are the organisations whose lead they are: a lead sees who of theirs wrote.
    ``until`` is when a role or a seat of theirs runs out, which moves no version.
    """

    person_id: int
    public_id: str
    auth_version: int
    session_key: str
    language: str
    leads: frozenset[int]
    until: datetime | None = None

    @property
    def has_run_out(self) -> bool:
        return self.until is not None and timezone.now() >= self.until


class Hearing(Protocol):
    """How one person hears one stream; at and below ``floor`` there is nothing for them."""

    @property
    def audience(self) -> str: ...
    @property
    def floor(self) -> int: ...


@dataclass(frozen=True)
class Admission:
    """A hearing, with the versions that were read before it: it is at least as new as they are."""

    listener: Listener
    hearing: Hearing
    acl_version: int


def listener_of(user: User, session_key: str) -> Listener:
    """Read who this is now. The version comes with the user, so it is never newer than the rest."""
    reading = reading_of(user)
    return Listener(
        user.pk,
        user.public_id,
        user.auth_version,
        session_key,
        user.language,
        leads=reading.leads,
        until=reading.until,
    )
