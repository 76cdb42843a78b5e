"""One hub a process: streams with local sockets, and who reads each of them how far."""

import asyncio
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Final

from django.conf import settings

from dialogue.realtime import announcing
from dialogue.realtime.cursor import Cursor, State, Window
from dialogue.realtime.feed import Feed
from dialogue.realtime.gathering import Gathering
from dialogue.realtime.listener import Hearing, Listener
from dialogue.realtime.looking import AclVersions, Found, HearingOf, Sources, Wish, look
from dialogue.realtime.pools import Pool
from dialogue.realtime.protocol import CloseCode
from dialogue.realtime.reconcile import Reconciling
from dialogue.realtime.revocation import Verdict, look_again
from dialogue.realtime.sockets import Socket
from dialogue.realtime.told import Tell

MOST_WHO_JOIN_AT_ONCE: Final = 500
# Looks at a time, of the threads that read; the streams that ring meanwhile share the next.
LOOK_LANES: Final = 2
MOST_STREAMS_AT_ONCE: Final = 32
# Those who come back after a restart come in a crowd: the same few questions are asked for more of them.
JOIN_REST_SECONDS: Final = 0.03
JOIN_TICK_SECONDS: Final = 0.004


@dataclass(eq=False, slots=True)
class Local:
    """A socket of this process: what it may have under way, and where it reads."""

    window: Window = field(default_factory=Window)
    cursors: dict[str, Cursor] = field(default_factory=dict)


class Hub:
    """Everything but ``ring``, ``kick`` and ``soon`` is called on the event loop the hub was started on.

    ``tell(entries)``, ``hearing_of(user, stream)`` and ``acl_versions(streams)`` ask the
    database, in threads of the hub's own. ``acl_versions`` gives for each stream the version that
    rises when who may read it changes; a stream it leaves out has version 0 for ever.
    """

    def __init__(self, *, tell: Tell, hearing_of: HearingOf, acl_versions: AclVersions) -> None:
        self.sources = Sources(tell, hearing_of, acl_versions)
        self.read = Pool("read", settings.READ_THREADS)
        self.feeds: dict[str, Feed] = {}
        self.locals: dict[Socket, Local] = {}
        self._joining = Gathering(
            self._look_at_joining,
            at_most=MOST_WHO_JOIN_AT_ONCE,
            rest_seconds=JOIN_REST_SECONDS,
            tick_seconds=JOIN_TICK_SECONDS,
        )
        self._looking = Gathering(self._look_together, at_most=MOST_STREAMS_AT_ONCE, lanes=LOOK_LANES)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._reconciling: Reconciling | None = None

    def start(self) -> None:
        """Work on the running loop. The second time changes nothing; ``enter`` starts it too."""
        if self._loop is None:
            self._loop = asyncio.get_running_loop()
            self._reconciling = Reconciling(self)

    async def stop(self) -> None:
        """Forget every socket (without closing it) and end all tasks; there is no second start."""
        for socket in list(self.locals):
            self.forget(socket)
        if self._reconciling:
            self._reconciling.close()
        self.read.close()
        await asyncio.sleep(0)

    def enter(self, socket: Socket) -> None:
        """The socket was accepted, until ``forget``: it is closed when its person or session ends."""
        self.start()
        self.locals.setdefault(socket, Local())

    async def join(
        self, socket: Socket, stream: str, *, epoch: str | None = None, since: int | None = None
    ) -> Hearing | None:
        """Let this socket read the stream, from ``since``; None: no such stream for this person.

        A socket that did not ``enter``, or was forgotten meanwhile, gets None too.
        Access is read here, so do not ask ``hearing_of`` before. Frames follow by ``socket.offer``,
        perhaps before this returns: ``entries``… ``live`` and then ``entry``…, or ``reset`` (the
        socket is then no longer in the stream). Joining again starts anew from the new place.
        """
        verdict = await self._joining.ask(None, (socket.listener, stream))
        local = self.locals.get(socket)
        if local is None:
            return None
        if not verdict.is_signed_in:
            self.end(socket, CloseCode.SIGNED_OUT, announcing.bye("signed_out"))
        if verdict.admission is None:
            return None
        self.leave(socket, stream)
        cursor = Cursor(socket, stream, window=local.window, admission=verdict.admission)
        if epoch is not None and since is not None:
            cursor.epoch, cursor.position = epoch, since
        local.cursors[stream] = cursor
        self._feed(stream).add(cursor)
        return cursor.hearing

    def leave(self, socket: Socket, stream: str) -> bool:
        """Whether it was there. No frame is offered for it; the consumer answers ``left``."""
        local = self.locals.get(socket)
        cursor = local.cursors.get(stream) if local else None
        if cursor is not None:
            self.drop(cursor)
        return cursor is not None

    def forget(self, socket: Socket) -> None:
        """The socket is closed: leave all its streams."""
        local = self.locals.pop(socket, None)
        for cursor in list(local.cursors.values()) if local else ():
            self._detach(cursor)

    def got(self, socket: Socket, positions: Mapping[str, int]) -> int:
        """The page has applied each stream up to this position; unknown streams are ignored.

        How many entries were confirmed by it.
        """
        local = self.locals.get(socket)
        if local is None:
            return 0
        was_full, unconfirmed = local.window.is_full, local.window.entries
        for stream, position in positions.items():
            if (cursor := local.cursors.get(stream)) is not None:
                cursor.confirm(position)
        if was_full and not local.window.is_full:
            for stream in local.cursors:
                self.feeds[stream].wake()
        return unconfirmed - local.window.entries

    def heads(self, socket: Socket) -> dict[str, int]:
        """For ``beat``: the newest known position of each stream this socket reads live."""
        local = self.locals.get(socket)
        live = local.cursors.values() if local else ()
        return {one.stream: self.feeds[one.stream].head for one in live if one.state is State.LIVE}

    def streams(self, socket: Socket) -> dict[str, Hearing]:
        """What this socket is subscribed to, and how it hears it."""
        local = self.locals.get(socket)
        return {stream: one.hearing for stream, one in local.cursors.items()} if local else {}

    def hearers(self, stream: str) -> list[tuple[Socket, Hearing]]:
        """Local sockets in the stream, for what is told besides its entries."""
        feed = self.feeds.get(stream)
        return [(cursor.socket, cursor.hearing) for cursor in feed.cursors] if feed else []

    def ring(self, stream: str, position: int) -> None:
        """The stream may have come this far. From any thread; never waits, never fails."""
        # Asked before the loop is woken: most rings are for streams nobody here reads.
        if stream in self.feeds:
            self.soon(self._rung, stream, position)

    def kick(self, people: Iterable[int]) -> None:
        """Look now at what these people (ids) may still hear. From any thread; never waits."""
        self.soon(self._kicked, frozenset(people))

    def soon(self, work: Callable[..., None], *args: object) -> None:
        """Call this on the loop of the hub. From any thread; never waits, never fails."""
        if self._loop is not None:
            # A loop that was closed has no sockets that could miss anything.
            with suppress(RuntimeError):
                self._loop.call_soon_threadsafe(work, *args)

    # --- for feeds and reconciling ---------------------------------------------------------------

    async def look(self, wish: Wish) -> Found:
        """For a feed. Raises what went wrong with its stream."""
        found = await self._looking.ask(None, wish)
        if isinstance(found, Exception):
            raise found
        return found

    async def look_again(self, cursors: Sequence[Cursor]) -> None:
        """Renew the access of these cursors; those who lost it are gone afterwards."""
        asked = [(one.socket.listener, one.stream) for one in cursors]
        verdicts = await self.read(look_again, self.sources, asked)
        for cursor, verdict in zip(cursors, verdicts, strict=True):
            if cursor.is_there:
                self._settle(cursor, verdict)

    def drop(self, cursor: Cursor) -> None:
        """The cursor is over; no frame is offered for it."""
        local = self.locals.get(cursor.socket)
        if local is not None and local.cursors.get(cursor.stream) is cursor:
            del local.cursors[cursor.stream]
        self._detach(cursor)

    def end(self, socket: Socket, code: CloseCode, *frames: bytes) -> None:
        self.forget(socket)
        socket.end(code, *frames)

    def fail(self, cursor: Cursor) -> None:
        """Something of ours broke while this one was served: its page comes back to a fresh start."""
        self.end(cursor.socket, CloseCode.SERVER_FAULT, announcing.bye("server_fault"))

    async def _look_together(self, _all: None, wishes: Sequence[Wish]) -> list[Found | Exception]:
        return await self.read(look, self.sources, wishes)

    async def _look_at_joining(self, _all: None, asked: Sequence[tuple[Listener, str]]) -> list[Verdict]:
        return await self.read(look_again, self.sources, asked)

    def _settle(self, cursor: Cursor, verdict: Verdict) -> None:
        if not verdict.is_signed_in:
            self.end(cursor.socket, CloseCode.SIGNED_OUT, announcing.bye("signed_out"))
        elif verdict.admission is not None:
            cursor.admit(verdict.admission)
        else:
            self._take_away(cursor)

    def _take_away(self, cursor: Cursor) -> None:
        self.drop(cursor)
        left = announcing.left(cursor.stream)
        local = self.locals.get(cursor.socket)
        if local is not None and not local.cursors:
            self.end(cursor.socket, CloseCode.NO_ACCESS, left, announcing.bye("no_access"))
        else:
            cursor.socket.offer(left)

    def _feed(self, stream: str) -> Feed:
        if stream not in self.feeds:
            self.feeds[stream] = Feed(stream, self)
        return self.feeds[stream]

    def _detach(self, cursor: Cursor) -> None:
        cursor.is_there = False
        feed = self.feeds.get(cursor.stream)
        if feed is not None and feed.remove(cursor):
            del self.feeds[cursor.stream]

    def _rung(self, stream: str, position: int) -> None:
        feed = self.feeds.get(stream)
        if feed is not None:
            feed.ring(position)

    def _kicked(self, people: frozenset[int]) -> None:
        if self._reconciling and any(one.listener.person_id in people for one in self.locals):
            self._reconciling.now()
