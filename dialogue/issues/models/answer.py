"""What came back on a recommendation, and how it is judged: by the office, and by the NGOs beside it."""

from typing import ClassVar

from django.db import models
from django.utils.translation import pgettext_lazy

from dialogue.accounts.models import User
from dialogue.issues.models.recommendation import Channel, Recommendation
from dialogue.organisations.models import Organisation
from dialogue.rooms.models import Byline
from dialogue.text.languages import Language


class Position(models.TextChoices):
    """What the authority says; saying is not doing."""

    ACCEPTED = "accepted", pgettext_lazy("position", "Accepted")
    ACCEPTED_IN_PART = "accepted_in_part", pgettext_lazy("position", "Accepted in part")
    NOTED = "noted", pgettext_lazy("position", "Noted")
    REJECTED = "rejected", pgettext_lazy("position", "Rejected")
    NO_REPLY = "no_reply", pgettext_lazy("position", "No reply")


class Implementation(models.TextChoices):
    """What was done; a promise is never “implemented”."""

    NOT_ASSESSED = "not_assessed", pgettext_lazy("implementation", "Not assessed")
    NONE = "none", pgettext_lazy("implementation", "Not implemented")
    IN_PROGRESS = "in_progress", pgettext_lazy("implementation", "In progress")
    PARTIAL = "partial", pgettext_lazy("implementation", "Implemented in part")
    FULL = "full", pgettext_lazy("implementation", "Implemented in full")
    CONTRARY = "contrary", pgettext_lazy("implementation", "Acted to the contrary")
    OBSOLETE = "obsolete", pgettext_lazy("implementation", "No longer needed")


class Grade(models.TextChoices):
    """Of the reply, as the Human Rights Committee grades; seen by the office only."""

    A = "A", "A"
    B = "B", "B"
    C = "C", "C"
    D = "D", "D"
    E = "E", "E"


class Response(models.Model):
    """The authority's words, as received. ``by`` is who sent them here or who logged the letter."""

    recommendation = models.ForeignKey(Recommendation, models.PROTECT, related_name="responses")
    on = models.DateField()
    channel = models.CharField(max_length=10, choices=Channel.choices)
    number = models.CharField(max_length=60, blank=True)
    position = models.CharField(max_length=16, choices=Position.choices)
    text = models.TextField()
    lang = models.CharField(max_length=2, choices=Language.choices)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects: ClassVar[models.Manager["Response"]] = models.Manager()

    class Meta:
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return f"{self.recommendation_id} answered"


class Assessment(models.Model):
    """The office's judgement; the newest counts, the older ones stay."""

    recommendation = models.ForeignKey(Recommendation, models.PROTECT, related_name="assessments")
    position = models.CharField(max_length=16, choices=Position.choices)
    implementation = models.CharField(max_length=12, choices=Implementation.choices)
    grade = models.CharField(max_length=1, choices=Grade.choices, blank=True)
    reason = models.TextField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects: ClassVar[models.Manager["Assessment"]] = models.Manager()

    class Meta:
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return f"{self.recommendation_id} assessed"


class NgoAssessment(models.Model):
    """How an organisation that raised the concern sees it."""

    recommendation = models.ForeignKey(Recommendation, models.PROTECT, related_name="ngo_assessments")
    for_organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    byline = models.CharField(max_length=12, choices=Byline.choices)
    implementation = models.CharField(max_length=12, choices=Implementation.choices)
    reason = models.TextField()
    lang = models.CharField(max_length=2, choices=Language.choices)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects: ClassVar[models.Manager["NgoAssessment"]] = models.Manager()

    class Meta:
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return f"{self.recommendation_id} seen otherwise"
