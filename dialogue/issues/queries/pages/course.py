"""The head of an issue's page: pills, the eight steps, who is on it, who may see it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from dialogue.issues.models import Issue
from dialogue.issues.queries.page import IssuePage, StepReached
from dialogue.issues.states import IssueOutcome
from dialogue.rooms.access import Reading
from dialogue.rooms.models import Holder, Marking, Thread, Urgency
from dialogue.rooms.queries.pages.bylines import AuthorShown, author_shown
from dialogue.rooms.queries.pages.cards import PillShown
from dialogue.rooms.queries.pages.days import short_day
from dialogue.rooms.queries.pages.steps import TONES, StepShown
from dialogue.rooms.states import Shown

_PRESSING = {Urgency.URGENT: "risk", Urgency.HIGH: "risk", Urgency.LOW: "outline"}


@dataclass(frozen=True)
class ThreadLinked:
    thread: Thread
    author: AuthorShown


def shown_label(issue: Issue) -> str:
    """“Closed” says how."""
    if issue.shown is Shown.CLOSED:
        return str(IssueOutcome(issue.outcome).label)
    return str(issue.shown.label)


def state_pill(issue: Issue) -> PillShown:
    return PillShown(issue.shown.value, shown_label(issue), TONES[issue.shown])


def priority_pill(issue: Issue) -> PillShown | None:
    """What is as usual needs no word."""
    tone = _PRESSING.get(Urgency(issue.priority))
    if tone is None:
        return None
    labels = {Urgency.URGENT: _("Urgent"), Urgency.HIGH: _("High priority"), Urgency.LOW: _("Low priority")}
    return PillShown("priority", labels[Urgency(issue.priority)], tone)


def stepper_of(page: IssuePage) -> list[StepShown]:
    return [_step(page, step) for step in page.steps]


def threads_linked(threads: Sequence[Thread], reading: Reading) -> list[ThreadLinked]:
    return [ThreadLinked(thread, author_shown(thread, reading)) for thread in threads]


def raised_by(linked: Sequence[ThreadLinked]) -> list[str]:
    """Organisations as their own threads show them, each once."""
    return list(dict.fromkeys(each.author.name for each in linked if each.author.name))


def readers_sentence(issue: Issue) -> str:
    return {
        Marking.PUBLIC: _("The common part may be published, once the approver signs a summary."),
        Marking.MEMBERS: _(
            "The common part is seen by all verified members of its rooms, and by the office."
        ),
        Marking.ROOM: _("The common part is seen by those who may read a linked room, and by the office."),
        Marking.OFFICE: _("The common part is seen by those who raised it and by the office alone."),
    }[Marking(issue.marking)]


def _step(page: IssuePage, step: StepReached) -> StepShown:
    name = shown_label(page.issue) if step.is_now else str(step.shown.label)
    note = short_day(step.reached) if step.reached else ""
    if step.is_now and page.due is not None and page.issue.holder == Holder.AUTHORITY:
        return StepShown(name, "now", _("due {day}").format(day=short_day(page.due.on)), page.due.on)
    if step.is_now:
        return StepShown(name, "now", note, step.reached)
    if step.is_past:
        return StepShown(name, "done" if step.reached else "skipped", note, step.reached)
    return StepShown(name)
