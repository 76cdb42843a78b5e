"""Those further behind than the others wait: a page is read once for all who stand at its beginning."""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Final

import structlog

from dialogue.journal.entries import Place
from dialogue.realtime import catching_up
from dialogue.realtime.cursor import Cursor
from dialogue.realtime.keeper import Keeper
from dialogue.realtime.looking import look_at_page
from dialogue.realtime.told import Told

SERVED_IN_A_ROW: Final = 10

log = structlog.get_logger(__name__)


class ReachingBack:
    """Of one stream; one page is read at a time. ``wake`` is called after each: some may wait for more."""

    def __init__(self, keeper: Keeper, *, wake: Callable[[], None]) -> None:
        self._keeper = keeper
        self._wake = wake
        self._at: defaultdict[Place, list[Cursor]] = defaultdict(list)
        self._reading: asyncio.Task[None] | None = None

    def page_for(self, cursor: Cursor, until: Place) -> None:
        """The page behind its position, from what there is up to ``until``. It is let alone meanwhile."""
        cursor.is_reading_page = True
        self._until = until
        self._at[Place(until.stream, until.epoch, cursor.position)].append(cursor)
        if self._reading is None:
            self._reading = asyncio.create_task(self._read_all())

    def close(self) -> None:
        if self._reading is not None:
            self._reading.cancel()

    async def _read_all(self) -> None:
        try:
            while self._at:
                begins = next(iter(self._at))
                # Whoever comes to this place during the read waits for the next one.
                await self._read(begins, self._at.pop(begins), until=self._until)
        finally:
            self._reading = None

    async def _read(self, begins: Place, cursors: Sequence[Cursor], *, until: Place) -> None:
        keeper, people = self._keeper, {one.listener.person_id for one in cursors}
        try:
            told, versions = await keeper.read(
                look_at_page, keeper.sources, begins, until=until.position, people=people
            )
            for number, cursor in enumerate(cursors, 1):
                # Where the versions moved, the next step looks again and asks for the page anew.
                if cursor.is_there and versions.are_those_of(cursor):
                    self._offer(cursor, told, until)
                if number % SERVED_IN_A_ROW == 0:
                    await asyncio.sleep(0)
        except Exception as fault:
            # The next comparison with the database finds who waits.
            log.warning("page.failed", kind=type(fault).__name__)
        else:
            self._wake()
        finally:
            for cursor in cursors:
                cursor.is_reading_page = False

    def _offer(self, cursor: Cursor, told: Sequence[Told], until: Place) -> None:
        try:
            catching_up.offer_pages(cursor, told, epoch=until.epoch, head=until.position)
        except Exception as fault:
            log.error("cursor.failed", kind=type(fault).__name__)
            self._keeper.fail(cursor)
