"""Home, what waits for a signature, and what an authority was asked."""

import uuid

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone

from dialogue.issues.queries.marks import marks_for
from dialogue.issues.queries.pages.home import home_shown
from dialogue.issues.queries.pages.signing import addressed_cards, sign_cards
from dialogue.organisations.access import is_authority
from dialogue.rooms.queries.unread import unread_by_slug
from dialogue.rooms.views.doors import door, person_of


@door("GET", "HEAD")
def home(request: HttpRequest) -> HttpResponse:
    person, now = person_of(request), timezone.now()
    addressed = addressed_cards(person, now=now) if is_authority(person) else None
    context = {"home": home_shown(person, now=now), "addressed": addressed}
    return render(request, "issues/home.html", context)


@door("GET", "HEAD")
def unread(request: HttpRequest) -> HttpResponse:
    """For a page that is open for long: how much waits in each room, and behind each place of the frame."""
    person = person_of(request)
    rooms = unread_by_slug(person)
    return JsonResponse({"rooms": rooms, "marks": marks_for(person, unread=sum(rooms.values()))})


@door("GET", "HEAD")
def to_sign(request: HttpRequest) -> HttpResponse:
    cards = [(card, uuid.uuid4()) for card in sign_cards(person_of(request))]
    return render(request, "issues/to_sign.html", {"cards": cards})


@door("GET", "HEAD")
def addressed(request: HttpRequest) -> HttpResponse:
    cards = addressed_cards(person_of(request), now=timezone.now())
    return render(request, "issues/addressed.html", {"addressed": cards})
