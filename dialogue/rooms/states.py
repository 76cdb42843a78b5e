"""The states of a thread, and who may move it where: the table is the specification.

``held`` is no state but a flag beside it, so the state behind it survives.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from django.db import models
from django.utils.translation import pgettext_lazy


class ThreadState(models.TextChoices):
    """As people read them; inside there are fewer than on an issue."""

    OPEN = "open", pgettext_lazy("state", "Received")
    IN_REVIEW = "in_review", pgettext_lazy("state", "Under review")
    AWAITING_INFO = "awaiting_info", pgettext_lazy("state", "Your reply needed")
    ESCALATED = "escalated", pgettext_lazy("state", "Taken up")
    CLOSED = "closed", pgettext_lazy("state", "Closed")


# While it waits for a decision of the office.
UNDECIDED: Final = (ThreadState.OPEN, ThreadState.IN_REVIEW, ThreadState.AWAITING_INFO)


class Shown(models.TextChoices):
    """The eight steps a reader follows, the same on a thread and on its issue."""

    RECEIVED = "received", pgettext_lazy("shown state", "Received")
    UNDER_REVIEW = "under_review", pgettext_lazy("shown state", "Under review")
    REPLY_NEEDED = "reply_needed", pgettext_lazy("shown state", "Your reply needed")
    TAKEN_UP = "taken_up", pgettext_lazy("shown state", "Taken up")
    AWAITING_AUTHORITY = "awaiting_authority", pgettext_lazy("shown state", "Awaiting authority")
    CHECKING = "checking", pgettext_lazy("shown state", "Checking results")
    YOUR_VIEW = "your_view", pgettext_lazy("shown state", "Your view on closing")
    CLOSED = "closed", pgettext_lazy("shown state", "Closed")


SHOWN_OF_THREAD: Final[dict[ThreadState, Shown]] = {
    ThreadState.OPEN: Shown.RECEIVED,
    ThreadState.IN_REVIEW: Shown.UNDER_REVIEW,
    ThreadState.AWAITING_INFO: Shown.REPLY_NEEDED,
    ThreadState.ESCALATED: Shown.TAKEN_UP,
    ThreadState.CLOSED: Shown.CLOSED,
}


class Outcome(models.TextChoices):
    ANSWERED = "answered", pgettext_lazy("outcome", "Answered")
    SIGNPOSTED = "signposted", pgettext_lazy("outcome", "Shown where to turn")
    MERGED = "merged", pgettext_lazy("outcome", "Merged")
    RESOLVED = "resolved", pgettext_lazy("outcome", "Resolved")
    WITHDRAWN = "withdrawn", pgettext_lazy("outcome", "Withdrawn")


class Mover(StrEnum):
    """Who moves a thread; ``access`` says who that is today. ``ISSUE`` is the act of an issue."""

    MODERATOR = "moderator"
    AUTHOR = "author"
    ISSUE = "issue"


class Guard(StrEnum):
    """What must be there for the move."""

    NOTE = "note"
    QUESTION = "question"
    ISSUE = "issue"
    WITHIN_30_DAYS = "within_30_days"


@dataclass(frozen=True)
class Transition:
    verb: str
    source: ThreadState
    target: ThreadState
    who: frozenset[Mover]
    guard: Guard | None = None


_MODERATOR = frozenset({Mover.MODERATOR})
_AUTHOR = frozenset({Mover.AUTHOR})
_ISSUE = frozenset({Mover.ISSUE})

TRANSITIONS: tuple[Transition, ...] = (
    Transition("take", ThreadState.OPEN, ThreadState.IN_REVIEW, _MODERATOR),
    Transition("ask", ThreadState.OPEN, ThreadState.AWAITING_INFO, _MODERATOR, Guard.QUESTION),
    Transition("ask", ThreadState.IN_REVIEW, ThreadState.AWAITING_INFO, _MODERATOR, Guard.QUESTION),
    Transition("reply", ThreadState.AWAITING_INFO, ThreadState.IN_REVIEW, _AUTHOR),
    Transition("take", ThreadState.AWAITING_INFO, ThreadState.IN_REVIEW, _MODERATOR),
    *(Transition("escalate", state, ThreadState.ESCALATED, _MODERATOR, Guard.ISSUE) for state in UNDECIDED),
    *(Transition("close", state, ThreadState.CLOSED, _MODERATOR, Guard.NOTE) for state in UNDECIDED),
    *(Transition("withdraw", state, ThreadState.CLOSED, _AUTHOR, Guard.NOTE) for state in UNDECIDED),
    Transition("return", ThreadState.ESCALATED, ThreadState.IN_REVIEW, _ISSUE, Guard.NOTE),
    Transition("reopen", ThreadState.CLOSED, ThreadState.OPEN, _MODERATOR, Guard.NOTE),
    Transition("reopen", ThreadState.CLOSED, ThreadState.OPEN, _AUTHOR, Guard.WITHIN_30_DAYS),
)


def transition(verb: str, source: ThreadState, mover: Mover) -> Transition | None:
    """The one line of the table for this move, or None: then it is not allowed."""
    fitting = (t for t in TRANSITIONS if t.verb == verb and t.source == source and mover in t.who)
    return next(fitting, None)


def verbs_from(source: ThreadState, mover: Mover) -> tuple[str, ...]:
    """What may be done from here, for refusals that name it."""
    return tuple(dict.fromkeys(t.verb for t in TRANSITIONS if t.source == source and mover in t.who))
