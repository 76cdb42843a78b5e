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
from dialogue.issues.queries.marks import marks_for
from dialogue.organisations import access
from dialogue.organisations.models import Organisation
from dialogue.rooms.access import rooms_visible_to
from dialogue.rooms.queries.unread import unread_by_room


@dataclass(frozen=True)
class ReaderShown:
    """The person whose page it is, for the menu in the corner; ``leads``: where they may let people in."""

    initials: str
    organisation: str
    is_office: bool
    leads: tuple[Organisation, ...] = ()


@dataclass(frozen=True)
class ItemShown:
    """One place to go; ``code`` names its icon, ``short`` its label where there is little room.

    ``counted`` says of what ``count`` is the number; places without it count nothing.
    """

    url: str
    label: str
    is_current: bool
    code: str
    short: str = ""
    count: str = ""
    counted: str = ""


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


def items_for(user: User, path: str) -> list[ItemShown]:
    """Only places that are open to this person."""
    reads_rooms = rooms_visible_to(user).exists()
    marks = marks_for(user, unread=sum(unread_by_room(user).values()) if reads_rooms else 0)
    items = [_home(path)]
    if reads_rooms:
        items.append(_rooms(path, marks["rooms"]))
    if "triage" in marks:
        items.append(_triage(path, marks["triage"]))
    if reads_rooms:
        items.append(_issues(path))
    if "sign" in marks:
        items.append(_to_sign(path, marks["sign"]))
    return items


def _home(path: str) -> ItemShown:
    url = reverse("issues:home")
    return ItemShown(url, _("Home"), path.startswith(url), "home")


def _issues(path: str) -> ItemShown:
    url = reverse("issues:list")
    short = pgettext("at the bottom of a phone", "Issues")
    return ItemShown(url, _("Issues"), path.startswith((url, "/recommendations/")), "issues", short=short)


def _to_sign(path: str, mark: str) -> ItemShown:
    url = reverse("issues:to_sign")
    counted = pgettext("so many", "waiting")
    return ItemShown(url, _("To sign"), path.startswith(url), "sign", count=mark, counted=counted)


def _rooms(path: str, mark: str) -> ItemShown:
    url = reverse("rooms:list")
    is_current = path.startswith((url, "/threads/", "/posts/"))
    return ItemShown(url, _("Rooms"), is_current, "rooms", count=mark, counted=_("unread"))


def _triage(path: str, mark: str) -> ItemShown:
    url = reverse("issues:board")
    short = pgettext("at the bottom of a phone", "Triage")
    counted = pgettext("so many", "waiting")
    return ItemShown(
        url, _("Triage"), path.startswith(url), "triage", short=short, count=mark, counted=counted
    )


def reader_of(user: User) -> ReaderShown:
    organisations = list(access.organisations_of(user))
    initials = "".join(word[0] for word in user.name.split()[:2]).upper()
    name = str(organisations[0].name) if organisations else ""
    # From above the office lets people in elsewhere; here is what somebody does for their own.
    leads = [one for one in organisations if access.is_lead_of(user, one) and access.can_invite(user, one)]
    return ReaderShown(initials, name, access.is_office(user), leads=tuple(leads))
