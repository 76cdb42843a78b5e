"""An issue: what the office carries forward under a number, and who has the ball."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from dialogue.accounts.models import User
from dialogue.issues.states import SHOWN_OF_ISSUE, IssueOutcome, IssueState
from dialogue.rooms.models import Holder, Marking, Thread, Urgency
from dialogue.rooms.states import Shown
from dialogue.taxonomy.models import Region, Theme
from dialogue.text.languages import Language


class Number(models.Model):
    """The last number given under a prefix in a year of Almaty. It only grows."""

    prefix = models.CharField(max_length=20)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    objects: ClassVar[models.Manager["Number"]] = models.Manager()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("prefix", "year"), name="issues_one_counter_a_year"),)

    def __str__(self) -> str:
        return f"{self.prefix}-{self.year}"


class Issue(models.Model):  # type: ignore[django-manager-missing]  # of translated rows: patched as it starts
    """``title`` and ``summary`` are the common part: the office's words, never an author's.

    ``marking`` is the strictest of the threads it came from. ``version`` rises with every change.
    ``due_on`` belongs to ``holder``: the day by which they owe the next step, if one is set.
    """

    reference = models.CharField(max_length=40, unique=True)
    year = models.PositiveSmallIntegerField()
    sequence = models.PositiveIntegerField()
    title = models.CharField(_("title"), max_length=200)
    summary = models.TextField(_("what it is about"), max_length=4000)
    lang = models.CharField(max_length=2, choices=Language.choices)
    theme = models.ForeignKey(Theme, models.PROTECT, null=True, blank=True, related_name="+")
    region = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, related_name="+")
    priority = models.CharField(max_length=6, choices=Urgency.choices, default=Urgency.NORMAL)
    marking = models.CharField(max_length=10, choices=Marking.choices)
    state = models.CharField(max_length=14, choices=IssueState.choices, default=IssueState.REGISTERED)
    outcome = models.CharField(max_length=16, choices=IssueOutcome.choices, blank=True)
    state_since = models.DateTimeField()
    holder = models.CharField(max_length=10, choices=Holder.choices, blank=True, default=Holder.OFFICE)
    due_on = models.DateField(null=True, blank=True)
    calendar_version = models.PositiveIntegerField(null=True, blank=True)
    assignee = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    registered_at = models.DateTimeField()
    registered_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    next_step = models.TextField(_("next step"), max_length=1000, blank=True)
    next_step_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    threads = models.ManyToManyField(Thread, through="issues.IssueThread", related_name="issues")

    objects: ClassVar[models.Manager["Issue"]] = models.Manager()

    class Meta:
        ordering = ("-registered_at", "-pk")
        indexes = (models.Index(fields=("state", "-registered_at")),)
        constraints = (
            models.CheckConstraint(
                name="issues_closed_with_outcome", condition=models.Q(state="closed") ^ models.Q(outcome="")
            ),
        )

    def __str__(self) -> str:
        return self.reference

    @property
    def shown(self) -> Shown:
        return SHOWN_OF_ISSUE[IssueState(self.state)]

    @property
    def stream_name(self) -> str:
        return f"issue:{self.reference}"

    @property
    def office_stream_name(self) -> str:
        return f"issue:{self.reference}:office"


class IssueThread(models.Model):
    """The thread is carried by the issue; it stays linked when the escalation was returned."""

    issue = models.ForeignKey(Issue, models.PROTECT, related_name="links")
    thread = models.ForeignKey(Thread, models.PROTECT, related_name="issue_links")
    at = models.DateTimeField()

    objects: ClassVar[models.Manager["IssueThread"]] = models.Manager()

    class Meta:
        ordering = ("at", "pk")
        constraints = (
            models.UniqueConstraint(fields=("issue", "thread"), name="issues_one_link_a_thread_and_issue"),
        )

    def __str__(self) -> str:
        return f"{self.issue_id} carries {self.thread_id}"


class Follow(models.Model):
    """A person wants to hear about the issue."""

    issue = models.ForeignKey(Issue, models.PROTECT, related_name="follows")
    person = models.ForeignKey(User, models.PROTECT, related_name="follows")
    since = models.DateTimeField()

    objects: ClassVar[models.Manager["Follow"]] = models.Manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("issue", "person"), name="issues_one_follow_a_person"),
        )

    def __str__(self) -> str:
        return f"{self.person_id} follows {self.issue_id}"
