"""Four closed lists with names in three languages. Codes never change; names may.

A term describes what a concern is about, never who wrote it.
"""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Term(models.Model):
    """A word from a list. ``code`` is what addresses, frames and exports carry."""

    code = models.SlugField(_("code"), max_length=20, unique=True)
    name = models.CharField(_("name in the list"), max_length=120)
    order = models.PositiveSmallIntegerField(_("order"), default=0, db_default=0)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name


class RegionManager(models.Manager["Region"]):
    def current(self, on: date) -> models.QuerySet["Region"]:
        """Regions that exist on this day, first and last day included."""
        begun = Q(valid_from=None) | Q(valid_from__lte=on)
        not_ended = Q(valid_to=None) | Q(valid_to__gte=on)
        return self.filter(begun, not_ended)


class Region(Term):
    """A region or city of republican rank by its ISO 3166-2 code.

    Regions are divided and renamed by law, so each has its days; an old concern keeps the
    region it was raised with.
    """

    valid_from = models.DateField(_("exists from"), null=True, blank=True)
    valid_to = models.DateField(_("exists to"), null=True, blank=True)

    objects: ClassVar[RegionManager] = RegionManager()

    class Meta:
        verbose_name = _("region")
        verbose_name_plural = _("regions")
        ordering = ["order", "code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_from=None) | Q(valid_to__gte=F("valid_from")),
                name="taxonomy_region_ends_after_it_begins",
            ),
        ]


class Theme(Term):
    """A group of rights, as in the treaties."""

    objects: ClassVar[models.Manager["Theme"]] = models.Manager()

    class Meta:
        verbose_name = _("theme")
        verbose_name_plural = _("themes")
        ordering = ["order", "code"]


class AffectedGroup(Term):
    """People a concern is about; never a label of the person who writes."""

    # Showing it outside the office could harm those it names, or break the law of the day.
    office_only = models.BooleanField(_("seen by the office only"), default=False, db_default=False)

    objects: ClassVar[models.Manager["AffectedGroup"]] = models.Manager()

    class Meta:
        verbose_name = _("affected group")
        verbose_name_plural = _("affected groups")
        ordering = ["order", "code"]


class DutyBearer(Term):
    """A kind of body that owes the right; the bodies themselves are authorities."""

    objects: ClassVar[models.Manager["DutyBearer"]] = models.Manager()

    class Meta:
        verbose_name = _("kind of duty bearer")
        verbose_name_plural = _("kinds of duty bearers")
        ordering = ["order", "code"]
