"""The door: accounts come by invitation, and nobody with power signs in on a password alone."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from dialogue.accounts.models import User
from dialogue.organisations.access import needs_second_factor
from dialogue.organisations.actions.invitations import redeem_invitation
from dialogue.organisations.models import Invitation
from dialogue.organisations.queries import invitation_not_valid, open_invitation
from dialogue.text.refusals import Refusal

SESSION_KEY = "invitation"


def stash_invitation(request: HttpRequest, token: str) -> Invitation:
    """Keep the token until sign-up. Refuses with ``invitation_not_valid``."""
    invitation = open_invitation(token)
    request.session[SESSION_KEY] = token
    # The link came to this address, so it need not be confirmed a second time.
    Adapter(request).stash_verified_email(request, invitation.email)
    return invitation


def stashed_invitation(request: HttpRequest) -> Invitation | None:
    try:
        return open_invitation(request.session.get(SESSION_KEY, ""))
    except Refusal:
        return None


def redeem_stashed_invitation(request: HttpRequest, user: User, **_: Any) -> None:
    """Heard by ``apps.ready``. Somebody faster leaves an account without any role: say so."""
    try:
        redeem_invitation(request.session.pop(SESSION_KEY, ""), by=user)
    except Refusal as refusal:
        messages.error(request, str(refusal.sentence))


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return stashed_invitation(request) is not None

    def clean_email(self, email: str) -> str:
        """At sign-up the invited address alone: another one would get an account without a role."""
        email = str(super().clean_email(email))
        match = self.request.resolver_match if self.request else None
        if match is not None and match.url_name == "account_signup":
            invitation = stashed_invitation(self.request)
            if invitation is None or invitation.email != email.lower():
                refusal = invitation_not_valid()
                raise ValidationError(str(refusal.sentence), code=refusal.code)
        return email

    def pre_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse | None:
        response: HttpResponse | None = super().pre_login(request, user, **kwargs)
        if response is None and lacks_second_factor(user):
            return render(request, "organisations/second_factor_missing.html", status=403)
        return response


def lacks_second_factor(user: User) -> bool:
    """Whether this person may not be signed in at all, for want of more than a password."""
    if settings.DEMO or settings.SECOND_FACTOR_EXISTS:
        return False
    return user.is_staff or needs_second_factor(user)
