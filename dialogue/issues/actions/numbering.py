"""Numbers of issues: one counter a year of Almaty, taken under its lock, never reused."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import F

from dialogue.calendar.working_days import today_in_almaty
from dialogue.issues.models import Number


@dataclass(frozen=True)
class Numbered:
    year: int
    sequence: int
    prefix: str

    @property
    def reference(self) -> str:
        return f"{self.prefix}-{self.year}-{self.sequence:05d}"


def next_number(at: datetime) -> Numbered:
    """Take the next one. Inside the act: a refused act gives it back, so there are no holes."""
    year, prefix = today_in_almaty(at).year, settings.ISSUE_NUMBER_PREFIX
    counter, _made = Number.objects.get_or_create(prefix=prefix, year=year)
    # The update locks the row until commit; what is read afterwards is ours alone.
    Number.objects.filter(pk=counter.pk).update(last=F("last") + 1)
    counter.refresh_from_db(fields=["last"])
    return Numbered(year, counter.last, prefix)


def skip_numbers(*, year: int, up_to: int) -> None:
    """The house: numbers up to this one were given elsewhere. The counter never goes back."""
    counter, _made = Number.objects.get_or_create(prefix=settings.ISSUE_NUMBER_PREFIX, year=year)
    Number.objects.filter(pk=counter.pk, last__lt=up_to).update(last=up_to)
