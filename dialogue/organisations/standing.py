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
        .order_by("since", "pk")
        # Asked several times in every act: the columns alone cost half of what the objects do.
        .values_list("organisation_id", "organisation__kind", "role", "until")
    )
    held = (Place(home, Kind(kind), Role(role), until) for home, kind, role, until in rows)
    places = tuple(place for place in held if place.role in ROLES_OF[place.kind])
    return Standing(user.pk, frozenset(place.role for place in places), places)
