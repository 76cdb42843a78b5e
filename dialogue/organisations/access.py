"""Who is who, and who may invite. The only place where roles are compared.

These are plain functions with types; ``rules.predicate(is_office)`` makes one combinable.
"""

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from dialogue.organisations.models import Invitation, Kind, Organisation, Role
from dialogue.organisations.standing import Reader, standing_of

HANDLERS = frozenset({Role.MODERATOR, Role.OFFICER, Role.APPROVER, Role.SAFETY})


def is_office(user: Reader) -> bool:
    """In the office in any role; data officers and admins too, who never read content."""
    return any(capacity.kind is Kind.OFFICE for capacity in standing_of(user).capacities)


def is_handler(user: Reader) -> bool:
    """In the office with work on content: what office notes and queues are open to."""
    return bool(standing_of(user).roles & HANDLERS)


def is_moderator(user: Reader) -> bool:
    return Role.MODERATOR in standing_of(user).roles


def is_officer(user: Reader) -> bool:
    return Role.OFFICER in standing_of(user).roles


def is_approver(user: Reader) -> bool:
    return Role.APPROVER in standing_of(user).roles


def is_safety_officer(user: Reader) -> bool:
    return Role.SAFETY in standing_of(user).roles


def is_member(user: Reader) -> bool:
    """Speaks for a verified NGO, as member or lead."""
    return bool(standing_of(user).roles & {Role.MEMBER, Role.LEAD})


def is_lead_of(user: Reader, organisation: Organisation) -> bool:
    capacities = standing_of(user).capacities
    return any(capacity.id == organisation.pk and capacity.role is Role.LEAD for capacity in capacities)


def is_observer(user: Reader) -> bool:
    return Role.OBSERVER in standing_of(user).roles


def is_authority(user: Reader) -> bool:
    return Role.AUTHORITY in standing_of(user).roles


def needs_second_factor(user: Reader) -> bool:
    return is_office(user) or is_authority(user)


def organisations_of(user: Reader) -> QuerySet[Organisation]:
    """The organisations this person speaks for now."""
    return Organisation.objects.filter(pk__in={capacity.id for capacity in standing_of(user).capacities})


def can_oversee(user: Reader, organisation: Organisation) -> bool:
    """Verify, suspend, let people in from above: the office, and for itself its admins alone."""
    roles = standing_of(user).roles
    if organisation.kind == Kind.OFFICE:
        return Role.ADMIN in roles
    return bool(roles & (HANDLERS | {Role.ADMIN}))


def can_invite(user: Reader, organisation: Organisation) -> bool:
    """Nobody is let into an organisation that is not verified, or is suspended."""
    if not organisation.is_in_good_standing:
        return False
    return is_lead_of(user, organisation) or can_oversee(user, organisation)


def can_end_delegations(user: Reader, organisation: Organisation) -> bool:
    """Taking away stays possible while the organisation is suspended."""
    return is_lead_of(user, organisation) or can_oversee(user, organisation)


def can_redeem(user: Reader, invitation: Invitation) -> bool:
    """The address it was sent to, and an inviter who could still invite today."""
    if isinstance(user, AnonymousUser) or not user.is_authenticated or not user.is_active:
        return False
    is_addressee = str(getattr(user, "email", "")).lower() == invitation.email.lower()
    return is_addressee and can_invite(invitation.invited_by, invitation.organisation)
