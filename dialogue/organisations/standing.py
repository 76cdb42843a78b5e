"""What somebody is at this moment: read anew each time, because it can end at any moment."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from dialogue.organisations.models import ROLES_OF, Delegation, Kind, Role

Reader = AbstractBaseUser | AnonymousUser


@dataclass(frozen=True)
class Place:
    """One role in one organisation; ``id`` is the organisation's key. ``until``: if it runs out by itself."""

    id: int
    name: str
    kind: Kind
    role: Role
    until: datetime | None = None


@dataclass(frozen=True)
class Standing:
    person_id: int | None = None
    roles: frozenset[Role] = frozenset()
    organisations: tuple[Place, ...] = ()


def standing_of(user: Reader) -> Standing:
    """One query. Visitors and deactivated people have no roles."""
    if not user.is_authenticated or user.pk is None:
        return Standing()
    rows = (
        Delegation.objects.valid(timezone.now())
        .filter(person_id=user.pk)
        .select_related("organisation")
        .order_by("since", "pk")
    )
    places = tuple(_place(row) for row in rows if row.role in ROLES_OF[Kind(row.organisation.kind)])
    return Standing(user.pk, frozenset(place.role for place in places), places)


def _place(row: Delegation) -> Place:
    held_in = row.organisation
    return Place(held_in.pk, held_in.name, Kind(held_in.kind), Role(row.role), row.until)
