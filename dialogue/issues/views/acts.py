"""What may be done with an issue or a recommendation: a page with a form each, sent to an act."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dialogue.issues.access import steps_for, verbs_for, visible_issue, visible_recommendation
from dialogue.issues.actions.assignment import assign
from dialogue.issues.actions.escalation import return_escalation
from dialogue.issues.actions.following import follow as follow_issue
from dialogue.issues.actions.following import unfollow
from dialogue.issues.actions.moving import move
from dialogue.issues.actions.notes import note
from dialogue.issues.actions.recommendations import (
    draft_recommendation,
    issue_recommendation,
    return_recommendation,
    revise_recommendation,
)
from dialogue.issues.actions.replies import assess, record_no_reply, record_receipt, record_response
from dialogue.issues.actions.wording import plan_next_step, reword
from dialogue.issues.forms.beginning import beginning_of
from dialogue.issues.forms.fields import ActForm
from dialogue.issues.forms.leading import LEADING_FORMS, FollowForm
from dialogue.issues.forms.recommending import STEP_FORMS
from dialogue.issues.models import Issue, Recommendation
from dialogue.issues.queries.pages.buttons import step_address, step_label, verb_address, verb_label
from dialogue.issues.queries.pages.course import state_pill
from dialogue.issues.queries.pages.rows import texts_of
from dialogue.issues.queries.pages.words import words_of
from dialogue.issues.states import VERBS_OF_MOVE
from dialogue.rooms.access.refused import not_found
from dialogue.rooms.queries.pages.events import address_of_issue
from dialogue.rooms.views.doors import door, onward, person_of, refused_button, sent
from dialogue.text.refusals import Forbidden

DeskAct = Callable[..., Any]

ACTS: Mapping[str, DeskAct] = {
    **{verb: partial(move, verb=verb) for verb in VERBS_OF_MOVE},
    "assign": assign,
    "plan": plan_next_step,
    "reword": reword,
    "note": note,
    "draft": draft_recommendation,
    "return": return_escalation,
}
STEPS: Mapping[str, DeskAct] = {
    "revise": revise_recommendation,
    "issue": issue_recommendation,
    "return": return_recommendation,
    "receive": record_receipt,
    "answer": record_response,
    "lapse": record_no_reply,
    "assess": assess,
}


@dataclass(frozen=True)
class Desk:
    """One form page: what it is about, what it does, where it leads."""

    issue: Issue
    verb: str
    label: str
    address: str
    form: Any
    act: DeskAct
    thing: Issue | Recommendation
    recommendation: Recommendation | None = None


@door("GET", "HEAD", "POST")
def act(request: HttpRequest, reference: str, verb: str) -> HttpResponse:
    person = person_of(request)
    issue = visible_issue(person, reference)
    desk = _desk_of_issue(issue, verb)
    return _answered(request, desk, may=verb in verbs_for(person, issue, now=timezone.now()))


@door("GET", "HEAD", "POST")
def step(request: HttpRequest, recommendation_id: str, verb: str) -> HttpResponse:
    person = person_of(request)
    recommendation = visible_recommendation(person, recommendation_id)
    visible_issue(person, recommendation.issue.reference)
    desk = _desk_of_step(recommendation, verb)
    return _answered(request, desk, may=verb in steps_for(person, recommendation))


@door("POST")
def follow(request: HttpRequest, reference: str) -> HttpResponse:
    person = person_of(request)
    issue = visible_issue(person, reference)
    form = FollowForm(request.POST)
    if not form.is_valid():
        return refused_button(request, form)
    if form.cleaned_data["on"] == "true":
        follow_issue(issue, by=person)
    else:
        unfollow(issue, by=person)
    return onward(request, address_of_issue(issue.reference))


def _desk_of_issue(issue: Issue, verb: str) -> Desk:
    if verb not in ACTS:
        raise not_found()
    label, address = verb_label(verb), verb_address(issue, verb)
    return Desk(issue, verb, label, address, form=LEADING_FORMS[verb], act=ACTS[verb], thing=issue)


def _desk_of_step(recommendation: Recommendation, verb: str) -> Desk:
    if verb not in STEPS:
        raise not_found()
    return Desk(
        issue=recommendation.issue,
        verb=verb,
        label=step_label(verb),
        address=step_address(recommendation, verb),
        form=STEP_FORMS[verb],
        act=STEPS[verb],
        thing=recommendation,
        recommendation=recommendation,
    )


def _answered(request: HttpRequest, desk: Desk, *, may: bool) -> HttpResponse:
    """What is not open is said before somebody writes a text that could not be sent."""
    if request.method == "POST":
        return _sent(request, desk)
    if not may:
        raise Forbidden("not_yours", _("This step is not open to you, or not any more."))
    known = beginning_of(desk.verb, desk.thing, wanted_lang=request.GET.get("lang", ""))
    return _page(request, desk, desk.form(initial=known))


def _sent(request: HttpRequest, desk: Desk) -> HttpResponse:
    form: ActForm = desk.form(request.POST)
    if sent(form, lambda: desk.act(desk.thing, by=person_of(request), **form.said())):
        return onward(request, address_of_issue(desk.issue.reference))
    return _page(request, desk, form)


def _page(request: HttpRequest, desk: Desk, form: ActForm) -> HttpResponse:
    """After a conflict the page also shows how it stands now, beside what was typed."""
    status = form.status if form.errors else HTTPStatus.OK
    issue = visible_issue(person_of(request), desk.issue.reference)
    recommendation = desk.recommendation
    if recommendation is not None:
        recommendation = visible_recommendation(person_of(request), recommendation.public_id)
    context = {
        "desk": desk,
        "form": form,
        "issue": issue,
        "title": words_of(issue, "title"),
        "summary": words_of(issue, "summary"),
        "state": state_pill(issue),
        "recommendation": recommendation,
        "texts": texts_of(recommendation) if recommendation is not None else [],
        "has_moved": status == HTTPStatus.CONFLICT,
        "back": address_of_issue(issue.reference),
        "next": request.POST.get("next", ""),
    }
    return render(request, "issues/act.html", context, status=status)
