"""An invitation is made, taken back, used."""

import json
import secrets
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from dialogue.accounts.models import User
from dialogue.organisations.access import can_invite, can_redeem
from dialogue.organisations.actions.delegations import delegate
from dialogue.organisations.actions.refused import refuse_foreign_role, refuse_unless
from dialogue.organisations.models import Delegation, Invitation, Organisation, Role
from dialogue.organisations.queries import hash_of, invitation_not_valid, open_invitation

LASTS = timedelta(days=7)


def invite(
    organisation: Organisation, *, by: User, email: str, role: Role, key: str = ""
) -> tuple[Invitation, str]:
    """Return the invitation and the raw token, which is kept nowhere.

    The same again with the same ``key`` of a form gives the first invitation and its token again.
    """
    refuse_unless(can_invite(by, organisation))
    refuse_foreign_role(organisation, role)
    now = timezone.now()
    about = [by.pk, organisation.pk, email.lower(), role.value, key]
    token = _token_of(about) if key else secrets.token_urlsafe(32)
    values = {
        "email": email.lower(),
        "organisation": organisation,
        "role": role,
        "invited_by": by,
        "created_at": now,
        "expires_at": now + LASTS,
    }
    return Invitation.objects.get_or_create(token_hash=hash_of(token), defaults=values)[0], token


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


def _token_of(about: list[object]) -> str:
    """256 bits that only the house can make again: the inviter's key alone tells nobody the link."""
    return salted_hmac("dialogue.organisations.invitation", json.dumps(about), algorithm="sha256").hexdigest()
