"""A thread: one concern or one discussion, and how it stands."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dialogue.accounts.models import User
from dialogue.organisations.models import Organisation
from dialogue.rooms.models.room import Marking, Room
from dialogue.rooms.public_ids import new_public_id
from dialogue.rooms.states import Outcome, ThreadState
from dialogue.taxonomy.models import AffectedGroup, DutyBearer, Region, Theme
from dialogue.text.languages import Language


class ThreadKind(models.TextChoices):
    CONCERN = "concern", pgettext_lazy("thread", "Concern")
    DISCUSSION = "discussion", pgettext_lazy("thread", "Discussion")


class Urgency(models.TextChoices):
    LOW = "low", pgettext_lazy("urgency", "Low")
    NORMAL = "normal", pgettext_lazy("urgency", "Normal")
    HIGH = "high", pgettext_lazy("urgency", "High")
    URGENT = "urgent", pgettext_lazy("urgency", "Urgent: someone is in danger")


class Byline(models.TextChoices):
    """Who a text seems to come from; fixed once sent."""

    ORGANISATION = "organisation", pgettext_lazy("byline", "My organisation")
    NAMED = "named", pgettext_lazy("byline", "My name and organisation")
    SHIELDED = "shielded", pgettext_lazy("byline", "Author shielded")


class Thread(models.Model):
    """``version`` rises with every change of the thread itself, never with its posts.

    ``held_at`` is a flag beside ``state``, so the state behind it survives. ``last_position`` is the
    newest post's place in ``stream_name``: unread is what a reader's mark has not reached.
    No ``region`` means the whole country.
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    room = models.ForeignKey(Room, models.PROTECT, related_name="threads")
    kind = models.CharField(max_length=10, choices=ThreadKind.choices)
    title = models.CharField(_("title"), max_length=200)
    lang = models.CharField(max_length=2, choices=Language.choices)
    region = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, related_name="+")
    theme = models.ForeignKey(Theme, models.PROTECT, null=True, blank=True, related_name="+")
    groups = models.ManyToManyField(AffectedGroup, blank=True, related_name="+")
    urgency = models.CharField(max_length=6, choices=Urgency.choices, default=Urgency.NORMAL)
    duty_bearer = models.ForeignKey(DutyBearer, models.PROTECT, null=True, blank=True, related_name="+")
    marking = models.CharField(max_length=10, choices=Marking.choices)
    byline = models.CharField(max_length=12, choices=Byline.choices)
    raised_by = models.ForeignKey(User, models.PROTECT, related_name="raised_threads")
    for_organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    raised_at = models.DateTimeField()
    state = models.CharField(max_length=13, choices=ThreadState.choices, default=ThreadState.OPEN)
    state_since = models.DateTimeField()
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    taken_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    due_at = models.DateTimeField(null=True, blank=True)
    calendar_version = models.PositiveIntegerField(null=True, blank=True)
    held_at = models.DateTimeField(null=True, blank=True)
    seen_by_office_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    post_count = models.PositiveIntegerField(default=0)
    first_position = models.PositiveBigIntegerField(default=0)
    last_position = models.PositiveBigIntegerField(default=0)
    last_posted_at = models.DateTimeField()

    objects: ClassVar[models.Manager["Thread"]] = models.Manager()

    class Meta:
        ordering = ("-last_posted_at", "-pk")
        indexes = (models.Index(fields=("room", "state", "-last_posted_at")),)
        constraints = (
            models.CheckConstraint(
                name="rooms_closed_with_outcome",
                condition=models.Q(state="closed") ^ models.Q(outcome=""),
            ),
        )

    def __str__(self) -> str:
        return self.public_id

    @property
    def is_held(self) -> bool:
        return self.held_at is not None

    @property
    def is_for_the_office_only(self) -> bool:
        return self.marking == Marking.OFFICE

    @property
    def stream_name(self) -> str:
        """Where what happens in this thread is told now."""
        if self.is_held:
            return self.room.safety_stream_name
        return self.room.office_stream_name if self.is_for_the_office_only else self.room.stream_name
