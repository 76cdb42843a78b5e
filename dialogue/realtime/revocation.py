"""Whose access ended: looked at anew for everybody whose versions moved."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from dialogue.accounts.models import User
from dialogue.accounts.queries import auth_versions, living_sessions, people_by_id, version_in_session
from dialogue.organisations.sign_in import lacks_second_factor
from dialogue.organisations.standing import one_look
from dialogue.realtime.listener import Admission, Listener, listener_of
from dialogue.realtime.looking import Sources
from dialogue.rooms.access.reading import read_together


class SignedOut(Exception):
    """The session this was asked from has ended, or its person may not be signed in any more."""


@dataclass(frozen=True)
class Verdict:
    """``admission`` is None where this person hears nothing of that stream any more, or never did."""

    is_signed_in: bool
    admission: Admission | None = None


def may_be_signed_in(user: User) -> bool:
    return user.is_active and not lacks_second_factor(user)


def look_again(sources: Sources, asked: Sequence[tuple[Listener, str]]) -> list[Verdict]:
    """One verdict for each listener and stream, by a handful of queries for all of them.

    Versions are read first, hearings last: a change in between is seen as a version that moved.
    """
    people = people_by_id({who.person_id for who, _ in asked})
    sessions = living_sessions({who.session_key for who, _ in asked})
    versions = sources.acl_versions({stream for _, stream in asked})
    hearing_of, listening_as = cache(sources.hearing_of), cache(listener_of)
    is_welcome = cache(may_be_signed_in)

    def verdict_on(who: Listener, stream: str) -> Verdict:
        user = people.get(who.person_id)
        if user is None or who.session_key not in sessions or not is_welcome(user):
            return Verdict(is_signed_in=False)
        hearing = hearing_of(user, stream)
        if hearing is None:
            return Verdict(is_signed_in=True)
        fresh = listening_as(user, who.session_key)
        return Verdict(is_signed_in=True, admission=Admission(fresh, hearing, versions.get(stream, 0)))

    with one_look():
        read_together(set(people))
        return [verdict_on(who, stream) for who, stream in asked]


@dataclass(frozen=True)
class Sessions:
    """Living sessions, and versions of active people: neither ends before this transaction does."""

    keys: frozenset[str]
    versions: Mapping[int, int]

    def refuse_signed_out(self, who: Listener) -> None:
        """Raises ``SignedOut``."""
        version = self.versions.get(who.person_id) if who.session_key in self.keys else None
        _refuse(who, version)


def hold_sessions(asked: Collection[Listener]) -> Sessions:
    """For several who write together, two queries; in a transaction."""
    keys = living_sessions({who.session_key for who in asked}, hold=True)
    return Sessions(frozenset(keys), auth_versions({who.person_id for who in asked}))


def refuse_signed_out(who: Listener, *, is_writing: bool = False) -> None:
    """Raises ``SignedOut``. When writing, nobody signs out before the transaction has ended.

    What else moved, an act reads anew by itself.
    """
    _refuse(who, version_in_session(who.session_key, who.person_id, hold=is_writing))


def _refuse(who: Listener, version: int | None) -> None:
    if version is None:
        raise SignedOut
    # One query as long as nothing moved; power that was given since may ask for a second factor.
    if version != who.auth_version and not may_be_signed_in(people_by_id([who.person_id])[who.person_id]):
        raise SignedOut
