"""The running count of an issue: working days, split by who had the ball."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from dialogue.calendar.working_days import Calendar, current_calendar, today_in_almaty, working_days_between
from dialogue.issues.models import Issue, Move
from dialogue.rooms.models import Holder


@dataclass(frozen=True)
class DaysWith:
    """Working days; ``with_holder`` are those of whoever has it now, without a break."""

    office: int = 0
    authority: int = 0
    ngo: int = 0
    with_holder: int = 0

    @property
    def total(self) -> int:
        return self.office + self.authority + self.ngo


@dataclass(frozen=True)
class DaysLeft:
    """``days_left`` counts working days, below zero when late."""

    on: date
    days_left: int

    @property
    def is_late(self) -> bool:
        return self.days_left < 0

    @property
    def days_late(self) -> int:
        return max(-self.days_left, 0)


def days_of(issues: Sequence[Issue], *, now: datetime) -> dict[int, DaysWith]:
    """By the issue's key. Two queries, however many issues."""
    calendar = current_calendar()
    moves: dict[int, list[Move]] = {issue.pk: [] for issue in issues}
    for move in Move.objects.filter(issue__in=issues).order_by("at", "pk"):
        moves[move.issue_id].append(move)
    return {key: count_days(rows, now=now, calendar=calendar) for key, rows in moves.items()}


def count_days(moves: Sequence[Move], *, now: datetime, calendar: Calendar) -> DaysWith:
    """Days add up to the whole: an interval counts the days after its first up to and with its last."""
    turns = list(_turns(moves))
    ends = [began for _holder, began in turns[1:]] + [today_in_almaty(now)]
    spent = dict.fromkeys(Holder, 0)
    for (holder, began), ended in zip(turns, ends, strict=True):
        spent[holder] += working_days_between(began, ended, calendar=calendar)
    last = working_days_between(turns[-1][1], ends[-1], calendar=calendar) if turns else 0
    return DaysWith(spent[Holder.OFFICE], spent[Holder.AUTHORITY], spent[Holder.NGO], last)


def due_of(on: date | None, *, now: datetime) -> DaysLeft | None:
    if on is None:
        return None
    return DaysLeft(on, working_days_between(today_in_almaty(now), on, calendar=current_calendar()))


def _turns(moves: Iterable[Move]) -> Iterable[tuple[Holder, date]]:
    """From which day on who had it; steps that leave it in the same hands are one turn."""
    holder: Holder | None = None
    for move in moves:
        if holder != move.holder:
            holder = Holder(move.holder)
            yield holder, today_in_almaty(move.at)
