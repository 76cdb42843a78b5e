"""An issue moves along the table of ``states``."""

from datetime import date, datetime
from typing import Final

from django.utils.translation import gettext_lazy as _

from dialogue.accounts.models import User
from dialogue.calendar.working_days import today_in_almaty
from dialogue.issues.access import knows_verb, movers_of
from dialogue.issues.actions.course import NextMove, advance_to
from dialogue.issues.actions.running import ActAsked, refuse_stale, run_on_issue
from dialogue.issues.models import Issue
from dialogue.issues.states import (
    TRANSITIONS,
    VERBS_OF_MOVE,
    Guard,
    IssueOutcome,
    IssueState,
    RecommendationState,
    Transition,
    transition,
)
from dialogue.journal.acts import Done, Key
from dialogue.journal.entries import Opened, Place
from dialogue.rooms.actions.refused import choice
from dialogue.text.cleaning import clean_body
from dialogue.text.refusals import Conflict, Invalid

MAX_NOTE: Final = 2_000
_ANSWERED = (RecommendationState.RESPONDED, RecommendationState.ASSESSED, RecommendationState.NO_REPLY)


def move(
    issue: Issue,
    *,
    by: User,
    key: Key,
    verb: str,
    note: str = "",
    outcome: str = "",
    version: int | None = None,
    now: datetime | None = None,
) -> Done:
    """``verb`` is one of ``VERBS_OF_MOVE``; ``outcome`` is asked for wherever the move closes."""
    if verb not in VERBS_OF_MOVE:
        raise Invalid("not_a_choice", _("This is not in the list. Choose one of those offered."), "verb")
    said = clean_body(note, field="note", max_characters=MAX_NOTE) if note.strip() else ""
    ending = choice(IssueOutcome, outcome, field="outcome") if outcome else None
    content = {"act": "issues.move", "issue": issue.reference, "verb": verb, "note": said, "outcome": outcome}

    def go(opened: Opened, fresh: Issue) -> Place:
        refuse_stale(fresh, version)
        step = allowed_step(fresh, verb)
        _check_guard(fresh, step, note=said, outcome=ending, today=today_in_almaty(opened.at))
        ends = ending if step.target is IssueState.CLOSED else None
        return advance_to(opened, fresh, NextMove(verb, step.target, note=said, outcome=ends), by=by)

    return run_on_issue(
        issue, ActAsked(by, key, content, now), may=lambda user: knows_verb(movers_of(user), verb), do=go
    )


def allowed_step(issue: Issue, verb: str) -> Transition:
    """The line of the table, or a refusal that says how it stands and what can be done."""
    step = transition(verb, IssueState(issue.state))
    if step is None:
        verbs = [t.verb for t in TRANSITIONS if t.source == issue.state]
        raise Conflict(
            "transition_not_allowed",
            _("This issue has moved on meanwhile. See how it stands now, then decide again."),
            current={"state": issue.state, "version": issue.version, "verbs": list(dict.fromkeys(verbs))},
        )
    return step


def _check_guard(
    issue: Issue, step: Transition, *, note: str, outcome: IssueOutcome | None, today: date
) -> None:
    if step.guard in (Guard.NOTE, Guard.OUTCOME) and not note:
        raise Invalid("empty", _("Say in a few words why: those who raised it will read this."), "note")
    if step.guard is Guard.OUTCOME and outcome is None:
        raise Invalid("empty", _("Say with which outcome it closes."), "outcome")
    if step.guard is Guard.REPLY_OR_LAPSE and not _has_reply_or_lapse(issue, today):
        raise Conflict("no_reply_yet", _("No authority has answered yet, and the time for it still runs."))


def _has_reply_or_lapse(issue: Issue, today: date) -> bool:
    rows = issue.recommendations.all()
    return rows.filter(state__in=_ANSWERED).exists() or rows.filter(due_on__lt=today).exists()
