"""Until when somebody owes the next step, and who had the ball for how long."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from dialogue.issues.models import Issue
from dialogue.issues.queries.days import DaysLeft, DaysWith
from dialogue.issues.states import IssueOutcome, IssueState
from dialogue.rooms.models import Holder
from dialogue.rooms.queries.pages.clocks import ClockShown
from dialogue.rooms.queries.pages.days import short_day

SOON = 3


@dataclass(frozen=True)
class HolderShown:
    """``tone`` is part of a class name; ``icon`` names what stands before the words."""

    words: str
    tone: str
    icon: str


@dataclass(frozen=True)
class DueShown:
    day: str
    words: str
    tone: str


def clock_of(issue: Issue, days: DaysWith, due: DaysLeft | None) -> ClockShown:
    if issue.state == IssueState.CLOSED:
        outcome = str(IssueOutcome(issue.outcome).label)
        return ClockShown(pgettext("issue", "Closed"), outcome, short_day(issue.state_since), "met")
    if due is None:
        words = holder_of(issue, days, is_short=True).words
        return ClockShown(_("No deadline is set"), words, days_words(days.with_holder))
    shown = due_shown(due)
    return ClockShown(deadline_label(issue.holder), shown.day, shown.words, shown.tone)


def deadline_label(holder: str) -> str:
    labels = {
        Holder.OFFICE: _("Next step of the office by"),
        Holder.AUTHORITY: _("The authority's answer is due by"),
        Holder.NGO: _("Your view is asked for by"),
    }
    return labels.get(Holder(holder), _("Next deadline"))


def due_shown(due: DaysLeft) -> DueShown:
    """Never by colour alone: the words say whether it is late."""
    day = short_day(due.on)
    if due.is_late:
        late = ngettext("{n} working day late", "{n} working days late", due.days_late)
        return DueShown(day, late.format(n=due.days_late), "late")
    if due.days_left == 0:
        return DueShown(day, pgettext("deadline", "Today"), "soon")
    left = ngettext("{n} working day left", "{n} working days left", due.days_left)
    return DueShown(day, left.format(n=due.days_left), "soon" if due.days_left <= SOON else "")


def holder_of(issue: Issue, days: DaysWith, *, is_short: bool = False) -> HolderShown:
    return holder_shown(issue.holder, None if is_short else days.with_holder)


def holder_shown(holder: str, days: int | None) -> HolderShown:
    """Who has the ball and, unless ``days`` is None, for how many working days."""
    shown = {
        Holder.OFFICE: HolderShown(_("With the office"), "office", "office"),
        Holder.AUTHORITY: HolderShown(_("With the authority"), "authority", "mail"),
        Holder.NGO: HolderShown(_("With those who raised it"), "you", "people"),
        Holder.NOBODY: HolderShown(pgettext("holder", "Closed"), "closed", "check"),
    }[Holder(holder)]
    if days is None or holder == Holder.NOBODY:
        return shown
    return HolderShown(f"{shown.words} · {days_words(days)}", shown.tone, shown.icon)


def days_words(days: int) -> str:
    return ngettext("{n} working day", "{n} working days", days).format(n=days)
