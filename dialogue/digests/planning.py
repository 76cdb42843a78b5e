"""Which week it is, whether its digest is due, and from where to where an edition reads."""

from datetime import datetime, time, timedelta
from typing import Final

from dialogue.accounts.models import User
from dialogue.calendar.working_days import ALMATY
from dialogue.digests.access import streams_told_to
from dialogue.digests.models import TOLD, Edition, Subscription
from dialogue.journal import entries

SENT_AT: Final = time(9, 0)
FIRST_LOOK: Final = timedelta(days=7)


def period_of(now: datetime) -> str:
    """The ISO week in Almaty, by ISO's own year: 1 January 2027 is in 2026-W53."""
    year, week, _day = now.astimezone(ALMATY).isocalendar()
    return f"{year}-W{week:02}"


def is_due(now: datetime) -> bool:
    """From Monday 09:00 in Almaty to the end of the week: a worker that was down comes late, not never."""
    local = now.astimezone(ALMATY)
    monday = local.date() - timedelta(days=local.weekday())
    return local >= datetime.combine(monday, SENT_AT, ALMATY)


def edition_for(person: User, subscription: Subscription, *, now: datetime) -> Edition:
    """The edition that would be made now, not written down."""
    last = last_told(person)
    goes_on = last is not None and last.cut_at >= subscription.since
    looks_back_to = last.cut_at if last and goes_on else subscription.since - FIRST_LOOK
    return Edition(
        person=person,
        period=period_of(now),
        looks_back_to=looks_back_to,
        is_first=not goes_on,
        cut_at=now,
        windows=_windows(streams_told_to(person), last=last, goes_on=goes_on, looks_back_to=looks_back_to),
    )


def last_told(person: User) -> Edition | None:
    return Edition.objects.filter(person=person, state__in=TOLD).order_by("-cut_at", "-pk").first()


def _windows(
    streams: list[str], *, last: Edition | None, goes_on: bool, looks_back_to: datetime
) -> dict[str, list[str | int]]:
    heads = entries.heads_of(streams)
    firsts = entries.first_positions_since(streams, looks_back_to)
    windows: dict[str, list[str | int]] = {}
    for name, head in heads.items():
        after = firsts.get(name, head.position + 1) - 1
        known = last.window_of(name) if last else None
        if known and known[0] == head.epoch:
            after = known[2] if goes_on else max(after, known[2])
        windows[name] = [head.epoch, min(after, head.position), head.position]
    return _with_ends_kept(windows, last)


def _with_ends_kept(windows: dict[str, list[str | int]], last: Edition | None) -> dict[str, list[str | int]]:
    """A stream lost meanwhile keeps its end as an empty window: if it comes back, nothing comes twice."""
    for name in last.windows if last else ():
        known = last.window_of(name) if last else None
        if known and name not in windows:
            windows[name] = [known[0], known[2], known[2]]
    return windows
