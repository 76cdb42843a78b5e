"""Where a concern stands, as the steps everybody knows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from dialogue.calendar.working_days import today_in_almaty
from dialogue.rooms.models import Carriage, Thread, ThreadKind, TriageStep
from dialogue.rooms.queries.pages.days import short_day
from dialogue.rooms.states import SHOWN_OF_THREAD, Outcome, Shown, ThreadState

TONES = {
    Shown.RECEIVED: "new",
    Shown.UNDER_REVIEW: "",
    Shown.REPLY_NEEDED: "wait",
    Shown.TAKEN_UP: "escalated",
    Shown.AWAITING_AUTHORITY: "escalated",
    Shown.CHECKING: "escalated",
    Shown.YOUR_VIEW: "wait",
    Shown.CLOSED: "done",
}
_SHORT = (Shown.RECEIVED, Shown.UNDER_REVIEW, Shown.CLOSED)
_LONG = tuple(step for step in Shown if step is not Shown.REPLY_NEEDED)


@dataclass(frozen=True)
class StepShown:
    """``on`` is the day of ``note``; never the moment, which could point at whoever was there."""

    name: str
    tone: str = ""
    note: str = ""
    on: date | None = None


def step_of(thread: Thread, carriages: Sequence[Carriage]) -> Shown:
    """A thread that an issue carries stands where the issue stands."""
    if thread.state == ThreadState.ESCALATED and carriages:
        return Shown(carriages[-1].state)
    return SHOWN_OF_THREAD[ThreadState(thread.state)]


def label_of(thread: Thread, shown: Shown) -> str:
    """“Closed” says how."""
    if shown is Shown.CLOSED and thread.outcome:
        return str(Outcome(thread.outcome).label)
    return str(shown.label)


def steps_of(thread: Thread, carriages: Sequence[Carriage], moves: Sequence[TriageStep]) -> list[StepShown]:
    """A discussion goes nowhere, so it has no steps."""
    if thread.kind == ThreadKind.DISCUSSION:
        return []
    now = step_of(thread, carriages)
    path = _path(now, is_carried=bool(carriages))
    reached = _reached(thread, carriages, moves)
    here = path.index(now)
    return [
        _step(shown, thread=thread, carriages=carriages, reached=reached, distance=index - here)
        for index, shown in enumerate(path)
    ]


def _path(now: Shown, *, is_carried: bool) -> list[Shown]:
    path = list(_SHORT if now is Shown.CLOSED and not is_carried else _LONG)
    if now is Shown.REPLY_NEEDED:
        path.insert(2, now)
    if now is not Shown.CLOSED:
        path.remove(Shown.CLOSED)
    return path


def _reached(
    thread: Thread, carriages: Sequence[Carriage], moves: Sequence[TriageStep]
) -> dict[Shown, datetime]:
    """When each step was reached for the last time."""
    reached = {Shown.RECEIVED: thread.raised_at}
    for move in moves:
        reached[SHOWN_OF_THREAD[ThreadState(move.target)]] = move.at
    reached[Shown.RECEIVED] = thread.raised_at
    if carriages:
        reached[Shown(carriages[-1].state)] = carriages[-1].since
    return reached


def _step(
    shown: Shown,
    *,
    thread: Thread,
    carriages: Sequence[Carriage],
    reached: dict[Shown, datetime],
    distance: int,
) -> StepShown:
    name = label_of(thread, shown) if distance == 0 else str(shown.label)
    if distance > 0:
        return StepShown(name)
    moment = reached.get(shown)
    on = today_in_almaty(moment) if moment else None
    note = short_day(on) if on else ""
    if distance < 0:
        return StepShown(name, "done" if moment or carriages else "skipped", note, on)
    due_on = carriages[-1].due_on if carriages and shown is not Shown.CLOSED else None
    if due_on is not None:
        note, on = _("due {day}").format(day=short_day(due_on)), due_on
    return StepShown(name, "now", note, on)
