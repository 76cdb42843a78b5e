"""One issue, and the list of them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from dialogue.issues.forms.leading import NoteForm
from dialogue.issues.queries.page import issue_page
from dialogue.issues.queries.pages.buttons import buttons_of
from dialogue.issues.queries.pages.clock import clock_of, holder_of
from dialogue.issues.queries.pages.course import (
    priority_pill,
    raised_by,
    readers_sentence,
    state_pill,
    stepper_of,
    threads_linked,
)
from dialogue.issues.queries.pages.exhibits import exhibits_shown
from dialogue.issues.queries.pages.happenings import happenings_shown
from dialogue.issues.queries.pages.issue_list import SHOWS, list_shown
from dialogue.issues.queries.pages.rows import rows_of
from dialogue.issues.queries.pages.words import words_of
from dialogue.rooms.access import reading_of
from dialogue.rooms.queries.pages.days import short_day
from dialogue.rooms.views.doors import door, person_of


@door("GET", "HEAD")
def issue(request: HttpRequest, reference: str) -> HttpResponse:
    person, now = person_of(request), timezone.now()
    page = issue_page(person, reference, now=now)
    threads = threads_linked(page.threads, reading_of(person))
    found = page.issue
    context = {
        "page": page,
        "issue": found,
        "title": words_of(found, "title"),
        "summary": words_of(found, "summary"),
        "next_step": words_of(found, "next_step"),
        "next_step_on": short_day(found.next_step_on) if found.next_step_on else "",
        "opened_on": short_day(found.registered_at),
        "state": state_pill(found),
        "priority": priority_pill(found),
        "steps": stepper_of(page),
        "clock": clock_of(found, page.days, page.due),
        "holder": holder_of(found, page.days),
        "rows": rows_of(list(page.ledger)),
        "happenings": happenings_shown(list(page.timeline), lang=found.lang),
        "exhibits": exhibits_shown(page.exhibits),
        "threads": threads,
        "raised_by": raised_by(threads),
        "readers": readers_sentence(found),
        "buttons": [button for button in buttons_of(found, page.may) if button.verb not in ("note", "draft")],
        "note_form": NoteForm(initial={"lang": request.LANGUAGE_CODE}) if "note" in page.may else None,
    }
    return render(request, "issues/issue.html", context)


@door("GET", "HEAD")
def issue_list(request: HttpRequest) -> HttpResponse:
    show = request.GET.get("show", "")
    shown = list_shown(person_of(request), show=show if show in SHOWS else "open", now=timezone.now())
    return render(request, "issues/list.html", {"list": shown})
