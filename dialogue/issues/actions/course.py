"""Where an issue stands and who has the ball: written in one place, with the cards that show it."""

from dataclasses import dataclass
from datetime import date

from dialogue.accounts.models import User
from dialogue.issues.actions.running import tell
from dialogue.issues.kinds import ISSUE_MOVED
from dialogue.issues.models import Issue, Move
from dialogue.issues.states import HOLDER_OF, IssueOutcome, IssueState, RecommendationState
from dialogue.journal.entries import Opened, Place
from dialogue.rooms.actions.carriages import carry
from dialogue.rooms.models import Holder
from dialogue.rooms.states import Shown

_AWAITED = (RecommendationState.ISSUED, RecommendationState.NO_REPLY)


@dataclass(frozen=True)
class _CardFacts:
    """What a card shows."""

    shown: Shown
    holder: Holder
    due_on: date | None


@dataclass(frozen=True)
class NextMove:
    """One move. Without a ``target`` only the ball may change hands."""

    verb: str
    target: IssueState | None = None
    note: str = ""
    outcome: IssueOutcome | None = None


def advance(opened: Opened, issue: Issue, step: NextMove, *, by: User) -> Place | None:
    """Write the step and update the cards; None when neither the state nor the holder changed."""
    before, source = _card_facts(issue), IssueState(issue.state)
    _write_state(opened, issue, step)
    issue.holder, issue.due_on, issue.calendar_version = _ball_of(issue)
    issue.version += 1
    issue.save()
    after = _card_facts(issue)
    moved = issue.state != source or after.holder != before.holder
    place = _record(opened, issue, step, source=source, by=by) if moved else None
    if after != before:
        update_cards(opened, issue, by=by)
    return place


def advance_to(opened: Opened, issue: Issue, step: NextMove, *, by: User) -> Place:
    """For steps whose target is another state, so that there is always something to tell."""
    place = advance(opened, issue, step, by=by)
    if place is None:
        raise RuntimeError("A step to another state changed nothing.")
    return place


def _card_facts(issue: Issue) -> _CardFacts:
    return _CardFacts(issue.shown, Holder(issue.holder), issue.due_on)


def update_cards(opened: Opened, issue: Issue, *, by: User) -> None:
    """Lay the card on every linked thread, or bring it up to date."""
    facts = _card_facts(issue)
    for thread in issue.threads.select_related("room"):
        carry(
            thread,
            reference=issue.reference,
            state=facts.shown,
            holder=facts.holder,
            due_on=facts.due_on,
            lead=issue.assignee,
            by=by,
            now=opened.at,
        )


def _write_state(opened: Opened, issue: Issue, step: NextMove) -> None:
    if step.target is not None and step.target != issue.state:
        issue.state, issue.state_since = step.target, opened.at
        issue.outcome = step.outcome or ""


def _record(opened: Opened, issue: Issue, step: NextMove, *, source: IssueState, by: User) -> Place:
    row = Move.objects.create(
        issue=issue,
        verb=step.verb,
        source=source,
        target=issue.state,
        holder=issue.holder,
        outcome=step.outcome or "",
        note=step.note,
        by=by,
        at=opened.at,
    )
    refs = {"verb": step.verb, "source": source.value, "target": str(issue.state), "holder": issue.holder}
    if step.outcome is not None:
        refs["outcome"] = step.outcome.value
    return tell(opened, issue, ISSUE_MOVED, by=by, move=row.pk, **refs)


def _ball_of(issue: Issue) -> tuple[Holder, date | None, int | None]:
    """Holder, the day they owe something by, and the calendar that day was counted by."""
    state = IssueState(issue.state)
    if state is IssueState.WITH_AUTHORITY:
        awaited = issue.recommendations.filter(state__in=_AWAITED)
        first = awaited.exclude(due_on=None).order_by("due_on").first()
        if first is not None:
            return Holder.AUTHORITY, first.due_on, first.calendar_version
        return (Holder.AUTHORITY if awaited.exists() else Holder.OFFICE), None, None
    if state is IssueState.CLOSING:
        closing = issue.closings.filter(ended_at=None).last()
        if closing is not None:
            return Holder.NGO, closing.ends_on, closing.calendar_version
    due_on = issue.next_step_on if HOLDER_OF[state] is Holder.OFFICE else None
    return HOLDER_OF[state], due_on, None
