"""What somebody is to the rooms at this moment: two small queries, whatever is then asked of it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone
from rules.predicates import Predicate

from dialogue.organisations.access import HANDLERS
from dialogue.organisations.models import Kind, Role
from dialogue.organisations.standing import (
    Capacity,
    Reader,
    Standing,
    let_see,
    seen_once,
    standing_of,
    standings_of,
)
from dialogue.questions.written_once import written_once
from dialogue.rooms.models import Seat


@dataclass(frozen=True)
class Reading:
    """``seats`` are the valid ones: room id → the position from which that person may read.

    ``until`` is the moment at which the first of all this runs out by itself.
    """

    person_id: int | None = None
    is_member: bool = False
    is_handler: bool = False
    is_moderator: bool = False
    is_safety_officer: bool = False
    is_observer: bool = False
    capacities: tuple[Capacity, ...] = ()
    seats: Mapping[int, int] = field(default_factory=dict, hash=False)
    seated_for: Mapping[int, int] = field(default_factory=dict, hash=False)
    until: datetime | None = None

    @property
    def organisation_ids(self) -> frozenset[int]:
        return frozenset(capacity.id for capacity in self.capacities)

    @property
    def leads(self) -> frozenset[int]:
        """Organisations whose lead this is: they see which of their people wrote."""
        return frozenset(capacity.id for capacity in self.capacities if capacity.role is Role.LEAD)

    def floor_in(self, room_id: int) -> int:
        """The position up to which nothing in this room is shown; handlers have none."""
        return 0 if self.is_handler else self.seats.get(room_id, 0)

    def organisation_in(self, room_id: int) -> int | None:
        """For whom this person writes there: the seat's organisation, the office, else their first NGO."""
        if room_id in self.seated_for:
            return self.seated_for[room_id]
        kinds = (Kind.OFFICE,) if self.is_handler else (Kind.NGO,)
        return next((capacity.id for capacity in self.capacities if capacity.kind in kinds), None)


Somebody = Reader | Reading


def through(owner: str, predicate: Predicate) -> Predicate:
    """The same question about what a thing belongs to: a thread's ``room``, a post's ``thread``."""
    return Predicate(lambda reading, thing: predicate.test(reading, getattr(thing, owner)), name=owner)


def reading_of(user: Somebody) -> Reading:
    if isinstance(user, Reading):
        return user
    return seen_once(("reading", user.pk), lambda: _read(user))


def read_together(people: Collection[int]) -> dict[int, Reading]:
    """Two queries for all of these people (ids), instead of two for each; a look around it keeps them."""
    standings = standings_of(people)
    seats = _valid_seats(standings)
    let_see({("standing", person): one for person, one in standings.items()})
    readings = {person: _reading(one, seats[person]) for person, one in standings.items()}
    let_see({("reading", person): one for person, one in readings.items()})
    return readings


def _read(user: Reader) -> Reading:
    standing = standing_of(user)
    if standing.person_id is None:
        return _reading(standing, [])
    return _reading(standing, _valid_seats({standing.person_id: standing})[standing.person_id])


def _reading(standing: Standing, seats: Sequence[Seat]) -> Reading:
    ends = (*(capacity.until for capacity in standing.capacities), *(seat.until for seat in seats))
    return Reading(
        person_id=standing.person_id,
        is_member=_is_member(standing),
        is_handler=bool(standing.roles & HANDLERS),
        is_moderator=Role.MODERATOR in standing.roles,
        is_safety_officer=Role.SAFETY in standing.roles,
        is_observer=Role.OBSERVER in standing.roles,
        capacities=standing.capacities,
        seats={seat.room_id: seat.visible_from for seat in seats},
        seated_for={seat.room_id: seat.for_organisation_id for seat in seats},
        until=min((end for end in ends if end is not None), default=None),
    )


def _is_member(standing: Standing) -> bool:
    return bool(standing.roles & {Role.MEMBER, Role.LEAD})


def _valid_seats(standings: Mapping[int, Standing]) -> dict[int, list[Seat]]:
    """By person. A seat counts only while its person still speaks for its organisation."""
    found: dict[int, list[Seat]] = {person: [] for person in standings}
    members = [person for person, standing in standings.items() if _is_member(standing)]
    for seat in _seats(members, timezone.now()):
        capacities = standings[seat.person_id].capacities
        if any(one.id == seat.for_organisation_id and one.kind is Kind.NGO for one in capacities):
            found[seat.person_id].append(seat)
    return found


@written_once
def _seats(people: Collection[int], now: datetime) -> QuerySet[Seat]:
    return Seat.objects.valid(now).filter(person_id__in=people)
