"""Raise a concern, or begin a discussion."""

from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from dialogue.calendar.working_days import today_in_almaty
from dialogue.rooms.access import Reading, can_raise, can_raise_concern, reading_of, visible_room
from dialogue.rooms.actions.threads import raise_thread
from dialogue.rooms.forms import RaiseForm
from dialogue.rooms.models import Room
from dialogue.rooms.views.doors import door, person_of, sent
from dialogue.rooms.views.rooms import writing_in
from dialogue.taxonomy.access import affected_groups_visible_to


@door("GET", "HEAD", "POST")
def raise_concern(request: HttpRequest, slug: str) -> HttpResponse:
    person = person_of(request)
    reading = reading_of(person)
    room = visible_room(reading, slug)
    form = _form(request, room, reading)
    if done := sent(form, lambda: raise_thread(room, by=person, **form.facts())):
        return redirect(f"{reverse('rooms:thread', args=[room.slug, done.thing])}?pane=thread")
    return _page(request, room, form=form, reading=reading)


def _form(request: HttpRequest, room: Room, reading: Reading) -> RaiseForm:
    person = person_of(request)
    return RaiseForm(
        request.POST if request.method == "POST" else None,
        initial={"lang": person.language},
        room=room,
        writing=writing_in(request, room, reading=reading),
        groups=affected_groups_visible_to(person, is_office=reading.is_handler),
        may_raise_concern=can_raise_concern(reading, room),
        on=today_in_almaty(timezone.now()),
    )


def _page(request: HttpRequest, room: Room, *, form: RaiseForm, reading: Reading) -> HttpResponse:
    may_raise = can_raise(reading, room)
    context = {"room": room, "form": form, "may_raise": may_raise}
    context["may_raise_concern"] = can_raise_concern(reading, room)
    context["formal_channels"] = settings.FORMAL_CHANNELS
    status = HTTPStatus.OK if may_raise else HTTPStatus.FORBIDDEN
    return render(request, "rooms/raise.html", context, status=form.status if form.errors else status)
