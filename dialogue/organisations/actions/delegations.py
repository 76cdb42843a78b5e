"""A person begins and ceases to speak for an organisation."""

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from dialogue.accounts.actions import raise_auth_version
from dialogue.accounts.models import User
from dialogue.organisations.access import can_end_delegations, can_invite, needs_second_factor
from dialogue.organisations.actions.refused import refuse_foreign_role, refuse_unless
from dialogue.organisations.models import Delegation, Organisation, Role


@transaction.atomic
def delegate(
    person: User,
    organisation: Organisation,
    role: Role,
    *,
    given_by: User | None,
    until: datetime | None = None,
) -> Delegation:
    """Give the role; whoever holds it already keeps the delegation they have.

    ``given_by=None`` is the house itself: the demo and the first installation.
    """
    refuse_unless(given_by is None or can_invite(given_by, organisation))
    refuse_foreign_role(organisation, role)
    now = timezone.now()
    held = Delegation.objects.filter(person=person, organisation=organisation, role=role, ended_at=None)
    # One that ran out by itself still stands in the way of the new one.
    held.filter(until__lte=now).update(ended_at=F("until"))
    delegation, is_new = held.get_or_create(
        defaults={"since": now, "until": until, "given_by": given_by},
        person=person,
        organisation=organisation,
        role=role,
        ended_at=None,
    )
    if is_new and needs_second_factor(person):
        # More power may ask for more than a password, of pages that are open too.
        raise_auth_version([person.pk])
    return delegation


@transaction.atomic
def end_delegation(delegation: Delegation, *, by: User) -> None:
    """By a lead, by the office, or by the person themself; open pages notice at once."""
    is_own = delegation.person_id == by.pk
    refuse_unless(is_own or can_end_delegations(by, delegation.organisation))
    delegation.ended_at = timezone.now()
    delegation.save(update_fields=["ended_at"])
    raise_auth_version([delegation.person_id])
