"""The door: accounts come by invitation, and nobody with power signs in on a password alone."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from dialogue.accounts.models import User
from dialogue.organisations.access import needs_second_factor, organisations_of
from dialogue.organisations.actions.invitations import redeem_invitation
from dialogue.organisations.models import Invitation, Organisation
from dialogue.organisations.queries import invitation_not_valid, open_invitation
from dialogue.text.languages import Language
from dialogue.text.refusals import Refusal

SESSION_KEY = "invitation"
# A shorter one stands in many a word.
SHORTEST_NAME = 4


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


def redeem_stashed_invitation(request: HttpRequest, user: User, **_rest: Any) -> None:
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

    def clean_password(self, password: str, user: User | None = None) -> str:
        """Not with the name of the organisation in it: the first guess of whoever knows the person."""
        password = str(super().clean_password(password, user=user))
        if any(_names(organisation, password) for organisation in self._organisations_of(user)):
            sentence = _("This password contains the name of your organisation. Choose another one.")
            raise ValidationError(sentence, code="password_contains_organisation")
        return password

    def _organisations_of(self, user: User | None) -> list[Organisation]:
        if user is not None and user.pk is not None:
            return list(organisations_of(user))
        invitation = stashed_invitation(self.request)
        return [invitation.organisation] if invitation else []

    def pre_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse | None:
        response: HttpResponse | None = super().pre_login(request, user, **kwargs)
        if response is None and lacks_second_factor(user):
            return render(request, "organisations/second_factor_missing.html", status=403)
        return response


def _names(organisation: Organisation, password: str) -> bool:
    """In any language, however it is written: “Quiet Coast” is in quiet-coast2026, too."""
    names = [organisation.slug, *(getattr(organisation, f"name_{code}") or "" for code in Language.values)]
    return any(len(name) >= SHORTEST_NAME and name in _bare(password) for name in map(_bare, names))


def _bare(words: str) -> str:
    return "".join(letter for letter in words.casefold() if letter.isalnum())


def lacks_second_factor(user: User) -> bool:
    """Whether this person may not be signed in at all, for want of more than a password."""
    if settings.DEMO or settings.SECOND_FACTOR_EXISTS:
        return False
    return user.is_staff or needs_second_factor(user)
