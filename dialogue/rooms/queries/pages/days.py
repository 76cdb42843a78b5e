"""Days and hours in the reader's language; month names take the case that language wants."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, pgettext


def short_day(moment: datetime | date) -> str:
    """Like “3 Nov”, in the format that language uses."""
    return date_format(_local(moment), pgettext("format of a short date", "j M"))


def long_day(moment: datetime | date) -> str:
    """Like “Tuesday, 3 November 2026”."""
    words = date_format(_local(moment), pgettext("format of a long date", "l, j F Y"))
    # Django writes their days with a capital, which neither language does within a line.
    return words if get_language() == "en" else words.lower()


def hour(moment: datetime) -> str:
    return date_format(_local(moment), "H:i")


def day_and_hour(moment: datetime) -> str:
    return f"{short_day(moment)}, {hour(moment)}"


def _local(moment: datetime | date) -> datetime | date:
    return timezone.localtime(moment) if isinstance(moment, datetime) else moment
