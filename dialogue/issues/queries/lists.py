"""Lists of issues and recommendations: an overview, what one follows, “To sign”, an authority's own."""

from collections.abc import Iterable
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


@dataclass(frozen=True)
class IssueCard:
    issue: Issue
    days: DaysWith
    due: DaysLeft | None = None
    is_followed: bool = False


@dataclass(frozen=True)
class Addressed:
    recommendation: Recommendation
    due: DaysLeft | None


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
    rows = _waiting_for(user).select_related("drafted_by", "issue__assignee")
    return list(rows.order_by("drafted_at", "pk"))


def count_to_sign(user: Reader) -> int:
    """For the mark beside the page's name; 0 for others."""
    return _waiting_for(user).count() if can_see_signing(user) else 0


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


def _waiting_for(user: Reader) -> QuerySet[Recommendation]:
    drafts = recommendations_visible_to(user).filter(state=RecommendationState.DRAFTED, returned_at=None)
    others = drafts.exclude(drafted_by_id=user.pk)
    return others.exclude(issue__state__in=(IssueState.CLOSING, IssueState.CLOSED))
