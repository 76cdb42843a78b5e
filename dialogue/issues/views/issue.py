"""One issue, and the list of them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from dialogue.issues.forms.leading import NoteForm
from dialogue.issues.queries.page import issue_page
from dialogue.issues.queries.pages.issue import issue_shown
from dialogue.issues.queries.pages.issue_list import SHOWS, list_shown
from dialogue.rooms.access import reading_of
from dialogue.rooms.views.doors import door, person_of


@door("GET", "HEAD")
def issue(request: HttpRequest, reference: str) -> HttpResponse:
    person, now = person_of(request), timezone.now()
    page = issue_page(person, reference, now=now)
    context = issue_shown(page, reading_of(person))
    if "note" in page.may:
        context["note_form"] = NoteForm(initial={"lang": request.LANGUAGE_CODE})
    return render(request, "issues/issue.html", context)


@door("GET", "HEAD")
def issue_list(request: HttpRequest) -> HttpResponse:
    show = request.GET.get("show", "")
    shown = list_shown(person_of(request), show=show if show in SHOWS else "open", now=timezone.now())
    return render(request, "issues/list.html", {"list": shown})
