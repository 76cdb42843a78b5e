"""The link of an invitation, and the page where one is made."""

from http import HTTPStatus

from allauth.core import ratelimit
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from dialogue.accounts.models import User
from dialogue.accounts.tries import few_misses
from dialogue.organisations.access import can_invite, can_redeem
from dialogue.organisations.actions.invitations import invite, redeem_invitation
from dialogue.organisations.forms import InviteForm
from dialogue.organisations.models import Organisation, Role
from dialogue.organisations.queries import invitation_not_valid, open_invitation, organisation_by_slug
from dialogue.organisations.sign_in import stash_invitation
from dialogue.outbox.actions import Letter, queue_mail
from dialogue.text.forms import refuse_strange
from dialogue.text.refusals import NotFound, Refusal


@never_cache
@few_misses("invitation")
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Newcomers go on to sign-up; who has an account accepts with a button."""
    refuse_strange(request.POST)
    try:
        if not request.user.is_authenticated:
            stash_invitation(request, token)
            return redirect("account_signup")
        if request.method == "POST":
            redeem_invitation(token, by=request.user)
            return redirect(settings.LOGIN_REDIRECT_URL)
        found = open_invitation(token)
        if not can_redeem(request.user, found):
            raise invitation_not_valid()
    except Refusal as refusal:
        return render(request, "organisations/invitation_not_valid.html", {"refusal": refusal}, status=410)
    return render(request, "organisations/invitation.html", {"organisation": found.organisation})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def invite_person(request: HttpRequest, slug: str) -> HttpResponse:
    organisation = organisation_by_slug(slug)
    user = request.user
    if organisation is None or not isinstance(user, User) or not can_invite(user, organisation):
        raise Http404
    form = InviteForm(request.POST if request.method == "POST" else None, organisation=organisation)
    context: dict[str, object] = {"organisation": organisation, "form": form}
    if form.is_valid():
        if not ratelimit.consume(request, action="invite"):
            too_many: HttpResponse = ratelimit.respond_429(request)
            return too_many
        context["link"] = _invited(organisation, form.cleaned_data, by=user)
    status = form.status if form.errors else HTTPStatus.OK
    return render(request, "organisations/invite.html", context, status=status)


@transaction.atomic
def _invited(organisation: Organisation, typed: dict[str, str], *, by: User) -> str:
    """The link; its mail is written in the same transaction, once, however often the form is sent."""
    email, role = typed["email"], Role(typed["role"])
    try:
        made, token = invite(organisation, by=by, email=email, role=role, key=typed["key"])
    except NotFound:
        raise Http404 from None
    link: str = settings.PUBLIC_ADDRESS.rstrip("/") + reverse("organisations:invitation", args=[token])
    # Neither subject nor text names the organisation: mail boxes are read by others.
    letter = Letter(_("An invitation"), render_to_string("organisations/invitation_mail.txt", {"link": link}))
    queue_mail(letter, recipient=email, now=timezone.now(), dedupe_key=f"invitation:{made.pk}")
    return link
