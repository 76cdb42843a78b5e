"""How every act on an issue runs: streams, access now, one key one act, then the deed."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from dialogue.accounts.models import User
from dialogue.issues.access import visible_issue
from dialogue.issues.models import Issue
from dialogue.issues.states import IssueState
from dialogue.journal.acts import Done, Key, already_done, parse_key, remember
from dialogue.journal.entries import Opened, Place, StreamNotOpen
from dialogue.rooms.actions.opening import opening, streams_of_thread, try_again
from dialogue.text.refusals import Conflict, Forbidden

Thing = TypeVar("Thing")


@dataclass(frozen=True)
class ActAsked:
    """Who asks for what: ``content`` is what a repeated key must repeat."""

    by: User
    key: Key
    content: dict[str, Any]
    now: datetime | None = None


def run(
    issue: Issue,
    asked: ActAsked,
    *,
    look: Callable[[], Thing],
    may: Callable[[Thing], bool],
    do: Callable[[Opened, Thing], tuple[Place, str]],
) -> Done:
    """``look`` fetches under the lock what this person may see; ``may`` is about the role, not the state."""
    key = parse_key(asked.key)
    with opening_with_cards(streams_of_issue(issue), by=asked.by, key=key, now=asked.now) as opened:
        thing = look()
        refuse_unless_theirs(may(thing))
        done = already_done(asked.by, key, asked.content)
        if done is not None:
            return done
        place, made = do(opened, thing)
        return remember(asked.by, key, asked.content, place=place, thing=made)


def run_on_issue(
    issue: Issue,
    asked: ActAsked,
    *,
    may: Callable[[User], bool],
    do: Callable[[Opened, Issue], Place],
) -> Done:
    """For acts whose thing is the issue itself: ``thing`` is its reference."""
    return run(
        issue,
        asked,
        look=lambda: visible_issue(asked.by, issue.reference),
        may=lambda _fresh: may(asked.by),
        do=lambda opened, fresh: (do(opened, fresh), fresh.reference),
    )


@contextmanager
def opening_with_cards(
    names: tuple[str, ...], *, by: User, key: UUID, now: datetime | None
) -> Iterator[Opened]:
    """Refuses with ``try_again`` when a thread was held, or another linked, before we had the lock."""
    try:
        with opening(*names, by=by, key=key, now=now) as opened:
            yield opened
    except StreamNotOpen:
        raise try_again() from None


def streams_of_issue(issue: Issue) -> tuple[str, ...]:
    """The issue's two, and those of the threads whose cards it may change."""
    threads = issue.threads.select_related("room")
    cards = [name for thread in threads for name in streams_of_thread(thread)]
    return tuple(dict.fromkeys((issue.stream_name, issue.office_stream_name, *cards)))


def refuse_unless_theirs(allowed: bool) -> None:
    if not allowed:
        raise Forbidden("forbidden", _("This is not yours to do."))


def refuse_closed_issue(issue: Issue) -> None:
    if issue.state == IssueState.CLOSED:
        raise Conflict("issue_closed", _("This issue is closed."), current={"state": issue.state})


def refuse_stale(issue: Issue, version: int | None) -> None:
    """Somebody changed the issue after this person looked at it."""
    if version is not None and version != issue.version:
        raise Conflict(
            "conflict",
            _("Somebody changed this issue just now. Look at it again."),
            current={"version": issue.version, "state": issue.state},
        )


def tell_the_office(opened: Opened, issue: Issue, kind: str, *, by: User, **refs: Any) -> Place:
    """An entry only the office hears, with the place in the issue's own stream it was made at."""
    after = opened.position_of(issue.stream_name)
    return opened.record(
        kind, stream=issue.office_stream_name, actor=by, issue=issue.reference, after=after, **refs
    )


def tell(opened: Opened, issue: Issue, kind: str, *, by: User, **refs: Any) -> Place:
    return opened.record(kind, stream=issue.stream_name, actor=by, issue=issue.reference, **refs)
