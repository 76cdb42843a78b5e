"""The moves of a thread, each a page with a form where words are needed."""

from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from dialogue.rooms.access import reading_of, visible_thread
from dialogue.rooms.access.refused import not_found
from dialogue.rooms.actions import holds, triage
from dialogue.rooms.forms import TRIAGE_FORMS
from dialogue.rooms.models import Byline, Thread
from dialogue.rooms.queries.pages.prepared import prepared_texts
from dialogue.rooms.queries.pages.verbs import may, verb_label
from dialogue.rooms.views.doors import door, onward, person_of, sent
from dialogue.rooms.views.rooms import address_of_thread
from dialogue.text.forms import KeyedForm
from dialogue.text.onward import onward_address
from dialogue.text.refusals import Forbidden

ACTS: Mapping[str, Callable[..., Any]] = {
    "acknowledge": triage.acknowledge,
    "take": triage.take,
    "ask": triage.ask,
    "answer": triage.answer,
    "signpost": triage.signpost,
    "close": triage.close,
    "withdraw": triage.withdraw,
    "reopen": triage.reopen,
    "hold": holds.hold,
    "release": holds.release,
}


@door("GET", "HEAD", "POST")
def move(request: HttpRequest, thread_id: str, verb: str) -> HttpResponse:
    person = person_of(request)
    thread = visible_thread(person, thread_id)
    if verb not in ACTS:
        raise not_found()
    if request.method != "POST":
        _refuse_unless_offered(request, thread, verb)
        form = TRIAGE_FORMS[verb](initial=_initial(request, thread, verb))
        return _page(request, thread, verb=verb, form=form)
    form = TRIAGE_FORMS[verb](request.POST)
    if sent(form, lambda: ACTS[verb](thread, by=person, **form.cleaned_data)):
        return onward(request, address_of_thread(thread))
    return _page(request, thread, verb=verb, form=form)


def _refuse_unless_offered(request: HttpRequest, thread: Thread, verb: str) -> None:
    """Before somebody writes a text that could not be sent."""
    if not may(reading_of(person_of(request)), thread, verb):
        raise Forbidden("not_yours", _("This step is not open to you, or not any more."))


def _initial(request: HttpRequest, thread: Thread, verb: str) -> dict[str, str]:
    """A prepared text, if the address names one; the moderator makes it their own before sending."""
    chosen = request.GET.get("prepared", "")
    bodies = {text.code: text.body for text in prepared_texts(verb, thread.lang)}
    return {"body": bodies[chosen]} if chosen in bodies else {}


def _may_be_kept(thread: Thread, verb: str) -> bool:
    """In the tab: nothing about somebody in danger, and nothing that a shielded author may have written."""
    by_author = verb in ("withdraw", "reopen")
    is_sealed = verb == "hold" or thread.is_held or (by_author and thread.byline == Byline.SHIELDED)
    return not is_sealed


def _page(request: HttpRequest, thread: Thread, *, verb: str, form: KeyedForm) -> HttpResponse:
    wanted = request.POST.get("next") or request.GET.get("next", "")
    context = {
        "thread": thread,
        "verb": verb,
        "label": verb_label(verb),
        "tone": "danger" if verb == "hold" else "primary",
        "form": form,
        "prepared": prepared_texts(verb, thread.lang),
        "address": address_of_thread(thread),
        "back": onward_address(request, wanted) if wanted else address_of_thread(thread),
        "next": wanted,
        "may_be_kept": _may_be_kept(thread, verb),
        "formal_channels": settings.FORMAL_CHANNELS,
    }
    status = form.status if form.errors else HTTPStatus.OK
    return render(request, "rooms/triage.html", context, status=status)
