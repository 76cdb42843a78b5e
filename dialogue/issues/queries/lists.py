"""Lists of issues and recommendations: the board, an overview, “To sign”, an authority's own."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, QuerySet

from dialogue.issues.access import (
    can_see_signing,
    issues_visible_to,
    recommendations_visible_to,
)
from dialogue.issues.models import Follow, Issue, Recommendation
from dialogue.issues.queries.days import DaysLeft, DaysWith, days_of, due_of
from dialogue.issues.states import IssueState, RecommendationState
from dialogue.organisations.access import is_authority, organisations_of
from dialogue.organisations.standing import Reader
from dialogue.rooms.access.refused import not_found
from dialogue.rooms.models import Room
from dialogue.rooms.queries.board import Column, awaiting_triage
from dialogue.rooms.states import Shown


@dataclass(frozen=True)
class IssueCard:
    issue: Issue
    days: DaysWith
    due: DaysLeft | None = None
    is_followed: bool = False


@dataclass(frozen=True)
class IssueColumn:
    shown: Shown
    cards: Sequence[IssueCard]


@dataclass(frozen=True)
class Board:
    """What waits in triage, and beside it what was taken up: a column a shown state, without closed ones."""

    waiting: Sequence[Column]
    issues: Sequence[IssueColumn]


@dataclass(frozen=True)
class Addressed:
    recommendation: Recommendation
    due: DaysLeft | None


_BESIDE_TRIAGE = (Shown.TAKEN_UP, Shown.AWAITING_AUTHORITY, Shown.CHECKING, Shown.YOUR_VIEW)


def board(user: Reader, *, now: datetime, room: Room | None = None) -> Board:
    """Refuses with ``not_found`` whoever has no work there."""
    waiting = awaiting_triage(user, now=now, room=room)
    issues = issues_visible_to(user).exclude(state=IssueState.CLOSED)
    if room is not None:
        issues = issues.filter(threads__room=room).distinct()
    cards = cards_of(issues.order_by("state_since"), user=user, now=now)
    columns = [
        IssueColumn(shown, [card for card in cards if card.issue.shown is shown]) for shown in _BESIDE_TRIAGE
    ]
    return Board(waiting, columns)


def issue_list(user: Reader, *, now: datetime, states: Iterable[str] = ()) -> list[IssueCard]:
    """Those this person may see, the newest first; of these states only, if any are given."""
    issues = issues_visible_to(user)
    wanted = list(states)
    return cards_of(issues.filter(state__in=wanted) if wanted else issues, user=user, now=now)


def followed(user: Reader, *, now: datetime) -> list[IssueCard]:
    """What this person follows and may still see, the latest change first."""
    issues = issues_visible_to(user).filter(follows__person_id=user.pk).order_by("-state_since", "-pk")
    return cards_of(issues, user=user, now=now)


def cards_of(issues: QuerySet[Issue], *, user: Reader, now: datetime) -> list[IssueCard]:
    rows = list(issues.select_related("theme", "region", "assignee"))
    days = days_of(rows, now=now)
    own = Follow.objects.filter(person_id=user.pk, issue__in=rows)
    followed_ones = set(own.values_list("issue_id", flat=True))
    return [
        IssueCard(row, days[row.pk], due_of(row.due_on, now=now), row.pk in followed_ones) for row in rows
    ]


def to_sign(user: Reader) -> list[Recommendation]:
    """Drafts that wait for this approver, the oldest first; one's own proposals wait for somebody else."""
    if not can_see_signing(user):
        raise not_found()
    drafts = recommendations_visible_to(user).filter(state=RecommendationState.DRAFTED, returned_at=None)
    rows = drafts.exclude(drafted_by_id=user.pk).select_related("drafted_by", "issue__assignee")
    open_ones = rows.exclude(issue__state__in=(IssueState.CLOSING, IssueState.CLOSED))
    return list(open_ones.order_by("drafted_at", "pk"))


def count_to_sign(user: Reader) -> int:
    """For the mark beside the page's name; 0 for others."""
    return len(to_sign(user)) if can_see_signing(user) else 0


def addressed_to(user: Reader, *, now: datetime) -> list[Addressed]:
    """What was issued to this person's authority: its text and its clock, no room, no author."""
    if not is_authority(user):
        raise not_found()
    own = recommendations_visible_to(user).filter(addressee__in=organisations_of(user))
    rows = own.select_related("receipt").prefetch_related("responses").order_by("-issued_at", "-pk")
    return [Addressed(row, due_of(row.due_on, now=now)) for row in rows]


def count_by_state(user: Reader) -> dict[str, int]:
    """How many of the issues this person may see stand where."""
    rows = issues_visible_to(user).order_by().values_list("state").annotate(Count("pk", distinct=True))
    return dict(rows)
