"""What was decided about a thread: rows, because somebody will ask who, when and why."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from dialogue.accounts.models import User
from dialogue.rooms.models.thread import Thread
from dialogue.rooms.states import Outcome, Shown, ThreadState


class Acknowledgement(models.Model):
    """The office confirmed that it received the concern. Once; no state changes by it."""

    thread = models.OneToOneField(Thread, models.PROTECT, related_name="acknowledgement")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects: ClassVar[models.Manager["Acknowledgement"]] = models.Manager()

    def __str__(self) -> str:
        return f"{self.thread_id} acknowledged"


class TriageStep(models.Model):
    """One move of the TRANSITIONS table, with its note. ``verb`` is the table's."""

    thread = models.ForeignKey(Thread, models.PROTECT, related_name="steps")
    verb = models.CharField(max_length=20)
    source = models.CharField(max_length=13, choices=ThreadState.choices)
    target = models.CharField(max_length=13, choices=ThreadState.choices)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    note = models.TextField(blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects: ClassVar[models.Manager["TriageStep"]] = models.Manager()

    class Meta:
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return f"{self.thread_id} {self.verb}"


class Hold(models.Model):
    """A thread out of sight while somebody may be in danger. The safety officer and ``by`` handle it."""

    thread = models.ForeignKey(Thread, models.PROTECT, related_name="holds")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reason = models.TextField()
    released_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    released_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[models.Manager["Hold"]] = models.Manager()

    class Meta:
        ordering = ("at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("thread",), condition=Q(released_at=None), name="rooms_one_hold_a_thread"
            ),
        )

    def __str__(self) -> str:
        return f"{self.thread_id} held"


class Holder(models.TextChoices):
    """Who has the ball. Labels live with the pages that say whole sentences about it."""

    OFFICE = "office"
    AUTHORITY = "authority"
    NGO = "ngo"
    NOBODY = ""


class Carriage(models.Model):
    """The card of a tracked issue on the thread it carries forward; issues write it, by reference."""

    thread = models.ForeignKey(Thread, models.PROTECT, related_name="carriages")
    reference = models.CharField(max_length=40)
    state = models.CharField(max_length=20, choices=Shown.choices)
    holder = models.CharField(max_length=10, choices=Holder.choices, blank=True)
    due_on = models.DateField(null=True, blank=True)
    lead = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    since = models.DateTimeField()

    objects: ClassVar[models.Manager["Carriage"]] = models.Manager()

    class Meta:
        ordering = ("since", "pk")
        constraints = (
            models.UniqueConstraint(fields=("thread", "reference"), name="rooms_one_card_an_issue"),
        )

    def __str__(self) -> str:
        return self.reference
