"""What a concern is about, from codes to terms, and how far it may travel: before the lock."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from dialogue.accounts.models import User
from dialogue.calendar.working_days import today_in_almaty
from dialogue.rooms import access
from dialogue.rooms.actions.refused import choice
from dialogue.rooms.models import Marking, Room
from dialogue.taxonomy.access import affected_groups_visible_to
from dialogue.taxonomy.models import AffectedGroup, DutyBearer, Region, Theme
from dialogue.taxonomy.queries import SomeTerm, duty_bearers, regions, themes, with_code
from dialogue.text.refusals import Invalid


@dataclass(frozen=True)
class Codes:
    """As they were sent; order and repeats of groups mean nothing."""

    region: str | None = None
    theme: str | None = None
    duty_bearer: str | None = None
    groups: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Facets:
    """No region means the whole country."""

    region: Region | None
    theme: Theme | None
    duty_bearer: DutyBearer | None
    groups: tuple[AffectedGroup, ...]


def facets_of(codes: Codes, *, by: User, at: datetime) -> Facets:
    """Refuses unknown codes with ``not_a_choice`` and the field; not for you looks like unknown."""
    open_regions = regions(today_in_almaty(at))
    known_groups = affected_groups_visible_to(by, is_office=access.audience_of(by) == "office")
    return Facets(
        region=_term(open_regions, codes.region, field="region"),
        theme=_term(themes(), codes.theme, field="theme"),
        duty_bearer=_term(duty_bearers(), codes.duty_bearer, field="duty_bearer"),
        groups=tuple(with_code(known_groups, code, field="groups") for code in sorted(codes.groups)),
    )


def marking_of(room: Room, code: str | None) -> Marking:
    """The room's own where nothing was chosen; never wider than that."""
    marking = choice(Marking, code or room.default_marking, field="marking")
    if marking not in room.markings:
        raise Invalid(
            "marking_too_wide", _("What is said in this room may not travel that far."), field="marking"
        )
    return marking


def _term(terms: QuerySet[SomeTerm], code: str | None, *, field: str) -> SomeTerm | None:
    return with_code(terms, code, field=field) if code else None
