"""What of a week belongs into one reader's digest: only what they may read at this moment."""

from collections import defaultdict
from datetime import date, time, timedelta
from typing import Final

from dialogue.accounts.models import User
from dialogue.calendar.working_days import ALMATY, today_in_almaty
from dialogue.digests.access import issues_told_to, threads_told_to
from dialogue.digests.models import Edition
from dialogue.digests.selection.heard import Heard, hear
from dialogue.digests.selection.in_changes import changes_of_issues, changes_of_threads
from dialogue.digests.selection.in_demand import asked_of, deadlines_of
from dialogue.digests.selection.in_rooms import news_of_rooms, told_posts_by_thread
from dialogue.digests.selection.news import Digest
from dialogue.issues.models import Issue
from dialogue.rooms.models import Thread

_NOON: Final = time(12)


def select(person: User, edition: Edition) -> Digest:
    """Call it in the reader's language: names of rooms and issues are read in it."""
    heard = hear(person, edition)
    threads = _threads(person, heard)
    posts = told_posts_by_thread(person, heard)
    issues = list(issues_told_to(person))
    own = _own_threads_by_issue(person, issues)
    carried = {thread.pk for group in own.values() for thread in group}
    loose = [thread for thread in threads.values() if thread.pk not in carried]
    first_day, last_day = _days(edition)
    return Digest(
        first_day=first_day,
        last_day=last_day,
        asked=tuple(asked_of(person, issues)),
        deadlines=tuple(deadlines_of(person, issues, now=edition.cut_at)),
        changes=(
            *changes_of_issues(heard, issues, own, now=edition.cut_at),
            *changes_of_threads(heard, loose, posts, reader=person),
        ),
        rooms=tuple(news_of_rooms(heard, threads, posts, reader=person)),
    )


def _threads(person: User, heard: Heard) -> dict[str, Thread]:
    rows = threads_told_to(person).filter(public_id__in=list(heard.threads))
    return {thread.public_id: thread for thread in rows}


def _own_threads_by_issue(person: User, issues: list[Issue]) -> dict[int, list[Thread]]:
    found: dict[int, list[Thread]] = defaultdict(list)
    own = threads_told_to(person).filter(raised_by=person).prefetch_related("issue_links")
    for thread in own:
        for link in thread.issue_links.all():
            found[link.issue_id].append(thread)
    return {issue.pk: found[issue.pk] for issue in issues if issue.pk in found}


def _days(edition: Edition) -> tuple[date, date]:
    """On Monday morning it was the week until Sunday; what is made later tells of its own day, too."""
    first, cut = today_in_almaty(edition.looks_back_to), edition.cut_at.astimezone(ALMATY)
    is_mondays = cut.weekday() == 0 and cut.time() < _NOON
    last = cut.date() - timedelta(days=1) if is_mondays else cut.date()
    return min(first, last), last
