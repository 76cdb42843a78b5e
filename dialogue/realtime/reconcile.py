"""Every two seconds: is there anything we were not told of? Heals lost rings and a dead Redis."""

import asyncio
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from random import SystemRandom
from time import monotonic
from typing import TYPE_CHECKING, Final

import structlog

from dialogue.accounts.queries import living_sessions
from dialogue.journal.entries import Place, heads_of
from dialogue.realtime import announcing
from dialogue.realtime.looking import Sources, Versions, versions_of
from dialogue.realtime.protocol import CloseCode
from dialogue.realtime.sockets import Socket

if TYPE_CHECKING:
    from dialogue.realtime.hub import Hub

EVERY_SECONDS: Final = 2.0
SPREAD: Final = 0.2
log = structlog.get_logger(__name__)
_dice = SystemRandom()


@dataclass(frozen=True)
class Survey:
    heads: dict[str, Place]
    versions: Versions
    sessions: set[str]


def survey(
    sources: Sources, streams: Collection[str], people: Collection[int], sessions: Collection[str]
) -> Survey:
    """A handful of queries, however many sockets there are."""
    return Survey(heads_of(streams), versions_of(sources, streams, people), living_sessions(sessions))


class Reconciling:
    """A task of the hub. Processes spread out by chance, so that they do not ask all at once."""

    def __init__(self, hub: "Hub") -> None:
        self._hub = hub
        self._asked = asyncio.Event()
        self._task = asyncio.create_task(self._ticking())

    def now(self) -> None:
        """Do not wait for the next tick."""
        self._asked.set()

    def close(self) -> None:
        self._task.cancel()

    async def _ticking(self) -> None:
        while True:
            pause = EVERY_SECONDS * _dice.uniform(1 - SPREAD, 1 + SPREAD)
            try:
                async with asyncio.timeout(pause):
                    await self._asked.wait()
            except TimeoutError:
                pass
            self._asked.clear()
            try:
                await self._tick()
            except Exception as fault:
                log.warning("reconcile.failed", kind=type(fault).__name__)

    async def _tick(self) -> None:
        hub = self._hub
        self._close_the_silent()
        if not hub.locals:
            return
        sockets = list(hub.locals)
        people = {one.listener.person_id for one in sockets}
        sessions = {one.listener.session_key for one in sockets}
        found = await hub.read(survey, hub.sources, list(hub.feeds), people, sessions)
        self._wake_those_behind(found)
        self._sign_out(sockets, found)
        moved = [
            cursor
            for local in hub.locals.values()
            for cursor in local.cursors.values()
            if not found.versions.are_those_of(cursor)
        ]
        if moved:
            await hub.look_again(moved)

    def _close_the_silent(self) -> None:
        now = monotonic()
        for socket, local in list(self._hub.locals.items()):
            if local.window.is_overdue(now):
                self._hub.end(socket, CloseCode.TOO_SLOW_OR_SILENT, announcing.bye("too_slow"))

    def _wake_those_behind(self, found: Survey) -> None:
        for stream, feed in self._hub.feeds.items():
            place = found.heads.get(stream)
            if feed.is_waiting or feed.known != place:
                feed.wake()

    def _sign_out(self, surveyed: Sequence[Socket], found: Survey) -> None:
        """Sessions that ended, and people who may no longer sign in."""
        for socket in [one for one in surveyed if one in self._hub.locals]:
            who = socket.listener
            if who.session_key not in found.sessions or who.person_id not in found.versions.people:
                self._hub.end(socket, CloseCode.SIGNED_OUT, announcing.bye("signed_out"))
