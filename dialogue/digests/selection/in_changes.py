"""From → to: what the reader raised, and the issues they follow or lead."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Final

from dialogue.accounts.models import User
from dialogue.calendar.working_days import current_calendar, today_in_almaty, working_days_between
from dialogue.digests.selection.heard import Heard, OfAnIssue, OfAThread
from dialogue.digests.selection.naming import issue_as, own_thread_as
from dialogue.digests.selection.news import Change
from dialogue.issues import kinds as issue_kinds
from dialogue.issues.models import Issue
from dialogue.issues.states import SHOWN_OF_ISSUE, IssueState
from dialogue.rooms.models import Byline, Holder, Thread
from dialogue.rooms.states import SHOWN_OF_THREAD, ThreadState

# What is worth a sentence of its own; the rest is on the issue's page.
TOLD_STEPS: Final = (
    issue_kinds.RECOMMENDATION_ISSUED,
    issue_kinds.RECOMMENDATION_RECEIVED,
    issue_kinds.RECOMMENDATION_ANSWERED,
    issue_kinds.RECOMMENDATION_UNANSWERED,
    issue_kinds.RECOMMENDATION_ASSESSED,
)


def changes_of_issues(
    heard: Heard, issues: Iterable[Issue], own: Mapping[int, list[Thread]], *, now: datetime
) -> list[Change]:
    """One an issue, newest state first. ``own`` are the reader's own threads by issue."""
    found = []
    for issue in sorted(issues, key=lambda each: each.state_since, reverse=True):
        news = heard.issues.get(issue.reference, OfAnIssue())
        before = [heard.threads[t.public_id] for t in own.get(issue.pk, []) if _may_be_told_of(t, heard)]
        change = _of_issue(issue, news, before, now=now)
        if change is not None:
            found.append(change)
    return found


def changes_of_threads(
    heard: Heard, threads: Iterable[Thread], posts: Mapping[str, int], *, reader: User
) -> list[Change]:
    """The reader's own concerns that no issue carries yet."""
    found = []
    for thread in sorted(threads, key=lambda each: each.state_since, reverse=True):
        news = heard.threads.get(thread.public_id)
        if news is None or thread.raised_by_id != reader.pk:
            continue
        count = posts.get(thread.public_id, 0)
        if news.moves.is_news or news.is_acknowledged or count:
            found.append(_of_thread(thread, news, posts=count))
    return found


def _of_issue(issue: Issue, news: OfAnIssue, before: list[OfAThread], *, now: datetime) -> Change | None:
    escalated = next((each.moves for each in before if each.moves.target == ThreadState.ESCALATED), None)
    is_new = issue_kinds.ISSUE_REGISTERED in news.steps
    has_moved = news.moves.is_news or is_new
    steps = tuple(kind for kind in TOLD_STEPS if kind in news.steps)
    if not has_moved and not steps:
        return None
    source = _shown_of_thread(escalated.source) if escalated else ""
    if not is_new:
        source = source or _shown_of_issue(news.moves.source)
    return Change(
        thing=issue_as(issue),
        source=source if has_moved else "",
        target=_shown_of_issue(news.moves.target or IssueState.REGISTERED) if has_moved else "",
        outcome=news.moves.outcome,
        steps=steps,
        holder=issue.holder if issue.holder != Holder.NOBODY else "",
        days=_days_since(issue.state_since, now=now),
    )


def _may_be_told_of(thread: Thread, heard: Heard) -> bool:
    """That somebody under the shield raised it must not be read from where their issue came from."""
    return thread.public_id in heard.threads and thread.byline != Byline.SHIELDED


def _of_thread(thread: Thread, news: OfAThread, *, posts: int) -> Change:
    return Change(
        thing=own_thread_as(thread),
        source=_shown_of_thread(news.moves.source) if news.moves.is_news else "",
        target=_shown_of_thread(news.moves.target) if news.moves.is_news else "",
        outcome=news.moves.outcome,
        is_acknowledged=news.is_acknowledged,
        posts=posts,
    )


def _shown_of_thread(state: str) -> str:
    return SHOWN_OF_THREAD[ThreadState(state)].value if state else ""


def _shown_of_issue(state: str) -> str:
    return SHOWN_OF_ISSUE[IssueState(state)].value if state else ""


def _days_since(moment: datetime, *, now: datetime) -> int:
    days = working_days_between(today_in_almaty(moment), today_in_almaty(now), calendar=current_calendar())
    return max(0, days)
