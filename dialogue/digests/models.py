"""Who wants the weekly mail, and the editions that were made for them."""

import secrets
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dialogue.accounts.models import User
from dialogue.outbox.models import OutgoingMail


def new_seed() -> str:
    return secrets.token_hex(16)


class Frequency(models.TextChoices):
    WEEKLY = "weekly", pgettext_lazy("digest", "Every Monday morning")
    NONE = "none", pgettext_lazy("digest", "Never")


class Subscription(models.Model):
    """One person's choice; who never chose gets the digest every week.

    The link in a mail carries a token made of ``seed`` and the house's key, and the table only its
    hash: whoever reads the table cannot unsubscribe anybody. ``since`` is when it was last turned on.
    """

    person = models.OneToOneField(
        User, models.PROTECT, related_name="digest_subscription", verbose_name=_("person")
    )
    frequency = models.CharField(
        _("how often"), max_length=6, choices=Frequency.choices, default=Frequency.WEEKLY
    )
    is_private = models.BooleanField(_("private mode"), default=False)
    seed = models.CharField(max_length=32, default=new_seed, editable=False)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    since = models.DateTimeField(_("since"))

    objects: ClassVar[models.Manager["Subscription"]] = models.Manager()

    class Meta:
        verbose_name = _("digest subscription")
        verbose_name_plural = _("digest subscriptions")

    def __str__(self) -> str:
        return self.frequency

    @property
    def is_wanted(self) -> bool:
        return self.frequency == Frequency.WEEKLY


class EditionState(models.TextChoices):
    """``queued`` is the outbox's from then on: what became of the mail is said there."""

    PLANNED = "planned", pgettext_lazy("edition", "planned")
    QUEUED = "queued", pgettext_lazy("edition", "given to the outbox")
    EMPTY = "empty", pgettext_lazy("edition", "nothing to say")
    DROPPED = "dropped", pgettext_lazy("edition", "not sent")


TOLD = (EditionState.QUEUED, EditionState.EMPTY)


class Edition(models.Model):
    """One person's digest of one ISO week (``2026-W53``), as windows of positions.

    ``windows`` maps a stream to [epoch, after, until]; the next edition begins at ``until``, so no
    two of one person overlap. A dropped edition has none: what it would have told comes next week.
    """

    person = models.ForeignKey(User, models.PROTECT, related_name="digest_editions", verbose_name=_("person"))
    period = models.CharField(_("week"), max_length=8)
    state = models.CharField(
        _("state"), max_length=8, choices=EditionState.choices, default=EditionState.PLANNED
    )
    looks_back_to = models.DateTimeField(_("looks back to"))
    is_first = models.BooleanField(default=False)
    cut_at = models.DateTimeField(_("made"))
    settled_at = models.DateTimeField(_("settled"), null=True, blank=True)
    windows = models.JSONField(default=dict)
    counts = models.JSONField(_("counts"), default=dict)
    mail = models.OneToOneField(
        OutgoingMail, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("mail")
    )

    objects: ClassVar[models.Manager["Edition"]] = models.Manager()

    class Meta:
        verbose_name = _("edition of the digest")
        verbose_name_plural = _("editions of the digest")
        ordering = ("-cut_at", "-pk")
        constraints = (
            models.UniqueConstraint(fields=("person", "period"), name="digests_one_edition_a_week"),
        )

    def __str__(self) -> str:
        return self.period

    def window_of(self, stream: str) -> tuple[str, int, int] | None:
        """(epoch, after, until), or None for a stream this edition did not read."""
        window: Any = self.windows.get(stream)
        return (str(window[0]), int(window[1]), int(window[2])) if window else None
