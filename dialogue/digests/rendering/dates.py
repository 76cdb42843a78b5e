"""Days as the reader's language writes them. Django has no formats for Kazakh; Babel has."""

from datetime import date

from babel.dates import format_date, format_interval
from django.utils.translation import get_language

# Django's "en" would be American: the month first.
_LOCALES = {"kk": "kk", "ru": "ru", "en": "en_GB"}


def day(moment: date) -> str:
    return format_date(moment, "d MMMM", locale=_locale())


def days(first: date, last: date) -> str:
    """“16–22 Nov 2026”, across months and years too."""
    return format_interval(first, last, "yMMMMd", locale=_locale())


def _locale() -> str:
    return _LOCALES[(get_language() or "kk")[:2]]
