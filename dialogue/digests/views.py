"""The reader's settings, and the way out that needs no sign-in."""

from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from dialogue.accounts.models import User
from dialogue.accounts.tries import few_misses
from dialogue.digests.actions import subscriptions
from dialogue.digests.forms import DigestForm
from dialogue.digests.models import Frequency, Subscription
from dialogue.digests.queries import last_mailed, subscription_of
from dialogue.text.forms import refuse_strange
from dialogue.text.refusals import NotFound


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def settings(request: HttpRequest) -> HttpResponse:
    if not isinstance(request.user, User):
        raise Http404
    data = request.POST if request.method == "POST" else None
    form = DigestForm(data, initial=_initial(request.user))
    if form.is_valid():
        chosen = Frequency(form.cleaned_data["frequency"])
        subscriptions.choose(by=request.user, frequency=chosen, is_private=form.cleaned_data["is_private"])
        messages.success(request, _("Your choice is saved."))
        return redirect("digests:settings")
    status = form.status if form.is_bound else HTTPStatus.OK
    context = {"form": form, "last": last_mailed(request.user)}
    return render(request, "digests/settings.html", context, status=status)


@method_decorator((csrf_exempt, few_misses("unsubscribe")), name="dispatch")
class Unsubscribe(View):
    """RFC 8058: mail programs post here without cookies; the token is the permission.

    Scanners open every link of a mail, so GET only shows a button.
    """

    def get(self, request: HttpRequest) -> HttpResponse:
        subscription = _behind(request)
        context = {"token": _token(request), "subscription": subscription}
        return render(request, "digests/unsubscribe.html", context)

    def post(self, request: HttpRequest) -> HttpResponse:
        refuse_strange(request.POST, fields={"List-Unsubscribe"})
        token = _token(request)
        try:
            subscription = subscriptions.unsubscribe(token)
        except NotFound:
            raise Http404 from None
        context = {"token": token, "subscription": subscription}
        return render(request, "digests/unsubscribe.html", context)


@few_misses("unsubscribe")
@require_POST
def resubscribe(request: HttpRequest) -> HttpResponse:
    """The undo of somebody who pressed too fast; it comes from our page, so it carries a CSRF token."""
    refuse_strange(request.POST)
    try:
        subscription = subscriptions.resubscribe(_token(request))
    except NotFound:
        raise Http404 from None
    context = {"token": _token(request), "subscription": subscription, "is_undone": True}
    return render(request, "digests/unsubscribe.html", context)


def _behind(request: HttpRequest) -> Subscription:
    try:
        return subscriptions.subscription_behind(_token(request))
    except NotFound:
        raise Http404 from None


def _token(request: HttpRequest) -> str:
    """In the query and not in the path: paths are written into logs."""
    return request.GET.get("token", "")


def _initial(person: User) -> dict[str, object]:
    known = subscription_of(person)
    return {"frequency": known.frequency, "is_private": known.is_private} if known else {}
