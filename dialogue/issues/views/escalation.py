"""Take a concern up as an issue."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dialogue.calendar.working_days import today_in_almaty
from dialogue.issues.access import can_escalate_ever
from dialogue.issues.actions import escalation
from dialogue.issues.forms.escalation import EscalationForm
from dialogue.issues.queries.escalating import PostOffered, first_escalation, posts_offered
from dialogue.rooms.access import Reading, can_escalate, reading_of, visible_thread
from dialogue.rooms.models import Thread
from dialogue.rooms.queries.pages.events import address_of_issue
from dialogue.rooms.views.doors import door, person_of, sent
from dialogue.rooms.views.rooms import address_of_thread
from dialogue.taxonomy.queries import regions, themes
from dialogue.text.onward import is_ours
from dialogue.text.refusals import Conflict, Forbidden


@door("GET", "HEAD", "POST")
def escalate(request: HttpRequest, thread_id: str) -> HttpResponse:
    person = person_of(request)
    reading = reading_of(person)
    thread = visible_thread(reading, thread_id)
    chosen = request.POST.getlist("exhibits") if request.method == "POST" else None
    posts = posts_offered(thread, reading, chosen=chosen)
    if request.method != "POST":
        return _asked(request, thread, reading=reading, posts=posts)
    form = _form(thread, posts, data=request.POST)
    if done := sent(form, lambda: escalation.escalate(thread, by=person, **form.facts())):
        return redirect(address_of_issue(done.thing))
    return _page(request, thread, form=form, posts=posts, status=form.status)


def _asked(
    request: HttpRequest, thread: Thread, *, reading: Reading, posts: list[PostOffered]
) -> HttpResponse:
    """Said before somebody writes a text that could not be sent."""
    if not can_escalate_ever(person_of(request)):
        raise Forbidden("not_yours", _("This step is not open to you, or not any more."))
    if first_escalation(thread) is not None:
        return _page(request, thread, form=None, posts=posts, status=HTTPStatus.CONFLICT)
    if not can_escalate(reading, thread):
        raise Conflict("wrong_state", _("This concern cannot be taken up as it stands now."))
    return _page(request, thread, form=_form(thread, posts), posts=posts)


def _form(thread: Thread, posts: list[PostOffered], *, data: Any = None) -> EscalationForm:
    """The title is the thread's at first, unless it is for the office only; the summary never is."""
    initial = {
        "title": "" if thread.is_for_the_office_only else thread.title,
        "theme": thread.theme.code if thread.theme else "",
        "region": thread.region.code if thread.region else "",
        "priority": thread.urgency,
    }
    return EscalationForm(
        data,
        initial=initial,
        thread=thread,
        themes=list(themes()),
        regions=list(regions(today_in_almaty(timezone.now()))),
        posts=[post.id for post in posts],
    )


def _page(
    request: HttpRequest,
    thread: Thread,
    *,
    form: EscalationForm | None,
    posts: list[PostOffered],
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    first = first_escalation(thread)
    context = {
        "thread": thread,
        "form": form,
        "posts": posts,
        "first": first,
        "first_address": address_of_issue(first.issue.reference) if first else "",
        **_way_back(request, thread),
    }
    return render(request, "issues/escalate.html", context, status=status)


def _way_back(request: HttpRequest, thread: Thread) -> Mapping[str, str]:
    """To the board, if the link came from there."""
    asked = request.POST.get("next") or request.GET.get("next", "")
    known = asked if is_ours(request, asked) else ""
    return {"next": known, "back": known or address_of_thread(thread)}
