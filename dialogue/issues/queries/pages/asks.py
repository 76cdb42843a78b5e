"""What is asked of somebody, so that they see it first. Each part knows whom it asks."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dialogue.accounts.models import User
from dialogue.issues.access import (
    can_escalate_ever,
    can_lead,
    issues_visible_to,
    recommendations_visible_to,
)
from dialogue.issues.models import Issue, Recommendation
from dialogue.issues.queries.days import due_of
from dialogue.issues.queries.lists import count_to_sign
from dialogue.issues.queries.pages.clock import due_shown
from dialogue.issues.queries.pages.words import words_of
from dialogue.issues.states import IssueState, RecommendationState
from dialogue.rooms.access import hears_safety, reading_of, threads_visible_to
from dialogue.rooms.models import Holder
from dialogue.rooms.queries.board import awaiting_triage
from dialogue.rooms.queries.pages.days import short_day
from dialogue.rooms.states import ThreadState


@dataclass(frozen=True)
class AskShown:
    """``lang`` is that of ``title`` where somebody wrote it; ``note`` says why it is asked."""

    title: str
    note: str
    address: str
    action: str
    lang: str = ""
    is_late: bool = False


def asks_of(user: User, *, now: datetime) -> list[AskShown]:
    """The late first; within that, in the order of the work."""
    asks = _questions(user) + _held(user, now=now) + _triage(user, now=now)
    asks += _signing(user) + _leading(user, now=now)
    return sorted(asks, key=lambda ask: not ask.is_late)


def _questions(user: User) -> list[AskShown]:
    """The office asked, and only the author can answer."""
    threads = threads_visible_to(reading_of(user)).filter(raised_by=user.pk, state=ThreadState.AWAITING_INFO)
    return [
        AskShown(
            title=thread.title,
            lang=thread.lang,
            note=_("The office asks you something. Asked {day}.").format(day=short_day(thread.state_since)),
            address=reverse("rooms:thread", args=[thread.room.slug, thread.public_id]),
            action=_("Answer"),
        )
        for thread in threads.select_related("room").distinct()
    ]


def _held(user: User, *, now: datetime) -> list[AskShown]:
    """Somebody may be in danger, and nobody else is asked."""
    if not hears_safety(user):
        return []
    cards = [card for column in awaiting_triage(user, now=now) for card in column.cards if card.is_held]
    return [
        AskShown(
            title=card.thread.title,
            lang=card.thread.lang,
            note=_("Held, as somebody may be in danger. You look after it."),
            address=reverse("rooms:thread", args=[card.room.slug, card.thread.public_id]),
            action=_("Open the thread"),
            is_late=True,
        )
        for card in cards
        if card.thread is not None
    ]


def _triage(user: User, *, now: datetime) -> list[AskShown]:
    if not can_escalate_ever(user):
        return []
    new = next(column for column in awaiting_triage(user, now=now) if column.state is ThreadState.OPEN)
    waiting, overdue = len(new.readable), new.overdue
    if not waiting:
        return []
    words = ngettext("{n} new concern waits for triage", "{n} new concerns wait for triage", waiting)
    late = ngettext("{n} of them is overdue", "{n} of them are overdue", overdue).format(n=overdue)
    return [
        AskShown(
            title=words.format(n=waiting),
            note=late if overdue else _("None is overdue."),
            address=reverse("issues:board"),
            action=_("To triage"),
            is_late=bool(overdue),
        )
    ]


def _signing(user: User) -> list[AskShown]:
    waiting = count_to_sign(user)
    if not waiting:
        return []
    words = ngettext(
        "{n} recommendation waits for your signature",
        "{n} recommendations wait for your signature",
        waiting,
    )
    note = _("Sign and issue, or return with a note.")
    return [AskShown(words.format(n=waiting), note, reverse("issues:to_sign"), _("To sign"))]


def _leading(user: User, *, now: datetime) -> list[AskShown]:
    """An officer's own issues in the hands of the office, those nobody leads, drafts that came back."""
    if not can_lead(user):
        return []
    mine = Q(assignee=user.pk) | Q(assignee=None, state=IssueState.REGISTERED)
    issues = issues_visible_to(user).exclude(state=IssueState.CLOSED).filter(mine, holder=Holder.OFFICE)
    drafts = recommendations_visible_to(user).filter(drafted_by=user.pk, state=RecommendationState.DRAFTED)
    back = [_returned(draft) for draft in drafts.exclude(returned_at=None)]
    return back + [_led(issue, now=now) for issue in issues.order_by("due_on", "state_since")]


def _returned(draft: Recommendation) -> AskShown:
    title = words_of(draft.issue, "title")
    return AskShown(
        title=title.text,
        lang=title.lang,
        note=_("Your draft was returned with a note."),
        address=reverse("issues:step", args=[draft.public_id, "revise"]),
        action=_("Write anew"),
    )


def _led(issue: Issue, *, now: datetime) -> AskShown:
    title, due = words_of(issue, "title"), due_of(issue.due_on, now=now)
    note = _("You lead it, and the next step is the office's.")
    if issue.assignee_id is None:
        note = _("Nobody leads it yet.")
    return AskShown(
        title=title.text,
        lang=title.lang,
        note=f"{note} {due_shown(due).words}" if due else note,
        address=reverse("issues:issue", args=[issue.reference]),
        action=_("Open the issue"),
        is_late=due is not None and due.is_late,
    )
