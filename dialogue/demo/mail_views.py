"""What would have gone to somebody's mail box, for newcomers to read: pages of the demonstration only."""

from collections.abc import Callable
from typing import Final

from csp.constants import NONE, UNSAFE_INLINE
from csp.decorators import csp
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from dialogue.accounts.models import User
from dialogue.demo.door import in_the_demonstration
from dialogue.demo.mailbox import mail_of, mails_of
from dialogue.digests.actions.editions import Fate
from dialogue.digests.actions.runs import send_to
from dialogue.outbox.delivery import deliver_due
from dialogue.text.forms import refuse_strange

ANSWERS: Final[dict[Fate, tuple[Callable[..., None], Promise | str]]] = {
    Fate.QUEUED: (messages.success, _("This week's digest was sent to you.")),
    Fate.EMPTY: (messages.info, _("There is nothing to say to you this week, so no mail was sent.")),
    Fate.ALREADY: (messages.info, _("You have had this week's digest: it comes once a week.")),
    Fate.UNWANTED: (messages.info, _("You have turned the digest off.")),
}


@in_the_demonstration
@require_safe
@login_required
def mail(request: HttpRequest) -> HttpResponse:
    """What waits is delivered first: nobody should wait here for the worker's next minute."""
    person = _person_of(request)
    if not settings.EMAIL_URL:
        deliver_due(now=timezone.now())
    return render(request, "demo/mail.html", {"mails": mails_of(person), "server": bool(settings.EMAIL_URL)})


# Mail programs know inline styles only. No script runs here either.
@in_the_demonstration
@csp({"default-src": [NONE], "style-src": [UNSAFE_INLINE]})  # type: ignore[arg-type]
@require_safe
@login_required
def mail_as_html(request: HttpRequest, name: str) -> HttpResponse:
    found = mail_of(_person_of(request), name)
    if found is None or not found.html:
        raise Http404
    return HttpResponse(found.html)


@in_the_demonstration
@require_POST
@login_required
def send_digest(request: HttpRequest) -> HttpResponse:
    """This week's digest to oneself, without waiting for Monday."""
    refuse_strange(request.POST)
    person, now = _person_of(request), timezone.now()
    say, sentence = ANSWERS[send_to(person, now=now)]
    deliver_due(now=now)
    say(request, sentence)
    return redirect("demo:mail")


def _person_of(request: HttpRequest) -> User:
    if not isinstance(request.user, User):
        raise Http404
    return request.user
