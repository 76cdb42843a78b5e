"""The triage board as it is shown: four columns of tickets, each with its clock and what may be done."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from dialogue.calendar.working_days import ALMATY, today_in_almaty
from dialogue.issues.queries.ticket_clocks import TicketClock, clock_of_ticket
from dialogue.issues.queries.ticket_verbs import TicketVerbs, verbs_of_ticket
from dialogue.journal.entries import Place, head_of, heads_of
from dialogue.organisations.standing import Reader
from dialogue.rooms.access import Reading, reading_of, rooms_visible_to
from dialogue.rooms.models import Room, Thread
from dialogue.rooms.queries.board import Waiting, awaiting_triage, decided_since
from dialogue.rooms.queries.pages.bylines import author_shown
from dialogue.rooms.queries.pages.cards import is_urgent, region_of
from dialogue.rooms.queries.pages.days import short_day
from dialogue.rooms.queries.pages.events import address_of_issue
from dialogue.rooms.states import Outcome, ThreadState

SHOWS: Final = ("all", "mine", "overdue")


@dataclass(frozen=True)
class TicketShown:
    """A stub says that something is held in the room, and nothing else: no thread, no verbs."""

    room: Room
    since: datetime
    state: str
    thread: Thread | None = None
    author: str = ""
    region: str = ""
    clock: TicketClock | None = None
    taken_by: str = ""
    acknowledged_by: str = ""
    outcome: str = ""
    reference: str = ""
    address: str = ""
    verbs: TicketVerbs | None = None
    is_urgent: bool = False
    is_held: bool = False
    is_mine: bool = False

    @property
    def is_late(self) -> bool:
        return self.clock is not None and self.clock.is_late

    @property
    def day(self) -> str:
        return short_day(self.since)


@dataclass(frozen=True)
class ColumnShown:
    code: str
    name: str
    empty: str
    tickets: Sequence[TicketShown]

    @property
    def count(self) -> int:
        """What this reader could work on; for new ones, the same figure as in the navigation."""
        return len(self.tickets) - self.out_of_sight

    @property
    def out_of_sight(self) -> int:
        return sum(ticket.thread is None for ticket in self.tickets)


@dataclass(frozen=True)
class BoardShown:
    """``places`` were read before everything else, so that the page may catch up from them."""

    places: Sequence[Place]
    rooms: Sequence[Room]
    columns: Sequence[ColumnShown]
    overdue: int
    mine: int


def board_shown(user: Reader, *, now: datetime, room: Room | None = None, show: str = "all") -> BoardShown:
    """Refuses with ``not_found`` whoever has no work there."""
    reading = reading_of(user)
    rooms = list(rooms_visible_to(reading).filter(archived_at=None))
    places = _places([room] if room else rooms)
    tickets = _tickets(reading, now=now, room=room)
    kept = [ticket for ticket in tickets if _is_asked_for(ticket, show)]
    return BoardShown(
        places=places,
        rooms=rooms,
        columns=_columns(kept),
        overdue=sum(ticket.is_late for ticket in tickets),
        mine=sum(ticket.is_mine for ticket in tickets if ticket.state != ThreadState.CLOSED),
    )


def _places(rooms: Iterable[Room]) -> list[Place]:
    """Of each room, and of what only the office hears there."""
    names = [name for room in rooms for name in (room.stream_name, room.office_stream_name)]
    heads = heads_of(names)
    return [heads.get(name) or head_of(name) for name in names]


def _tickets(reading: Reading, *, now: datetime, room: Room | None) -> list[TicketShown]:
    waiting = [card for column in awaiting_triage(reading, now=now, room=room) for card in column.cards]
    decided = decided_since(reading, monday_of(now))
    tickets = [_of_waiting(card, reading, now=now) for card in waiting]
    return tickets + [
        _of_thread(thread, reading, now=now)
        for thread in decided
        if room is None or thread.room_id == room.pk
    ]


def monday_of(now: datetime) -> datetime:
    """When this week began, where the office is."""
    today = today_in_almaty(now)
    return datetime.combine(today - timedelta(days=today.weekday()), time.min, tzinfo=ALMATY)


def _of_waiting(card: Waiting, reading: Reading, *, now: datetime) -> TicketShown:
    if card.thread is None:
        return TicketShown(card.room, card.since, card.state.value, is_held=True)
    return _of_thread(card.thread, reading, now=now)


def _of_thread(thread: Thread, reading: Reading, *, now: datetime) -> TicketShown:
    receipt = getattr(thread, "acknowledgement", None)
    by = author_shown(thread, reading)
    reference = _reference_of(thread)
    hands = {thread.taken_by_id, receipt.by_id if receipt else None}
    return TicketShown(
        room=thread.room,
        since=thread.state_since,
        state=thread.state,
        thread=thread,
        author=pgettext("on a ticket", "author shielded") if by.is_shielded else by.name,
        region=region_of(thread),
        clock=clock_of_ticket(thread, now=now),
        taken_by=thread.taken_by.name if thread.taken_by else "",
        acknowledged_by=receipt.by.name if receipt else "",
        outcome=str(Outcome(thread.outcome).label) if thread.outcome else "",
        reference=reference,
        address=address_of_issue(reference) if reference else "",
        verbs=verbs_of_ticket(thread, reading),
        is_urgent=is_urgent(thread),
        is_held=thread.is_held,
        is_mine=reading.person_id in hands,
    )


def _reference_of(thread: Thread) -> str:
    carriages = list(thread.carriages.all())
    return carriages[-1].reference if carriages and thread.state == ThreadState.ESCALATED else ""


def _is_asked_for(ticket: TicketShown, show: str) -> bool:
    return {"mine": ticket.is_mine, "overdue": ticket.is_late}.get(show, True)


def _columns(tickets: Sequence[TicketShown]) -> list[ColumnShown]:
    """What is late or due soonest comes first; decisions come the newest first, as they were read."""
    due = sorted(tickets, key=lambda ticket: (ticket.clock is None, ticket.clock and ticket.clock.due_at))
    by_state = {state: [t for t in due if t.state == state] for state in ThreadState}
    decided = [t for t in tickets if t.state in (ThreadState.ESCALATED, ThreadState.CLOSED)]
    empty = _("Nothing here.")
    return [
        ColumnShown("new", pgettext("column", "New"), _("Nothing new."), by_state[ThreadState.OPEN]),
        ColumnShown("review", pgettext("column", "Under review"), empty, by_state[ThreadState.IN_REVIEW]),
        ColumnShown(
            "waiting", pgettext("column", "Waiting for the NGO"), empty, by_state[ThreadState.AWAITING_INFO]
        ),
        ColumnShown("decided", pgettext("column", "Decided this week"), _("Nothing decided yet."), decided),
    ]
