"""What happened to an issue: rows, because somebody will ask who, when and why."""

from typing import ClassVar

from django.db import models

from dialogue.accounts.models import User
from dialogue.issues.models.issue import Issue
from dialogue.issues.states import IssueOutcome, IssueState
from dialogue.rooms.models import Holder


class Move(models.Model):
    """One step of the running count: from ``at`` on, ``holder`` had the ball in state ``target``.

    The state may stay and only the ball change hands.
    """

    issue = models.ForeignKey(Issue, models.PROTECT, related_name="moves")
    verb = models.CharField(max_length=20)
    source = models.CharField(max_length=14, choices=IssueState.choices, blank=True)
    target = models.CharField(max_length=14, choices=IssueState.choices)
    holder = models.CharField(max_length=10, choices=Holder.choices, blank=True)
    outcome = models.CharField(max_length=16, choices=IssueOutcome.choices, blank=True)
    note = models.TextField(blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects: ClassVar[models.Manager["Move"]] = models.Manager()

    class Meta:
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return f"{self.issue_id} {self.verb}"


class Assignment(models.Model):
    """Who leads the issue from ``at`` on."""

    issue = models.ForeignKey(Issue, models.PROTECT, related_name="assignments")
    assignee = models.ForeignKey(User, models.PROTECT, related_name="+")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects: ClassVar[models.Manager["Assignment"]] = models.Manager()

    class Meta:
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return f"{self.issue_id} assigned"


class Note(models.Model):
    """Words of the office on the timeline: for everyone who sees the issue, or for the office alone."""

    issue = models.ForeignKey(Issue, models.PROTECT, related_name="notes")
    body = models.TextField()
    office_only = models.BooleanField(default=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects: ClassVar[models.Manager["Note"]] = models.Manager()

    class Meta:
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return f"{self.issue_id} noted"
