"""The history of an issue, from its streams, in the order it happened."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from dialogue.accounts.models import User
from dialogue.issues.kinds import RECOMMENDATION_ANSWERED, RECOMMENDATION_RECEIVED
from dialogue.issues.models import Assignment, Issue, Move, Note, Recommendation
from dialogue.journal import entries
from dialogue.journal.models import Entry
from dialogue.organisations.standing import Reader
from dialogue.rooms.access import hears_the_office

_AT_MOST: Final = 2_000
# Contacts of an authority are not named outside the office; which authority it was, the line says.
BY_AN_AUTHORITY: Final = (RECOMMENDATION_RECEIVED, RECOMMENDATION_ANSWERED)
# The moves of the issue that follow from these: the same contact is their author.
_VERBS_OF_AN_AUTHORITY: Final = ("receive", "answer")


@dataclass(frozen=True)
class Happening:
    """One line. ``by`` is a person of the office; what an authority does is told by its name alone."""

    kind: str
    at: datetime
    position: int
    refs: Mapping[str, Any]
    by: User | None = None
    is_for_the_office: bool = False
    move: Move | None = None
    recommendation: Recommendation | None = None
    note: Note | None = None
    assignee: User | None = None


@dataclass(frozen=True)
class _Things:
    moves: Mapping[int, Move]
    recommendations: Mapping[str, Recommendation]
    notes: Mapping[int, Note]
    people: Mapping[str, User]


def timeline(user: Reader, issue: Issue) -> list[Happening]:
    """Oldest first; the office's own lines stand where they happened, for the office alone."""
    told = [(entry.position, 0, entry) for entry in _entries(issue.stream_name)]
    is_office = hears_the_office(user)
    if is_office:
        told += [(entry.refs["after"], 1, entry) for entry in _entries(issue.office_stream_name)]
    things = _things_of(issue)
    in_order = sorted(told, key=lambda row: (row[0], row[1], row[2].position))
    return [
        _happening(entry, things, is_office=is_office, is_for_the_office=bool(private))
        for _at, private, entry in in_order
    ]


def _entries(stream: str) -> list[Entry]:
    return entries.entries_after(stream, 0, limit=_AT_MOST)


def _things_of(issue: Issue) -> _Things:
    recommendations = Recommendation.objects.filter(issue=issue).select_related("addressee")
    assignments = Assignment.objects.filter(issue=issue).select_related("assignee")
    return _Things(
        moves={row.pk: row for row in Move.objects.filter(issue=issue)},
        recommendations={row.public_id: row for row in recommendations},
        notes={row.pk: row for row in Note.objects.filter(issue=issue)},
        people={row.assignee.public_id: row.assignee for row in assignments},
    )


def _happening(entry: Entry, things: _Things, *, is_office: bool, is_for_the_office: bool) -> Happening:
    refs = entry.refs
    return Happening(
        kind=entry.kind,
        at=entry.happened_at,
        position=entry.position,
        refs=refs,
        by=None if _is_by_an_authority(entry) and not is_office else entry.actor,
        is_for_the_office=is_for_the_office,
        move=things.moves.get(refs.get("move", 0)),
        recommendation=things.recommendations.get(refs.get("recommendation", "")),
        note=things.notes.get(refs.get("note", 0)),
        assignee=things.people.get(refs.get("assignee", "")),
    )


def _is_by_an_authority(entry: Entry) -> bool:
    return entry.kind in BY_AN_AUTHORITY or entry.refs.get("verb") in _VERBS_OF_AN_AUTHORITY
