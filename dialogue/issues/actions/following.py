"""Everybody's own: to hear about an issue, or no longer. Asked again, nothing changes."""

from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone

from dialogue.accounts.models import User
from dialogue.issues.access import visible_issue
from dialogue.issues.models import Follow, Issue


def follow(issue: Issue, *, by: User, now: datetime | None = None) -> None:
    """Refuses with ``not_found`` who cannot see it. No entry: who follows is nobody else's business."""
    let_follow(visible_issue(by, issue.reference), [by.pk], at=now or timezone.now())


def unfollow(issue: Issue, *, by: User) -> None:
    """Also for an issue one can no longer see."""
    Follow.objects.filter(issue=issue, person=by).delete()


def let_follow(issue: Issue, people: Iterable[int], *, at: datetime) -> None:
    """``people`` are ids of those the caller knows to be concerned."""
    follows = [Follow(issue=issue, person_id=person_id, since=at) for person_id in dict.fromkeys(people)]
    Follow.objects.bulk_create(follows, ignore_conflicts=True)
