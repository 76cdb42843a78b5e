"""An invitation is made, taken back, used."""

import secrets
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from dialogue.accounts.models import User
from dialogue.organisations.access import can_invite, can_redeem
from dialogue.organisations.actions.delegations import delegate
from dialogue.organisations.actions.refused import refuse_foreign_role, refuse_unless
from dialogue.organisations.models import Delegation, Invitation, Organisation, Role
from dialogue.organisations.queries import hash_of, invitation_not_valid, open_invitation

LASTS = timedelta(days=7)


def invite(organisation: Organisation, *, by: User, email: str, role: Role) -> tuple[Invitation, str]:
    """Return the invitation and the raw token, which is kept nowhere and shown once."""
    refuse_unless(can_invite(by, organisation))
    refuse_foreign_role(organisation, role)
    token, now = secrets.token_urlsafe(32), timezone.now()
    invitation = Invitation.objects.create(
        token_hash=hash_of(token),
        email=email.lower(),
        organisation=organisation,
        role=role,
        invited_by=by,
        created_at=now,
        expires_at=now + LASTS,
    )
    return invitation, token


def revoke_invitation(invitation: Invitation, *, by: User) -> None:
    refuse_unless(can_invite(by, invitation.organisation))
    Invitation.objects.filter(pk=invitation.pk, redeemed_at=None).update(revoked_at=timezone.now())


@transaction.atomic
def redeem_invitation(token: str, *, by: User) -> Delegation:
    """Refuses with ``invitation_not_valid``; of two at once, one wins."""
    invitation = open_invitation(token)
    if not can_redeem(by, invitation):
        raise invitation_not_valid()
    still_open = Invitation.objects.filter(pk=invitation.pk, redeemed_at=None, revoked_at=None)
    if not still_open.update(redeemed_at=timezone.now(), redeemed_by=by):
        raise invitation_not_valid()
    return delegate(by, invitation.organisation, Role(invitation.role), given_by=invitation.invited_by)
