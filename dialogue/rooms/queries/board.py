"""What waits for the office: concerns by state, with the clock that runs until somebody takes them up."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from django.db.models import QuerySet

from dialogue.rooms.access import can_see_board, reading_of, threads_visible_to
from dialogue.rooms.access.reading import Somebody
from dialogue.rooms.access.refused import not_found
from dialogue.rooms.models import Room, Thread, ThreadKind
from dialogue.rooms.states import UNDECIDED, ThreadState

DECIDED: Final = (ThreadState.ESCALATED, ThreadState.CLOSED)


@dataclass(frozen=True)
class Waiting:
    """One card. Without ``thread`` it is a stub: something is held there, and nothing else is said."""

    room: Room
    state: ThreadState
    since: datetime
    thread: Thread | None = None
    due_at: datetime | None = None
    is_overdue: bool = False
    is_held: bool = False


@dataclass(frozen=True)
class Column:
    state: ThreadState
    cards: Sequence[Waiting]

    @property
    def readable(self) -> Sequence[Waiting]:
        """Without the stubs: what is held by others is nothing this reader could do."""
        return [card for card in self.cards if card.thread is not None]

    @property
    def overdue(self) -> int:
        return sum(card.is_overdue for card in self.cards)


def awaiting_triage(user: Somebody, *, now: datetime, room: Room | None = None) -> list[Column]:
    """A column a state, in the order of the work; in each the overdue first, then what is due soonest.

    Refuses whoever may not see the board. A few queries, however much waits.
    """
    reading = reading_of(user)
    if not can_see_board(reading):
        raise not_found()
    everything = Thread.objects.filter(kind=ThreadKind.CONCERN, state__in=UNDECIDED)
    if room is not None:
        everything = everything.filter(room=room)
    seen = _with_facts(threads_visible_to(reading).filter(pk__in=everything.values("pk")))
    hidden = everything.exclude(held_at=None).exclude(pk__in=[thread.pk for thread in seen])
    cards = [_card(thread, now) for thread in seen] + [
        _stub(thread) for thread in hidden.select_related("room")
    ]
    return [Column(state, _in_order(card for card in cards if card.state is state)) for state in UNDECIDED]


def count_awaiting(user: Somebody) -> int:
    """New concerns this person could take up, as the board's first column counts them; 0 for others."""
    reading = reading_of(user)
    if not can_see_board(reading):
        return 0
    new = threads_visible_to(reading).filter(kind=ThreadKind.CONCERN, state=ThreadState.OPEN)
    return new.distinct().count()


def decided_since(user: Somebody, since: datetime) -> list[Thread]:
    """What was escalated or closed after that moment, the newest decision first."""
    reading = reading_of(user)
    if not can_see_board(reading):
        raise not_found()
    decided = threads_visible_to(reading).filter(kind=ThreadKind.CONCERN, state__in=DECIDED)
    return list(_with_facts(decided.filter(state_since__gte=since)).order_by("-state_since", "-pk"))


def _with_facts(threads: QuerySet[Thread]) -> QuerySet[Thread]:
    return threads.select_related(
        "room", "region", "theme", "for_organisation", "taken_by", "raised_by", "acknowledgement__by"
    ).prefetch_related("carriages")


def _card(thread: Thread, now: datetime) -> Waiting:
    """The clock runs until somebody takes the concern up, and stands still after that."""
    state = ThreadState(thread.state)
    due_at = thread.due_at if state is ThreadState.OPEN else None
    return Waiting(
        room=thread.room,
        state=state,
        since=thread.state_since,
        thread=thread,
        due_at=due_at,
        is_overdue=due_at is not None and due_at < now,
        is_held=thread.is_held,
    )


def _stub(thread: Thread) -> Waiting:
    return Waiting(
        room=thread.room,
        state=ThreadState(thread.state),
        since=thread.held_at or thread.state_since,
        is_held=True,
    )


def _in_order(cards: Iterable[Waiting]) -> list[Waiting]:
    """What is due soonest comes first, and so the overdue before all; then who waits longest."""
    never = datetime.max.replace(tzinfo=UTC)
    return sorted(cards, key=lambda card: (card.due_at or never, card.since))
