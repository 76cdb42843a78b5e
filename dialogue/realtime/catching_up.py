"""From the place a page says it is at to the newest entry, by pages; or why it must start anew."""

from collections.abc import Sequence

import structlog

from dialogue.realtime import announcing
from dialogue.realtime.announcing import Reason
from dialogue.realtime.cursor import Cursor, State
from dialogue.realtime.limits import MAX_BEHIND_ENTRIES, MAX_PAGE_BYTES, MAX_PAGE_ENTRIES
from dialogue.realtime.looking import Found
from dialogue.realtime.told import Told

log = structlog.get_logger(__name__)


def reason_to_reset(cursor: Cursor, found: Found) -> Reason | None:
    """Never a partial recovery: a place that cannot be continued from is refused whole."""
    if cursor.state is State.JOINING and (reason := _reason_not_to_join(cursor, found)):
        return reason
    if cursor.position < max(found.floor, cursor.hearing.floor):
        return "below_floor"
    if cursor.window.is_full:
        return None
    if cursor.state is not State.LIVE and found.place.position - cursor.position > MAX_BEHIND_ENTRIES:
        return "too_far_behind"
    return "too_slow" if cursor.state is State.TOO_SLOW else None


def offer_pages(cursor: Cursor, told: Sequence[Told], *, epoch: str, head: int) -> None:
    """Offer what follows the cursor's position as ``entries``, as far as its window allows."""
    while told and not cursor.window.is_full:
        frames = _page_of(cursor, told)
        until = told[len(frames) - 1].position
        page = announcing.entries(cursor.stream, epoch, frames=frames, more=until < head)
        cursor.take(page, until=until, entries=len(frames))
        told = told[len(frames) :]


def _reason_not_to_join(cursor: Cursor, found: Found) -> Reason | None:
    if cursor.epoch is None:
        return "no_place"
    if cursor.epoch != found.place.epoch:
        return "other_epoch"
    if cursor.position > found.place.position:
        log.error("cursor.ahead", position=cursor.position)
        return "ahead"
    return None


def _page_of(cursor: Cursor, told: Sequence[Told]) -> list[bytes]:
    """At least one frame, then as many as a page may hold."""
    frames: list[bytes] = []
    size = 0
    for one in told[:MAX_PAGE_ENTRIES]:
        data = cursor.bytes_of(one)
        size += len(data) + 1
        if frames and size > MAX_PAGE_BYTES:
            break
        frames.append(data)
    return frames
