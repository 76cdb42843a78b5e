"""Reads other packages and the doors of this one need."""

import hashlib
from collections.abc import Collection

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dialogue.organisations.models import Delegation, Invitation, Kind, Organisation, Role
from dialogue.text.refusals import Conflict, Refusal


def organisation_by_slug(slug: str) -> Organisation | None:
    return Organisation.objects.filter(slug=slug).first()


def organisations_by_id(ids: Collection[int]) -> dict[int, Organisation]:
    return Organisation.objects.in_bulk(list(ids))


def name_of(organisation_id: int | None) -> str:
    """In the reader's language; nothing for no organisation."""
    if organisation_id is None:
        return ""
    return Organisation.objects.get(pk=organisation_id).name


def authorities() -> QuerySet[Organisation]:
    """Whom a recommendation can be addressed to."""
    rows = Organisation.objects.filter(kind=Kind.AUTHORITY, verified_at__isnull=False, suspended_at=None)
    return rows.order_by("name")


def valid_delegations_in(role: Role) -> QuerySet[Delegation]:
    """Who holds this role now, for queues and notices; people and organisations loaded."""
    return (
        Delegation.objects.valid(timezone.now())
        .filter(role=role)
        .select_related("person", "organisation")
        .order_by("since", "pk")
    )


def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def invitation_not_valid() -> Refusal:
    """One answer for used, revoked, expired, mistyped and not yours: none of it is told apart."""
    return Conflict(
        "invitation_not_valid",
        _("This invitation is no longer valid. Ask whoever invited you for a new one."),
    )


def open_invitation(token: str) -> Invitation:
    """The invitation behind a link, or a refusal with ``invitation_not_valid``."""
    rows = Invitation.objects.select_related("organisation", "invited_by")
    invitation = rows.filter(token_hash=hash_of(token)).first()
    if invitation is None or not invitation.is_open(timezone.now()):
        raise invitation_not_valid()
    return invitation
