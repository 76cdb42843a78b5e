"""What every page's frame needs to know: the way around, who reads, whether this is the demo."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from dialogue.accounts.models import User
from dialogue.demo.roles import DEMO_ROLES
from dialogue.issues.access import can_see_signing
from dialogue.issues.queries.lists import count_to_sign
from dialogue.organisations import access
from dialogue.rooms.access import can_see_board, rooms_visible_to
from dialogue.rooms.queries.board import count_awaiting
from dialogue.rooms.queries.unread import mark_of, unread_by_room


@dataclass(frozen=True)
class Reader:
    """The person whose page it is, for the menu in the corner."""

    initials: str
    organisation: str
    is_office: bool


@dataclass(frozen=True)
class Item:
    """One place to go; ``code`` names its icon, ``short`` its label where there is little room."""

    url: str
    label: str
    is_current: bool
    code: str
    count: str = ""
    short: str = ""


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Context of every template; empty-handed where an error page has no person."""
    context: dict[str, Any] = {"demo": settings.DEMO, "navigation": []}
    if settings.DEMO:
        context["demo_roles"] = DEMO_ROLES
    user = getattr(request, "user", None)
    if isinstance(user, User) and user.is_authenticated:
        context["reader"] = reader_of(user)
        context["navigation"] = items_for(user, request.path)
    return context


def items_for(user: User, path: str) -> list[Item]:
    """Only places that are open to this person."""
    items = [_home(path)]
    reads_rooms = rooms_visible_to(user).exists()
    if reads_rooms:
        items.append(_rooms(user, path))
    if can_see_board(user):
        items.append(_triage(user, path))
    if reads_rooms:
        items.append(_issues(path))
    if can_see_signing(user):
        items.append(_to_sign(user, path))
    return items


def _home(path: str) -> Item:
    url = reverse("issues:home")
    return Item(url, _("Home"), path.startswith(url), "home")


def _issues(path: str) -> Item:
    url = reverse("issues:list")
    short = pgettext("at the bottom of a phone", "Issues")
    return Item(url, _("Issues"), path.startswith((url, "/recommendations/")), "issues", short=short)


def _to_sign(user: User, path: str) -> Item:
    url = reverse("issues:to_sign")
    return Item(url, _("To sign"), path.startswith(url), "sign", mark_of(count_to_sign(user)))


def _rooms(user: User, path: str) -> Item:
    url = reverse("rooms:list")
    is_current = path.startswith((url, "/threads/", "/posts/"))
    return Item(url, _("Rooms"), is_current, "rooms", mark_of(sum(unread_by_room(user).values())))


def _triage(user: User, path: str) -> Item:
    url = reverse("issues:board")
    count = mark_of(count_awaiting(user))
    short = pgettext("at the bottom of a phone", "Triage")
    return Item(url, _("Triage"), path.startswith(url), "triage", count, short)


def reader_of(user: User) -> Reader:
    organisations = access.organisations_of(user)
    initials = "".join(word[0] for word in user.name.split()[:2]).upper()
    name = str(organisations[0].name) if organisations else ""
    return Reader(initials, name, access.is_office(user))
