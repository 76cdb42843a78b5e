"""Who listens on a socket, and what they may hear of one stream."""

from dataclasses import dataclass
from typing import Protocol

from dialogue.accounts.models import User
from dialogue.organisations.access import leads_of


@dataclass(frozen=True)
class Listener:
    """A person on one socket as they were at ``auth_version``; replaced whole when that moved.

    ``leads`` are the organisations whose lead they are: a lead sees who of theirs wrote.
    """

    person_id: int
    public_id: str
    auth_version: int
    session_key: str
    language: str
    leads: frozenset[int]


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
    return Listener(user.pk, user.public_id, user.auth_version, session_key, user.language, leads_of(user))
