"""What the office asks of one authority, and proof that it arrived."""

from typing import ClassVar, Final

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dialogue.accounts.models import User
from dialogue.issues.models.issue import Issue
from dialogue.issues.states import SHOWN_OF_RECOMMENDATION, RecommendationState
from dialogue.organisations.models import Organisation
from dialogue.rooms.models import Urgency
from dialogue.rooms.public_ids import new_public_id
from dialogue.rooms.states import Shown
from dialogue.text.languages import Language

# Both are equally authentic; only danger excuses one.
NEEDED_LANGUAGES: Final = (Language.KK, Language.RU)


class Channel(models.TextChoices):
    LETTER = "letter", pgettext_lazy("channel", "Letter")
    WORKSPACE = "workspace", pgettext_lazy("channel", "Workspace of the authority")


class Recommendation(models.Model):  # type: ignore[django-manager-missing]  # of translated rows: patched as it starts
    """To one addressee. ``returned_at`` says that a draft waits for its author, not for a signature.

    ``due_on`` is set by the receipt, which starts the legal time for a reply.
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    issue = models.ForeignKey(Issue, models.PROTECT, related_name="recommendations")
    addressee = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    text = models.TextField(_("recommendation"), max_length=4000)
    legal_basis = models.TextField(_("legal basis"), max_length=1000, blank=True)
    state = models.CharField(
        max_length=10, choices=RecommendationState.choices, default=RecommendationState.DRAFTED
    )
    drafted_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    returned_at = models.DateTimeField(null=True, blank=True)
    issued_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    issued_at = models.DateTimeField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    calendar_version = models.PositiveIntegerField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[models.Manager["Recommendation"]] = models.Manager()

    class Meta:
        ordering = ("drafted_at", "pk")

    def __str__(self) -> str:
        return self.public_id

    @property
    def shown(self) -> Shown:
        return SHOWN_OF_RECOMMENDATION[RecommendationState(self.state)]

    @property
    def missing_languages(self) -> tuple[str, ...]:
        return tuple(code.value for code in NEEDED_LANGUAGES if not getattr(self, f"text_{code}"))

    @property
    def lacks_a_language(self) -> bool:
        """So that it cannot be issued: danger excuses one language, never both."""
        missing = len(self.missing_languages)
        return missing > (1 if self.issue.priority == Urgency.URGENT else 0)

    @property
    def is_for_signing(self) -> bool:
        return self.state == RecommendationState.DRAFTED and self.returned_at is None


class RecommendationStep(models.Model):
    """One move of the RECOMMENDATION_TRANSITIONS table, with its note."""

    recommendation = models.ForeignKey(Recommendation, models.PROTECT, related_name="steps")
    verb = models.CharField(max_length=20)
    source = models.CharField(max_length=10, choices=RecommendationState.choices, blank=True)
    target = models.CharField(max_length=10, choices=RecommendationState.choices)
    note = models.TextField(blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects: ClassVar[models.Manager["RecommendationStep"]] = models.Manager()

    class Meta:
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return f"{self.recommendation_id} {self.verb}"


class Receipt(models.Model):
    """The authority has it: acknowledged in its workspace, or a logged letter with its number."""

    recommendation = models.OneToOneField(Recommendation, models.PROTECT, related_name="receipt")
    on = models.DateField()
    channel = models.CharField(max_length=10, choices=Channel.choices)
    number = models.CharField(max_length=60, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects: ClassVar[models.Manager["Receipt"]] = models.Manager()

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="issues_letters_have_numbers",
                condition=~models.Q(channel="letter") | ~models.Q(number=""),
            ),
        )

    def __str__(self) -> str:
        return f"{self.recommendation_id} received"
