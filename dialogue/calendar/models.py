"""The calendar of working days, in versions that never change once written.

Every due date names the version it was counted by, so that a later decision of the
government moves no date that was already promised.
"""

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


class CalendarVersion(models.Model):  # type: ignore[django-manager-missing]  # of days: patched as it starts
    """All that was known about the years it covers; a correction is the next number."""

    number = models.PositiveIntegerField(_("version number"), unique=True)
    covers_from = models.DateField(_("covers from"))
    covers_to = models.DateField(_("covers to"))
    note = models.CharField(_("what changed"), max_length=200, blank=True, db_default="")
    made_at = models.DateTimeField(_("made at"), db_default=Now(), editable=False)

    class Meta:
        verbose_name = _("version of the calendar")
        verbose_name_plural = _("versions of the calendar")
        ordering = ["-number"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(covers_to__gte=models.F("covers_from")),
                name="calendar_version_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return str(self.number)


class Day(models.Model):
    """An exception from Monday to Friday: a holiday, a moved day off, a Saturday worked."""

    version = models.ForeignKey(
        CalendarVersion, on_delete=models.CASCADE, related_name="days", verbose_name=_("version")
    )
    day = models.DateField(_("day"))
    is_working = models.BooleanField(_("is a working day"), default=False, db_default=False)
    name = models.CharField(_("occasion"), max_length=100)

    objects: ClassVar[models.Manager["Day"]] = models.Manager()

    class Meta:
        verbose_name = _("exceptional day")
        verbose_name_plural = _("exceptional days")
        ordering = ["day"]
        constraints = [
            models.UniqueConstraint(fields=["version", "day"], name="calendar_one_row_a_day_and_version"),
        ]

    def __str__(self) -> str:
        return self.name
