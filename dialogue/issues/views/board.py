"""The triage board."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from dialogue.issues.queries.tickets import SHOWS, BoardShown, board_shown
from dialogue.rooms.access import can_see_board, visible_room
from dialogue.rooms.access.refused import not_found
from dialogue.rooms.models import Room
from dialogue.rooms.queries.pages.cards import ChipShown
from dialogue.rooms.views.doors import door, person_of


@door("GET", "HEAD")
def board(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    if not can_see_board(person):
        raise not_found()
    slug, show = request.GET.get("room", ""), request.GET.get("show", "")
    room = visible_room(person, slug) if slug else None
    show = show if show in SHOWS else "all"
    shown = board_shown(person, now=timezone.now(), room=room, show=show)
    context = {
        "board": shown,
        "room": room,
        "chips": _chips(shown, room, show),
        "rooms": _rooms(shown.rooms, room, show),
        "here": _address(room, show),
    }
    return render(request, "issues/board.html", context)


def _chips(shown: BoardShown, room: Room | None, show: str) -> list[ChipShown]:
    late = ngettext("{n} overdue", "{n} overdue", shown.overdue).format(n=shown.overdue)
    labels = {
        "all": pgettext("tickets", "All"),
        "mine": pgettext("tickets", "Mine"),
        "overdue": late if shown.overdue else _("None overdue"),
    }
    counts = {"mine": shown.mine}
    return [
        ChipShown(each, labels[each], _address(room, each), each == show, counts.get(each, 0))
        for each in SHOWS
    ]


def _rooms(rooms: Sequence[Room], chosen: Room | None, show: str) -> list[ChipShown]:
    everywhere = ChipShown("", _("All rooms"), _address(None, show), chosen is None)
    return [
        everywhere,
        *(ChipShown(room.slug, room.name, _address(room, show), room == chosen) for room in rooms),
    ]


def _address(room: Room | None, show: str) -> str:
    """Nothing in the address that would be so without it."""
    query = QueryDict(mutable=True)
    if room is not None:
        query["room"] = room.slug
    if show != "all":
        query["show"] = show
    address = reverse("issues:board")
    return f"{address}?{query.urlencode()}" if query else address
