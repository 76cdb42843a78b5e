"""One stream with local sockets: read once, told to all of them.

Everything that reaches a socket leaves from ``_step``, after the versions of access were read:
new entries, the rest of a catch-up, and what had to wait for a confirmation (I5).
"""

import asyncio
from collections.abc import Sequence
from time import monotonic
from typing import Final

import structlog

from dialogue.journal.entries import Place
from dialogue.realtime import announcing, catching_up
from dialogue.realtime.announcing import Reason
from dialogue.realtime.bursts import MAX_BURST_ENTRIES, Burst, Bursts
from dialogue.realtime.cursor import Cursor, State
from dialogue.realtime.keeper import Keeper
from dialogue.realtime.limits import MAX_WAITING_OUT_ENTRIES
from dialogue.realtime.looking import NEAR_ENTRIES, Found, Wish
from dialogue.realtime.reaching_back import ReachingBack

MAX_REST_SECONDS: Final = 0.05
SERVED_IN_A_ROW: Final = 100

log = structlog.get_logger(__name__)


class Feed:
    """``wake`` may be called at any moment and any number of times; one step runs at a time."""

    def __init__(self, stream: str, keeper: Keeper) -> None:
        self.stream = stream
        self.cursors: set[Cursor] = set()
        self.known: Place | None = None
        self._keeper = keeper
        self._rung = asyncio.Event()
        self._due = 0
        self._must_look = False
        self._pages = ReachingBack(keeper, wake=self.wake)
        self._pump = asyncio.create_task(self._pumping())

    @property
    def head(self) -> int:
        """The newest position that was read; 0 before anything was."""
        return self.known.position if self.known else 0

    @property
    def is_waiting(self) -> bool:
        """Somebody has not heard all: if a read failed, it has to be tried again."""
        return any(one.state is not State.LIVE or one.position < self.head for one in self.cursors)

    def add(self, cursor: Cursor) -> None:
        self.cursors.add(cursor)
        self.wake()

    def remove(self, cursor: Cursor) -> bool:
        """Whether nobody is left; the feed has then ended."""
        self.cursors.discard(cursor)
        if not self.cursors:
            self.close()
        return not self.cursors

    def wake(self) -> None:
        """Look, whatever the stream's position: somebody waits."""
        self._must_look = True
        self._rung.set()

    def ring(self, position: int) -> None:
        """The stream has come this far; nothing, if a look under way finds it."""
        if position > max(self.head, self._due):
            self._due = position
            self._rung.set()

    def close(self) -> None:
        self._pump.cancel()
        self._pages.close()

    async def _pumping(self) -> None:
        rested_at = 0.0
        while True:
            await self._rung.wait()
            # In a busy room what comes meanwhile shares one look and one write; else it is told at once.
            if (early := rested_at - monotonic()) > 0:
                await asyncio.sleep(early)
            self._rung.clear()
            if not self._must_look and self._due <= self.head:
                continue
            self._must_look, self._due, began, is_busy = False, 0, monotonic(), False
            try:
                is_busy = await self._step()
            except Exception as fault:
                # The next comparison with the database wakes us again.
                log.warning("feed.failed", kind=type(fault).__name__)
            ended = monotonic()
            rested_at = ended + min(MAX_REST_SECONDS, ended - began) if is_busy else 0.0

    async def _step(self) -> bool:
        """Whether several entries, or several who joined, had come together."""
        present, told_before = tuple(self.cursors), self.head
        joining = sum(one.state is not State.LIVE for one in present)
        found = await self._keeper.look(self._wish(present))
        self._absorb(found)
        waiting = [one for one in present if one.state is not State.LIVE or one.position < found.until]
        moved = [one for one in waiting if one.is_there and not found.versions.are_those_of(one)]
        if moved:
            await self._keeper.look_again(moved)
        bursts = Bursts(found)
        for number, cursor in enumerate(waiting, 1):
            if cursor.is_there:
                self._serve_safely(cursor, found, bursts)
            if number % SERVED_IN_A_ROW == 0:
                # Posts and new sockets stay quick while a large room is served.
                await asyncio.sleep(0)
        if not found.is_all:
            self.wake()
        return found.until > told_before + 1 or joining > 1

    def _wish(self, present: Sequence[Cursor]) -> Wish:
        behind = {one.position for one in present if one.epoch is not None and not one.window.is_full}
        return Wish(self.stream, self.known, behind, {one.listener.person_id for one in present})

    def _absorb(self, found: Found) -> None:
        if found.is_fresh and self.known is not None:
            reason: Reason = "other_epoch" if self.known.epoch != found.place.epoch else "ahead"
            log.error("feed.restarted", reason=reason, position=found.place.position)
            for cursor in [one for one in self.cursors if one.state is not State.JOINING]:
                self._reset(cursor, found, reason)
        self.known = Place(self.stream, found.place.epoch, found.until)

    def _serve_safely(self, cursor: Cursor, found: Found, bursts: Bursts) -> None:
        try:
            reason = catching_up.reason_to_reset(cursor, found)
            if reason is None:
                self._serve(cursor, found, bursts)
            else:
                self._reset(cursor, found, reason)
        except Exception as fault:
            log.error("cursor.failed", kind=type(fault).__name__)
            self._keeper.fail(cursor)

    def _reset(self, cursor: Cursor, found: Found, reason: Reason) -> None:
        self._keeper.drop(cursor)
        cursor.socket.offer(announcing.reset(found.place, reason))

    def _serve(self, cursor: Cursor, found: Found, bursts: Bursts) -> None:
        if cursor.state is State.JOINING:
            cursor.state = State.BEHIND
        if cursor.is_reading_page:
            return
        if cursor.window.is_full:
            self._let_wait(cursor, found)
        elif cursor.position < found.after:
            self._reach_back(cursor, found)
        elif cursor.state is State.LIVE:
            self._tell(cursor, found, bursts)
        else:
            self._tell_rest(cursor, found)

    def _let_wait(self, cursor: Cursor, found: Found) -> None:
        """Nothing is kept for it meanwhile; but who is live and falls too far back starts anew."""
        if cursor.state is State.LIVE and found.until - cursor.position > MAX_WAITING_OUT_ENTRIES:
            cursor.state = State.TOO_SLOW

    def _tell(self, cursor: Cursor, found: Found, bursts: Bursts) -> None:
        """One frame an entry, and all of them in one write; as many as the window still takes."""
        burst = bursts.after(cursor)
        if len(burst.frames) <= MAX_BURST_ENTRIES and cursor.window.has_room(len(burst.frames), burst.size):
            frames: Sequence[bytes] = burst.frames
            cursor.take(burst.size, until=found.until, entries=len(frames))
        else:
            frames = self._as_many_as_fit(cursor, burst)
        if frames:
            cursor.socket.offer(*frames)

    def _as_many_as_fit(self, cursor: Cursor, burst: Burst) -> Sequence[bytes]:
        frames: list[bytes] = []
        for data in burst.frames:
            if cursor.window.is_full:
                break
            frames.append(data)
            cursor.take(len(data), until=cursor.position + 1)
        return frames

    def _tell_rest(self, cursor: Cursor, found: Found) -> None:
        place = found.place
        waiting = found.told[cursor.position - found.after :]
        catching_up.offer_pages(cursor, waiting, epoch=place.epoch, head=place.position)
        if cursor.position >= place.position:
            cursor.state = State.LIVE
            cursor.socket.offer(announcing.live(place))

    def _reach_back(self, cursor: Cursor, found: Found) -> None:
        if found.until - cursor.position <= NEAR_ENTRIES:
            # It was allowed more only after the look began: the next one begins where it is.
            self.wake()
            return
        cursor.state = State.BEHIND
        self._pages.page_for(cursor, Place(self.stream, found.place.epoch, found.until))
