"""Closing an issue: proposed, started by another hand, and confirmed or contested by those who raised it."""

from typing import ClassVar

from django.db import models
from django.utils.translation import pgettext_lazy

from dialogue.accounts.models import User
from dialogue.issues.models.issue import Issue
from dialogue.issues.states import IssueOutcome
from dialogue.rooms.models import Thread


class Closing(models.Model):
    """One attempt; a contested one stays, and the next is a new row."""

    issue = models.ForeignKey(Issue, models.PROTECT, related_name="closings")
    outcome = models.CharField(max_length=16, choices=IssueOutcome.choices)
    note = models.TextField()
    proposed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    started_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    started_at = models.DateTimeField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    calendar_version = models.PositiveIntegerField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[models.Manager["Closing"]] = models.Manager()

    class Meta:
        ordering = ("proposed_at", "pk")

    def __str__(self) -> str:
        return f"{self.issue_id} closing"


class ClosingView(models.Model):
    """What one who raised it says. No row is “no reply”, never “confirmed”."""

    class View(models.TextChoices):
        CONFIRMED = "confirmed", pgettext_lazy("view on closing", "Confirmed")
        CONTESTED = "contested", pgettext_lazy("view on closing", "Contested")

    closing = models.ForeignKey(Closing, models.PROTECT, related_name="views")
    thread = models.ForeignKey(Thread, models.PROTECT, related_name="+")
    view = models.CharField(max_length=10, choices=View.choices)
    reason = models.TextField(blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects: ClassVar[models.Manager["ClosingView"]] = models.Manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("closing", "thread"), name="issues_one_view_a_thread"),
        )

    def __str__(self) -> str:
        return self.view
