"""The whole room page, for one reader at one moment."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dialogue.calendar.working_days import today_in_almaty
from dialogue.journal.entries import Place, head_of
from dialogue.rooms.access import (
    Reading,
    can_be_seen_typing,
    can_raise,
    can_raise_concern,
    hears_safety,
    hears_the_office,
)
from dialogue.rooms.models import Room, Thread
from dialogue.rooms.queries.pages.cards import (
    CARDS_ON_A_PAGE,
    SHOWS,
    CardShown,
    ChipShown,
    card_shown,
    counts_of,
    held_cards,
    threads_of,
)
from dialogue.rooms.queries.pages.posts import Quoted
from dialogue.rooms.queries.pages.rail import RailShown, rail_of_room
from dialogue.rooms.queries.pages.rooms import RoomsShown, office_name, participants, rooms_shown
from dialogue.rooms.queries.pages.thread import ThreadShown, quoted_in, thread_shown, with_facets
from dialogue.rooms.queries.unread import unread_by_thread
from dialogue.taxonomy.models import Region
from dialogue.taxonomy.queries import regions

PANES = ("rooms", "threads", "thread", "rail")
LAST_PAGE = 500


@dataclass(frozen=True)
class Wanted:
    """What the address asks for; whatever it says, a page can be shown."""

    pane: str = ""
    show: str = "all"
    page: int = 1
    before: str = ""
    reply_to: str = ""


@dataclass(frozen=True)
class RoomPage:
    """(epoch, position) of ``place`` was read before anything else: script goes on from there."""

    place: Place
    office_place: Place | None
    safety_place: Place | None
    pane: str
    show: str
    address: str
    rooms: RoomsShown
    chips: tuple[ChipShown, ...]
    cards: tuple[CardShown, ...]
    rail: RailShown
    audience: str
    office_name: str
    regions: Sequence[Region]
    thread: ThreadShown | None = None
    more_threads: str = ""
    may_raise: bool = False
    may_raise_concern: bool = False
    shares_presence: bool = False
    replying_to: Quoted | None = None
    signs_key: str = field(default_factory=lambda: str(uuid.uuid4()))

    @property
    def pane_address(self) -> str:
        return f"?{urlencode({'show': self.show})}&pane=" if self.show != "all" else "?pane="


def room_page(
    room: Room, thread: Thread | None, *, reading: Reading, wanted: Wanted, now: datetime
) -> RoomPage:
    place = head_of(room.stream_name)
    office_place = head_of(room.office_stream_name) if hears_the_office(reading) else None
    safety_place = head_of(room.safety_stream_name) if hears_safety(reading) else None
    full = with_facets(room, thread) if thread else None
    shown = thread_shown(full, reading, before=wanted.before, now=now) if full else None
    cards, has_more = _cards(room, thread, reading=reading, wanted=wanted)
    return RoomPage(
        place=place,
        office_place=office_place,
        safety_place=safety_place,
        pane=wanted.pane or ("thread" if thread else "threads"),
        show=wanted.show,
        address=_address(room, thread),
        rooms=rooms_shown(reading),
        chips=tuple(_chips(room, reading, wanted.show)),
        cards=tuple(cards),
        rail=shown.rail if shown else rail_of_room(room),
        audience=_audience_words(room, full),
        office_name=office_name(),
        regions=list(regions(today_in_almaty(now))),
        thread=shown,
        more_threads=_more(room, wanted) if has_more else "",
        may_raise=can_raise(reading, room),
        may_raise_concern=can_raise_concern(reading, room),
        shares_presence=full is not None and can_be_seen_typing(reading, full),
        replying_to=quoted_in(full, reading, wanted.reply_to) if full and wanted.reply_to else None,
    )


def _cards(
    room: Room, thread: Thread | None, *, reading: Reading, wanted: Wanted
) -> tuple[list[CardShown], bool]:
    rows = threads_of(room, reading).filter(SHOWS[wanted.show])
    start = (wanted.page - 1) * CARDS_ON_A_PAGE
    found = list(rows[start : start + CARDS_ON_A_PAGE + 1])
    threads, unread = found[:CARDS_ON_A_PAGE], unread_by_thread(reading, room)
    current = thread.public_id if thread else ""
    query = f"?{urlencode({'show': wanted.show})}" if wanted.show != "all" else ""
    cards = [
        card_shown(row, reading, unread=row.pk in unread, current=current, query=query) for row in threads
    ]
    is_last = len(found) <= CARDS_ON_A_PAGE
    stubs = held_cards(room, reading) if is_last and wanted.show == "all" else []
    return [*cards, *stubs], not is_last


def _chips(room: Room, reading: Reading, show: str) -> list[ChipShown]:
    labels = {
        "all": _("All"),
        "open": _("Open"),
        "taken_up": _("Taken up"),
        "closed": _("Closed"),
    }
    address = reverse("rooms:room", args=[room.slug])
    counts = counts_of(room, reading)
    return [
        ChipShown(
            code,
            labels[code],
            address if code == "all" else f"{address}?show={code}",
            code == show,
            counts[code],
        )
        for code in SHOWS
    ]


def _more(room: Room, wanted: Wanted) -> str:
    query = urlencode({"show": wanted.show, "page": wanted.page + 1})
    return f"{reverse('rooms:room', args=[room.slug])}?{query}"


def _address(room: Room, thread: Thread | None) -> str:
    if thread is None:
        return reverse("rooms:room", args=[room.slug])
    return reverse("rooms:thread", args=[room.slug, thread.public_id])


def _audience_words(room: Room, thread: Thread | None) -> str:
    """Who will read what is written here, said where it is written."""
    if thread is not None and thread.is_held:
        return _("Only the author and those who look after this thread read it.")
    if thread is not None and thread.is_for_the_office_only:
        return _("Only the author and the office read this.")
    people = participants(room)
    words = ngettext(
        "{count} participant and the office read this. Markdown works.",
        "{count} participants and the office read this. Markdown works.",
        people,
    )
    return words.format(count=people)
