"""Issues at every stage, made by the acts themselves."""

import uuid
from datetime import date
from typing import Any, Final

from django.utils import timezone

from dialogue.calendar.working_days import today_in_almaty
from dialogue.issues.access import visible_issue, visible_recommendation
from dialogue.issues.actions.escalation import escalate
from dialogue.issues.actions.moving import move
from dialogue.issues.actions.recommendations import draft_recommendation, issue_recommendation
from dialogue.issues.actions.replies import record_receipt, record_response
from dialogue.issues.models import Issue, Recommendation
from dialogue.issues.states import IssueState
from dialogue.rooms.models import Thread
from tests.cast import Cast, a_thread

BOTH = {"kk": "Пандус салу.", "ru": "Построить пандус."}
WORDS: Final[dict[str, Any]] = {
    "title": "Steps at the court",
    "summary": "People are carried up nine steps.",
    "lang": "en",
}


def key() -> uuid.UUID:
    return uuid.uuid4()


def today() -> date:
    return today_in_almaty(timezone.now())


def an_issue(cast: Cast, thread: Thread | None = None, **fields: Any) -> Issue:
    """Out of ``thread``, or out of a new concern of ``member`` in the open room."""
    thread = thread or a_thread(cast.disability, cast.member)
    done = escalate(thread, by=cast.moderator, key=key(), **{**WORDS, **fields})
    return visible_issue(cast.moderator, done.thing)


def a_draft(cast: Cast, issue: Issue | None = None, **fields: Any) -> Recommendation:
    usual = {"addressee": "akimat", "texts": BOTH, "by": cast.officer}
    done = draft_recommendation(issue or an_issue(cast), key=key(), **{**usual, **fields})
    return visible_recommendation(cast.officer, done.thing)


def an_issued(cast: Cast, issue: Issue | None = None, **fields: Any) -> Recommendation:
    draft = a_draft(cast, issue, **fields)
    return fresh(cast, issue_recommendation(draft, by=cast.approver, key=key()).thing)


def a_received(cast: Cast, issue: Issue | None = None, **fields: Any) -> Recommendation:
    issued = an_issued(cast, issue, **fields)
    record_receipt(issued, by=cast.authority, key=key(), on=today(), channel="workspace")
    return fresh(cast, issued.public_id)


def an_answered(cast: Cast, issue: Issue | None = None, **fields: Any) -> Recommendation:
    received = a_received(cast, issue, **fields)
    answer(cast, received)
    return fresh(cast, received.public_id)


def answer(cast: Cast, recommendation: Recommendation) -> None:
    said: dict[str, Any] = {"position": "accepted", "text": "We will build it.", "lang": "en"}
    record_response(recommendation, by=cast.authority, key=key(), on=today(), channel="workspace", **said)


def fresh(cast: Cast, public_id: str) -> Recommendation:
    return visible_recommendation(cast.officer, public_id)


def issue_in(cast: Cast, state: IssueState) -> Issue:
    """One that came to ``state`` by the usual way."""
    issue = an_issue(cast)
    way = list(IssueState)
    for reached in way[1 : way.index(state) + 1]:
        _go(cast, issue, reached)
    issue.refresh_from_db()
    assert issue.state == state
    return issue


def _go(cast: Cast, issue: Issue, state: IssueState) -> None:
    said: dict[str, Any] = {"key": key(), "note": "Said why."}
    match state:
        case IssueState.INQUIRY:
            move(issue, by=cast.officer, verb="inquire", **said)
        case IssueState.WITH_AUTHORITY:
            an_answered(cast, issue)
        case IssueState.FOLLOW_UP:
            move(issue, by=cast.officer, verb="check", **said)
        case IssueState.CLOSING:
            move(issue, by=cast.approver, verb="start_closing", **said)
        case IssueState.CLOSED:
            move(issue, by=cast.approver, verb="close", outcome="implemented", **said)
