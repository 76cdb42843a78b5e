"""How a thread became an issue: who decided it, and which posts bear it out."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from dialogue.accounts.models import User
from dialogue.issues.models.issue import Issue
from dialogue.rooms.models import PostRevision, Thread, sha256_of


class Escalation(models.Model):
    """One open at a time for a thread, whatever races: the constraint is the last word (I6)."""

    thread = models.ForeignKey(Thread, models.PROTECT, related_name="escalations")
    issue = models.ForeignKey(Issue, models.PROTECT, related_name="escalations")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    return_until = models.DateTimeField()
    calendar_version = models.PositiveIntegerField()
    returned_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    returned_at = models.DateTimeField(null=True, blank=True)
    return_reason = models.TextField(blank=True)

    objects: ClassVar[models.Manager["Escalation"]] = models.Manager()

    class Meta:
        ordering = ("at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("thread",), condition=Q(returned_at=None), name="issues_one_escalation_a_thread"
            ),
        )

    def __str__(self) -> str:
        return f"{self.thread_id} escalated"


class Exhibit(models.Model):
    """A pinned version of a post, by number. It outlives an edit, but not a redaction of the post."""

    issue = models.ForeignKey(Issue, models.PROTECT, related_name="exhibits")
    revision = models.ForeignKey(PostRevision, models.PROTECT, related_name="exhibits")
    number = models.PositiveSmallIntegerField()
    sha256 = models.CharField(max_length=64)

    objects: ClassVar[models.Manager["Exhibit"]] = models.Manager()

    class Meta:
        ordering = ("issue", "number")
        constraints = (
            models.UniqueConstraint(fields=("issue", "number"), name="issues_one_exhibit_a_number"),
            models.UniqueConstraint(fields=("issue", "revision"), name="issues_one_exhibit_a_revision"),
        )

    def __str__(self) -> str:
        return f"{self.issue_id} exhibit {self.number}"

    @property
    def is_intact(self) -> bool:
        """Whether the text still is what was pinned."""
        return self.sha256 == sha256_of(self.revision.body)
