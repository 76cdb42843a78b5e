"""From the place a page says it is at to the newest entry, by pages; or why it must start anew."""

from collections.abc import Callable, Sequence

import structlog

from dialogue.journal.entries import Place
from dialogue.realtime import announcing
from dialogue.realtime.announcing import Reason
from dialogue.realtime.cursor import Cursor, State
from dialogue.realtime.limits import MAX_BEHIND_ENTRIES, MAX_PAGE_BYTES, MAX_PAGE_ENTRIES
from dialogue.realtime.looking import Found
from dialogue.realtime.told import Told

log = structlog.get_logger(__name__)


def reason_to_reset(cursor: Cursor, found: Found) -> Reason | None:
    """Never a partial recovery: a place that cannot be continued from is refused whole."""
    floor = max(found.floor, cursor.hearing.floor)
    if cursor.state is State.LIVE and floor <= cursor.position <= found.place.position:
        return None
    epoch = cursor.epoch if cursor.state is State.JOINING else found.place.epoch
    if reason := reason_not_to_go_on(epoch, cursor.position, place=found.place, floor=floor):
        return reason
    if cursor.window.is_full:
        return None
    if cursor.state is not State.LIVE and is_too_far_behind(cursor.position, found.place):
        return "too_far_behind"
    return "too_slow" if cursor.state is State.TOO_SLOW else None


def reason_not_to_go_on(epoch: str | None, position: int, *, place: Place, floor: int) -> Reason | None:
    """What is wrong with the place a page says it is at."""
    if epoch is None:
        return "no_place"
    if epoch != place.epoch:
        return "other_epoch"
    if position > place.position:
        log.error("place.ahead", position=position)
        return "ahead"
    return "below_floor" if position < floor else None


def is_too_far_behind(position: int, place: Place) -> bool:
    return place.position - position > MAX_BEHIND_ENTRIES


def page_of(told: Sequence[Told], bytes_of: Callable[[Told], bytes]) -> list[bytes]:
    """At least one frame, then as many as a page may hold."""
    frames: list[bytes] = []
    size = 0
    for one in told[:MAX_PAGE_ENTRIES]:
        data = bytes_of(one)
        size += len(data) + 1
        if frames and size > MAX_PAGE_BYTES:
            break
        frames.append(data)
    return frames


def offer_pages(cursor: Cursor, told: Sequence[Told], *, epoch: str, head: int) -> None:
    """Offer what follows the cursor's position as ``entries``, as far as its window allows."""
    while told and not cursor.window.is_full:
        frames = page_of(told, cursor.bytes_of)
        until = told[len(frames) - 1].position
        page = announcing.entries(cursor.stream, epoch, frames=frames, more=until < head)
        cursor.take(len(page), until=until, entries=len(frames))
        cursor.socket.offer(page)
        told = told[len(frames) :]
