"""The lists, for packages above; affected groups are in access.py, for not all see all."""

from datetime import date
from typing import TypeVar

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from dialogue.taxonomy.models import DutyBearer, Region, Term, Theme
from dialogue.text.refusals import Invalid

SomeTerm = TypeVar("SomeTerm", bound=Term)


def regions(on: date) -> QuerySet[Region]:
    """Regions that exist on this day."""
    return Region.objects.current(on)


def themes() -> QuerySet[Theme]:
    return Theme.objects.all()


def duty_bearers() -> QuerySet[DutyBearer]:
    return DutyBearer.objects.all()


def with_code(terms: QuerySet[SomeTerm], code: str, *, field: str) -> SomeTerm:
    """The term of that code among these, or ``Invalid``: unknown and not for you look alike."""
    term = terms.filter(code=code).first()
    if term is None:
        raise Invalid("not_a_choice", _("This is not in the list. Choose one of those offered."), field)
    return term
