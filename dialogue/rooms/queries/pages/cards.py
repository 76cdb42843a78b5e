"""The list of threads in a room."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dialogue.rooms.access import Reading, threads_visible_to
from dialogue.rooms.models import Carriage, Marking, Room, Thread, ThreadKind, Urgency
from dialogue.rooms.queries.pages.bylines import author_shown
from dialogue.rooms.queries.pages.days import short_day
from dialogue.rooms.queries.pages.steps import TONES, label_of, step_of
from dialogue.rooms.states import UNDECIDED, Shown, ThreadState

CARDS_ON_A_PAGE = 40
# A thread that an issue carries is closed when the issue is, as its card says.
_IS_OVER = Q(state=ThreadState.CLOSED) | Q(state=ThreadState.ESCALATED, carried=Shown.CLOSED)
# What the chips above the list show, by the word in the address.
SHOWS: Mapping[str, Q] = {
    "all": Q(),
    "open": Q(state__in=UNDECIDED),
    "taken_up": Q(state=ThreadState.ESCALATED) & ~_IS_OVER,
    "closed": _IS_OVER,
}


@dataclass(frozen=True)
class ChipShown:
    """Above a list: what else it could show, and how many there are."""

    code: str
    label: str
    address: str
    is_current: bool
    count: int = 0


@dataclass(frozen=True)
class PillShown:
    shown: str
    label: str
    tone: str = ""


@dataclass(frozen=True)
class CardShown:
    id: str
    at: datetime
    title: str = ""
    lang: str = ""
    author: str = ""
    region: str = ""
    replies: int = 0
    shown: str = ""
    query: str = ""
    unread: bool = False
    pills: tuple[PillShown, ...] = ()
    is_urgent: bool = False
    is_for_the_office: bool = False
    is_held: bool = False
    is_current: bool = False
    is_stub: bool = False
    is_blank: bool = False

    @property
    def day(self) -> str:
        return short_day(self.at)

    @property
    def replies_words(self) -> str:
        return ngettext("{n} reply", "{n} replies", self.replies).format(n=self.replies)


def threads_of(room: Room, reading: Reading) -> QuerySet[Thread]:
    """Newest talk first, with what a card needs."""
    rows = _with_carried(threads_visible_to(reading).filter(room=room))
    rows = rows.select_related("room", "region", "for_organisation", "raised_by")
    carriages = Prefetch("carriages", Carriage.objects.order_by("since", "pk"))
    return rows.prefetch_related(carriages).order_by("-last_posted_at", "-pk").distinct()


def counts_of(room: Room, reading: Reading) -> dict[str, int]:
    """How many threads each chip would show."""
    rows = _with_carried(threads_visible_to(reading).filter(room=room)).order_by()
    return rows.aggregate(
        **{show: Count("pk", filter=wanted, distinct=True) for show, wanted in SHOWS.items()}
    )


def _with_carried(rows: QuerySet[Thread]) -> QuerySet[Thread]:
    """``carried`` is the state of the newest issue that carries the thread."""
    newest = Carriage.objects.filter(thread=OuterRef("pk")).order_by("-since", "-pk")
    return rows.annotate(carried=Subquery(newest.values("state")[:1]))


def held_cards(room: Room, reading: Reading) -> list[CardShown]:
    """Neutral stubs for what is held and not this reader's to see."""
    held = Thread.objects.filter(room=room, held_at__isnull=False).exclude(marking=Marking.OFFICE)
    unseen = held.exclude(pk__in=threads_visible_to(reading).values("pk")).order_by("-pk")[:CARDS_ON_A_PAGE]
    # Ids stay out, too: an address would only lead to "not found".
    return [CardShown("", thread.last_posted_at, is_stub=True) for thread in unseen]


def card_shown(
    thread: Thread, reading: Reading, *, unread: bool = False, current: str = "", query: str = ""
) -> CardShown:
    carriages = list(thread.carriages.all())
    shown = step_of(thread, carriages)
    return CardShown(
        id=thread.public_id,
        at=thread.last_posted_at,
        title=thread.title,
        lang=thread.lang,
        author=author_shown(thread, reading).name,
        region=region_of(thread),
        replies=max(thread.post_count - 1, 0),
        shown=shown.value,
        query=query,
        unread=unread,
        pills=_one_pill(pills_of(thread, carriages), shown),
        is_urgent=is_urgent(thread),
        is_for_the_office=thread.is_for_the_office_only,
        is_held=thread.is_held,
        is_current=thread.public_id == current,
    )


def _one_pill(pills: tuple[PillShown, ...], shown: Shown) -> tuple[PillShown, ...]:
    """A card has room for one: the number of its issue, or that it is over."""
    return pills[-1:] if shown is Shown.CLOSED else pills[:1]


def region_of(thread: Thread) -> str:
    return thread.region.name if thread.region else _("Whole country")


def is_urgent(thread: Thread) -> bool:
    """Urgency is over when the thread is."""
    return thread.urgency == Urgency.URGENT and thread.state in UNDECIDED


def pills_of(thread: Thread, carriages: list[Carriage]) -> tuple[PillShown, ...]:
    """An issue's number says more than “taken up”; a discussion has no state worth a pill until its end."""
    shown = step_of(thread, carriages)
    if thread.kind == ThreadKind.DISCUSSION and shown is Shown.RECEIVED:
        return (PillShown("discussion", _("Discussion"), "outline"),)
    state = PillShown(shown.value, label_of(thread, shown), TONES[shown])
    if carriages and shown is Shown.TAKEN_UP:
        return (PillShown("reference", carriages[-1].reference, "escalated"),)
    if carriages:
        return (PillShown("reference", carriages[-1].reference, "escalated"), state)
    return (state,)
