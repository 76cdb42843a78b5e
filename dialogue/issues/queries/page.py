"""One issue, whole, as this person may see it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from dialogue.calendar.working_days import today_in_almaty
from dialogue.issues.access import verbs_for, visible_issue
from dialogue.issues.models import Exhibit, Follow, Issue, Move
from dialogue.issues.queries.days import DaysLeft, DaysWith, days_of, due_of
from dialogue.issues.queries.ledger import LedgerLine, ledger
from dialogue.issues.queries.timeline import Happening, timeline
from dialogue.issues.states import SHOWN_OF_ISSUE, IssueState
from dialogue.journal.entries import Place, head_of
from dialogue.organisations.standing import Reader
from dialogue.rooms.access import hears_the_office, posts_visible_to, threads_visible_to
from dialogue.rooms.models import PostRevision, Thread
from dialogue.rooms.states import Shown, ThreadState

_ORDER: Final = tuple(Shown)


@dataclass(frozen=True)
class StepReached:
    """``reached`` is None for what lies ahead, and for what was skipped.

    A day and no moment: when exactly a first thread was raised would point at whoever was there then.
    """

    shown: Shown
    reached: date | None
    is_now: bool
    is_past: bool


@dataclass(frozen=True)
class ExhibitFound:
    """Without ``revision`` the text is withheld: hidden, withdrawn, or in a thread not open to them."""

    exhibit: Exhibit
    revision: PostRevision | None
    is_intact: bool


@dataclass(frozen=True)
class IssuePage:
    """``place`` was read before everything else, so that a page may catch up from it."""

    issue: Issue
    place: Place
    office_place: Place | None
    steps: Sequence[StepReached]
    ledger: Sequence[LedgerLine]
    timeline: Sequence[Happening]
    threads: Sequence[Thread]
    exhibits: Sequence[ExhibitFound]
    days: DaysWith
    due: DaysLeft | None
    next_step: DaysLeft | None
    followers: int
    is_following: bool
    may: frozenset[str]


def issue_page(user: Reader, reference: str, *, now: datetime) -> IssuePage:
    """Refuses with ``not_found`` who may not see it."""
    issue = visible_issue(user, reference)
    place = head_of(issue.stream_name)
    office_place = head_of(issue.office_stream_name) if hears_the_office(user) else None
    issue = visible_issue(user, reference)
    threads = linked_threads(user, issue)
    return IssuePage(
        issue=issue,
        place=place,
        office_place=office_place,
        steps=steps_reached(issue),
        ledger=ledger(user, issue, now=now),
        timeline=timeline(user, issue),
        threads=threads,
        exhibits=exhibits_of(user, issue),
        days=days_of([issue], now=now)[issue.pk],
        due=due_of(issue.due_on, now=now),
        next_step=due_of(issue.next_step_on, now=now),
        followers=Follow.objects.filter(issue=issue).count(),
        is_following=Follow.objects.filter(issue=issue, person_id=user.pk).exists(),
        may=verbs_for(user, issue, now=now),
    )


def linked_threads(user: Reader, issue: Issue) -> list[Thread]:
    """Those this person may read: titles keep their own room's rule, and so does how many there are."""
    threads = threads_visible_to(user).filter(issue_links__issue=issue)
    return list(threads.select_related("room", "for_organisation", "raised_by").order_by("raised_at"))


def exhibits_of(user: Reader, issue: Issue) -> list[ExhibitFound]:
    """By number. Of threads not open to somebody outside the office, not even that there is one."""
    rows = Exhibit.objects.filter(issue=issue).select_related("revision__post__thread__room")
    if not hears_the_office(user):
        rows = rows.filter(revision__post__thread__in=threads_visible_to(user))
    keys = {row.revision.post_id for row in rows}
    told = posts_visible_to(user).told().filter(pk__in=keys)
    shown = set(told.values_list("pk", flat=True))
    return [
        ExhibitFound(row, row.revision if row.revision.post_id in shown else None, row.is_intact)
        for row in rows
    ]


def steps_reached(issue: Issue) -> list[StepReached]:
    """The eight steps everybody knows, the same for all who see the issue."""
    reached, here = _reached(issue), _ORDER.index(issue.shown)
    return [
        StepReached(shown, reached.get(shown) if number <= here else None, number == here, number < here)
        for number, shown in enumerate(_ORDER)
    ]


def _reached(issue: Issue) -> Mapping[Shown, date]:
    """When each was reached for the last time; before there was an issue, by its first thread."""
    reached: dict[Shown, date] = {}
    for thread in issue.threads.order_by("-raised_at"):
        reached[Shown.RECEIVED] = today_in_almaty(thread.raised_at)
        for step in thread.steps.filter(target=ThreadState.IN_REVIEW, at__lt=issue.registered_at):
            reached[Shown.UNDER_REVIEW] = today_in_almaty(step.at)
    before: Shown | None = None
    for move in Move.objects.filter(issue=issue):
        shown = SHOWN_OF_ISSUE[IssueState(move.target)]
        if shown is not before:
            reached[shown] = today_in_almaty(move.at)
        before = shown
    return reached
