"""One stream with local sockets: read once, told to all of them.

Everything that reaches a socket leaves from ``_step``, after the versions of access were read:
new entries, the rest of a catch-up, and what had to wait for a confirmation (I5).
"""

import asyncio
from collections.abc import Sequence
from typing import Protocol

import structlog

from dialogue.journal.entries import Place
from dialogue.realtime import announcing, catching_up
from dialogue.realtime.announcing import Reason
from dialogue.realtime.buffer import Buffer
from dialogue.realtime.cursor import Cursor, State
from dialogue.realtime.looking import Found, Sources, Wish, look, look_at_page
from dialogue.realtime.reading import ReadPool

log = structlog.get_logger(__name__)


class Keeper(Protocol):
    """What a feed asks of the hub."""

    sources: Sources
    read: ReadPool

    async def look_again(self, cursors: Sequence[Cursor]) -> None:
        """Renew the access of these cursors; those who lost it are gone afterwards."""

    def drop(self, cursor: Cursor) -> None:
        """The cursor is over; no frame is offered for it."""

    def fail(self, cursor: Cursor) -> None:
        """Something of ours broke while this one was served: close its socket."""


class Feed:
    """``wake`` may be called at any moment and any number of times; one step runs at a time."""

    def __init__(self, stream: str, keeper: Keeper) -> None:
        self.stream = stream
        self.cursors: set[Cursor] = set()
        self.buffer: Buffer | None = None
        self._keeper = keeper
        self._rung = asyncio.Event()
        self._pages: set[asyncio.Task[None]] = set()
        self._pump = asyncio.create_task(self._pumping())

    @property
    def head(self) -> int:
        """The newest position that was read; 0 before anything was."""
        return self.buffer.head if self.buffer else 0

    @property
    def is_waiting(self) -> bool:
        """Somebody is not live yet: if a read failed, it has to be tried again."""
        return any(cursor.state is not State.LIVE for cursor in self.cursors)

    def is_at(self, place: Place) -> bool:
        return self.buffer is not None and (self.buffer.epoch, self.buffer.head) == (
            place.epoch,
            place.position,
        )

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
        self._rung.set()

    def close(self) -> None:
        for task in (self._pump, *self._pages):
            task.cancel()

    async def _pumping(self) -> None:
        while True:
            await self._rung.wait()
            self._rung.clear()
            try:
                await self._step()
            except Exception as fault:
                # The next comparison with the database wakes us again.
                log.warning("feed.failed", kind=type(fault).__name__)

    async def _step(self) -> None:
        present = tuple(self.cursors)
        found = await self._keeper.read(look, self._keeper.sources, self._wish(present))
        buffer = self._absorb(found)
        moved = [one for one in present if one.is_there and not found.versions.are_those_of(one)]
        if moved:
            await self._keeper.look_again(moved)
        for cursor in present:
            if cursor.is_there:
                self._serve_safely(cursor, buffer, found=found)
        if not found.is_all:
            self.wake()

    def _wish(self, present: Sequence[Cursor]) -> Wish:
        known = Place(self.stream, self.buffer.epoch, self.buffer.head) if self.buffer else None
        joining = [one for one in present if one.state is State.JOINING]
        sinces = [one.since for one in joining if one.since is not None]
        return Wish(self.stream, known, sinces, {one.listener.person_id for one in present})

    def _absorb(self, found: Found) -> Buffer:
        buffer = self.buffer
        if buffer is None or (buffer.epoch, buffer.head) != (found.place.epoch, found.after):
            buffer = self._start_over(found)
        buffer.add(found.told)
        return buffer

    def _start_over(self, found: Found) -> Buffer:
        """Nothing was read yet, or positions have lost their meaning (a restored database)."""
        if self.buffer is not None:
            reason: Reason = "other_epoch" if self.buffer.epoch != found.place.epoch else "ahead"
            log.error("feed.restarted", reason=reason, position=found.place.position)
            for cursor in [one for one in self.cursors if one.state is not State.JOINING]:
                self._reset(cursor, found, reason)
        self.buffer = Buffer(found.place.epoch, found.after)
        return self.buffer

    def _serve_safely(self, cursor: Cursor, buffer: Buffer, *, found: Found) -> None:
        try:
            reason = catching_up.reason_to_reset(cursor, found)
            if reason is None:
                self._serve(cursor, buffer, found=found)
            else:
                self._reset(cursor, found, reason)
        except Exception as fault:
            log.error("cursor.failed", kind=type(fault).__name__)
            self._keeper.fail(cursor)

    def _reset(self, cursor: Cursor, found: Found, reason: Reason) -> None:
        self._keeper.drop(cursor)
        cursor.socket.offer(announcing.reset(found.place, reason))

    def _serve(self, cursor: Cursor, buffer: Buffer, *, found: Found) -> None:
        if cursor.state is State.JOINING:
            cursor.begin()
        if cursor.state is State.LIVE:
            self._tell(cursor, buffer)
        elif cursor.state is State.BEHIND and cursor.position >= buffer.start:
            self._tell_rest(cursor, buffer, is_all=found.is_all)
        elif cursor.state is State.BEHIND:
            self._fetch_page(cursor, found.place)

    def _tell(self, cursor: Cursor, buffer: Buffer) -> None:
        window = cursor.window
        if cursor.position >= buffer.start:
            for told in buffer.after(cursor.position):
                if window.is_full:
                    break
                cursor.take(cursor.bytes_of(told), until=told.position)
        if cursor.position < buffer.start or (
            window.is_full and catching_up.waits_for_too_much(cursor, buffer.after(cursor.position))
        ):
            cursor.state = State.TOO_SLOW

    def _tell_rest(self, cursor: Cursor, buffer: Buffer, *, is_all: bool) -> None:
        waiting = buffer.after(cursor.position)
        catching_up.offer_pages(cursor, waiting, epoch=buffer.epoch, head=buffer.head)
        if cursor.position == buffer.head and is_all:
            cursor.state = State.LIVE
            cursor.socket.offer(announcing.live(Place(self.stream, buffer.epoch, buffer.head)))

    def _fetch_page(self, cursor: Cursor, head: Place) -> None:
        if cursor.is_reading_page or cursor.window.is_full:
            return
        cursor.is_reading_page = True
        task = asyncio.create_task(self._reading_page(cursor, head))
        self._pages.add(task)
        task.add_done_callback(self._pages.discard)

    async def _reading_page(self, cursor: Cursor, head: Place) -> None:
        """One page from the database, for one who is further behind than the buffer reaches."""
        keeper, person = self._keeper, cursor.listener.person_id
        try:
            told, versions = await keeper.read(
                look_at_page, keeper.sources, self.stream, cursor.position, until=head, person=person
            )
            # Where the versions moved, the next step looks again and asks for the page anew.
            if cursor.is_there and versions.are_those_of(cursor):
                catching_up.offer_pages(cursor, told, epoch=head.epoch, head=head.position)
            self.wake()
        except Exception as fault:
            log.warning("page.failed", kind=type(fault).__name__)
        finally:
            cursor.is_reading_page = False
