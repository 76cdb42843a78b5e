"""Which package answers for a stream, by the first part of its name."""

from collections.abc import Callable, Collection
from typing import Final

from dialogue.accounts.models import User
from dialogue.issues import access as issues
from dialogue.issues.queries.telling import acl_versions as versions_of_issues
from dialogue.organisations.standing import Reader
from dialogue.realtime.listener import Hearing
from dialogue.rooms import access as rooms
from dialogue.rooms.queries.telling import acl_versions as versions_of_rooms


def hearing_of(user: Reader, name: str) -> Hearing | None:
    """How this person hears that stream now; None for a missing one and for one not theirs."""
    answer = _ANSWERS.get(name.partition(":")[0])
    return answer(user, name) if answer else None


def acl_versions(names: Collection[str]) -> dict[str, int]:
    """Stream name → a number that is another one when who may hear it has changed."""
    rooms_by_name = {name: slug for name in names if (slug := room_of(name))}
    versions = versions_of_rooms(set(rooms_by_name.values()))
    found = {name: versions[slug] for name, slug in rooms_by_name.items() if slug in versions}
    issues_by_name = {name: reference for name in names if (reference := issue_of(name))}
    states = versions_of_issues(set(issues_by_name.values())) if issues_by_name else {}
    return found | {name: states.get(reference, 0) for name, reference in issues_by_name.items()}


def room_of(name: str) -> str:
    """The slug in the name of a room's stream, of its office's or its safety's; else nothing."""
    kind, _colon, rest = name.partition(":")
    return rest.partition(":")[0] if kind == "room" else ""


def issue_of(name: str) -> str:
    """The reference in the name of an issue's stream, or of its office's; else nothing."""
    kind, _colon, rest = name.partition(":")
    return rest.partition(":")[0] if kind == "issue" else ""


def _own_hearing(user: Reader, name: str) -> Hearing | None:
    """What is told to one person alone."""
    is_theirs = isinstance(user, User) and user.is_active and name == user.stream_name
    return rooms.Hearing("member") if is_theirs else None


_ANSWERS: Final[dict[str, Callable[[Reader, str], Hearing | None]]] = {
    "room": rooms.hearing_of,
    "issue": issues.hearing_of,
    "me": _own_hearing,
}
