"""What stands beside a thread: clock, facts, what may be done, who may read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from dialogue.rooms.access import Reading
from dialogue.rooms.models import Acknowledgement, Carriage, Entrance, Room, Seat, Thread, ThreadKind, Urgency
from dialogue.rooms.queries.pages.cards import region_of
from dialogue.rooms.queries.pages.clocks import ClockShown, clock_of
from dialogue.rooms.queries.pages.days import day_and_hour
from dialogue.rooms.queries.pages.events import address_of_issue, holder_words
from dialogue.rooms.queries.pages.verbs import ActionShown, actions_of
from dialogue.rooms.states import Shown, ThreadState
from dialogue.taxonomy.access import affected_groups_visible_to


@dataclass(frozen=True)
class FactShown:
    name: str
    value: str


@dataclass(frozen=True)
class CarriageShown:
    reference: str
    address: str


@dataclass(frozen=True)
class RailShown:
    readers: str
    rules: tuple[str, ...] = ()
    observers: str = ""
    clock: ClockShown | None = None
    facts: tuple[FactShown, ...] = ()
    carriages: tuple[CarriageShown, ...] = ()
    actions: tuple[ActionShown, ...] = ()


def rail_of_room(room: Room) -> RailShown:
    observers = _("Observers may read here, too.") if room.observers_may_read else ""
    rules = tuple(line.strip() for line in room.rules.splitlines() if line.strip())
    return RailShown(readers=readers_of(room), rules=rules, observers=observers)


def rail_of(thread: Thread, carriages: Sequence[Carriage], reading: Reading, *, now: datetime) -> RailShown:
    beside = rail_of_room(thread.room)
    return RailShown(
        readers=_readers_of_thread(thread) or beside.readers,
        rules=beside.rules,
        observers="" if _readers_of_thread(thread) else beside.observers,
        clock=clock_of(thread, carriages, now=now),
        facts=(*_standing(thread, carriages), *_facts(thread, reading)),
        carriages=tuple(CarriageShown(c.reference, address_of_issue(c.reference)) for c in carriages),
        actions=tuple(actions_of(thread, reading)),
    )


def readers_of(room: Room) -> str:
    """How many sit here, for whom, and who else comes in."""
    seated = Seat.objects.valid(timezone.now()).filter(room=room)
    counted = seated.aggregate(
        people=Count("person", distinct=True), organisations=Count("for_organisation", distinct=True)
    )
    people, organisations = counted["people"], counted["organisations"]
    here = ngettext("{count} person", "{count} people", people).format(count=people)
    homes = ngettext("of {count} organisation", "of {count} organisations", organisations)
    sentence = _("all verified members; {people} {organisations} take part; the office")
    if room.entrance == Entrance.INVITED:
        sentence = _("by invitation: {people} {organisations}; the office")
    words = sentence.format(people=here, organisations=homes.format(count=organisations))
    return words[:1].upper() + words[1:] + "."


def _readers_of_thread(thread: Thread) -> str:
    """Where these are fewer than the room's."""
    if thread.is_held:
        return _("Only the author and those who look after this thread.")
    return _("Only the author and the office.") if thread.is_for_the_office_only else ""


def _standing(thread: Thread, carriages: Sequence[Carriage]) -> list[FactShown]:
    """Who leads, and who has the next step. Whoever sorted a thread does not lead its issue."""
    if thread.state != ThreadState.ESCALATED:
        person = thread.taken_by.name if thread.taken_by else ""
        return [FactShown(_("In charge"), person)] if person else []
    card = carriages[-1] if carriages else None
    if card is None or card.state == Shown.CLOSED:
        return []
    lead = card.lead.name if card.lead else pgettext("in charge", "The office")
    holder = holder_words(card.holder)
    facts = [FactShown(_("In charge"), lead)]
    return [*facts, FactShown(_("Next step"), holder)] if holder else facts


def _facts(thread: Thread, reading: Reading) -> list[FactShown]:
    receipt = Acknowledgement.objects.filter(thread=thread).first()
    groups = affected_groups_visible_to(thread.raised_by, is_office=reading.is_handler)
    names = ", ".join(group.name for group in groups.filter(pk__in=thread.groups.values("pk")))
    rows = [
        (_("Urgency"), _urgency_words(thread) if thread.kind == ThreadKind.CONCERN else ""),
        (_("Region"), region_of(thread)),
        (_("Theme"), thread.theme.name if thread.theme else ""),
        (_("Whom it affects"), names),
        (_("Who must act"), thread.duty_bearer.name if thread.duty_bearer else ""),
        (_("Receipt confirmed"), day_and_hour(receipt.at) if receipt else ""),
    ]
    return [FactShown(name, value) for name, value in rows if value]


def _urgency_words(thread: Thread) -> str:
    if thread.urgency == Urgency.URGENT:
        return pgettext("urgency, short", "Urgent")
    return str(Urgency(thread.urgency).label)
