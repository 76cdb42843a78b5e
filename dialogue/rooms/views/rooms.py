"""The list of rooms, the room, and a thread in it."""

from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from dialogue.organisations.queries import name_of
from dialogue.rooms.access import (
    Reading,
    can_be_shielded,
    can_post,
    can_write_office_note,
    reading_of,
    visible_room,
    visible_thread,
)
from dialogue.rooms.access.refused import not_found
from dialogue.rooms.forms import ComposerForm
from dialogue.rooms.forms.composing import WritingChoices
from dialogue.rooms.models import Byline, Room, Thread
from dialogue.rooms.queries.pages.blanks import blanks
from dialogue.rooms.queries.pages.cards import SHOWS
from dialogue.rooms.queries.pages.room import LAST_PAGE, PANES, Wanted, room_page
from dialogue.rooms.queries.pages.rooms import rooms_shown
from dialogue.rooms.views.doors import door, person_of

LONGEST_ID = 32


@door("GET", "HEAD")
def room_list(request: HttpRequest) -> HttpResponse:
    return render(request, "rooms/rooms.html", {"rooms": rooms_shown(reading_of(person_of(request)))})


@door("GET", "HEAD")
def room(request: HttpRequest, slug: str) -> HttpResponse:
    reading = reading_of(person_of(request))
    return drawn(request, visible_room(reading, slug), None, reading=reading)


@door("GET", "HEAD")
def thread(request: HttpRequest, slug: str, thread_id: str) -> HttpResponse:
    reading = reading_of(person_of(request))
    here = visible_room(reading, slug)
    found = visible_thread(reading, thread_id)
    if found.room_id != here.pk:
        raise not_found()
    return drawn(request, here, found, reading=reading)


def drawn(
    request: HttpRequest,
    here: Room,
    found: Thread | None,
    *,
    reading: Reading,
    composer: ComposerForm | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    """The room page; with ``composer`` a refused one, in which the text still stands."""
    wanted = wanted_of(request, reply_to=composer["reply_to"].value() if composer else None)
    page = room_page(here, found, reading=reading, wanted=wanted, now=timezone.now())
    if composer is None and found is not None:
        reply_to = wanted.reply_to if page.replying_to else ""
        composer = fresh_composer(request, found, here=here, reading=reading, reply_to=reply_to)
    context = {
        "room": here,
        "page": page,
        "composer": composer,
        "blank": blanks(may_react=page.may_raise),
        "formal_channels": settings.FORMAL_CHANNELS,
    }
    return render(request, "rooms/room.html", context, status=status)


def wanted_of(request: HttpRequest, *, reply_to: str | None = None) -> Wanted:
    """An address nobody offers is read as if it said nothing; pages are counted up to ``LAST_PAGE``."""
    asked = request.GET
    pane, show, page = asked.get("pane", ""), asked.get("show", "all"), asked.get("page", "1")
    is_number = page.isascii() and page.isdigit() and len(page) < 9
    return Wanted(
        pane=pane if pane in PANES else "",
        show=show if show in SHOWS else "all",
        page=min(max(int(page), 1), LAST_PAGE) if is_number else 1,
        before=_id_or_nothing(asked.get("before", "")),
        reply_to=_id_or_nothing(reply_to if reply_to is not None else asked.get("reply_to", "")),
    )


def _id_or_nothing(text: str) -> str:
    """PostgreSQL takes no NUL, not even in a question."""
    return text if text.isalnum() and len(text) <= LONGEST_ID else ""


def fresh_composer(
    request: HttpRequest, found: Thread, *, here: Room, reading: Reading, reply_to: str
) -> ComposerForm:
    """The language one reads in is the likeliest one to write in; the office speaks by name."""
    byline = Byline.NAMED if reading.is_handler else Byline.ORGANISATION
    initial = {"lang": person_of(request).language, "reply_to": reply_to, "byline": byline.value}
    return ComposerForm(initial=initial, writing=writing_in(request, here, reading=reading, found=found))


def writing_in(
    request: HttpRequest, here: Room, *, reading: Reading, found: Thread | None = None
) -> WritingChoices:
    """What this person may choose when they write here."""
    is_for_the_office = found is not None and found.is_for_the_office_only
    return WritingChoices(
        organisation=name_of(reading.organisation_in(here.pk)),
        name=person_of(request).name,
        may_be_shielded=can_be_shielded(reading, here, is_for_the_office=is_for_the_office),
        may_post=found is None or can_post(reading, found),
        may_write_notes=found is not None and can_write_office_note(reading, found),
    )


def address_of_thread(found: Thread, *, post_id: str = "") -> str:
    address = reverse("rooms:thread", args=[found.room.slug, found.public_id])
    return f"{address}?pane=thread#post-{post_id}" if post_id else f"{address}?pane=thread"
