"""What every page's frame needs to know: the way around, who reads, whether this is the demo."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from dialogue.accounts.models import User
from dialogue.demo.roles import DEMO_ROLES
from dialogue.organisations import access


@dataclass(frozen=True)
class Reader:
    """The person whose page it is, for the menu in the corner."""

    initials: str
    organisation: str
    is_office: bool


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Context of every template; empty-handed where an error page has no person."""
    context: dict[str, Any] = {"demo": settings.DEMO, "navigation": []}
    if settings.DEMO:
        context["demo_roles"] = DEMO_ROLES
    user = getattr(request, "user", None)
    if isinstance(user, User) and user.is_authenticated:
        context["reader"] = reader_of(user)
    return context


def reader_of(user: User) -> Reader:
    organisations = access.organisations_of(user)
    initials = "".join(word[0] for word in user.name.split()[:2]).upper()
    name = str(organisations[0].name) if organisations else ""
    return Reader(initials, name, access.is_office(user))
