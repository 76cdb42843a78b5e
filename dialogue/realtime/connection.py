"""One socket from its acceptance to its end: reads, queues, acts in order, beats, says goodbye."""

import asyncio
import random
import secrets
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any, Final, cast
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from dialogue.accounts.models import User
from dialogue.realtime import announcing, limits
from dialogue.realtime.acting import server_fault
from dialogue.realtime.client_frames import Beat, ClientFrame, Got
from dialogue.realtime.fields import Language
from dialogue.realtime.hub import Hub
from dialogue.realtime.inbox import Inbox, Listen
from dialogue.realtime.listener import Listener
from dialogue.realtime.outgoing import Outgoing
from dialogue.realtime.protocol import CloseCode, ServerFrame, Unreadable, encode, error_frame, parse
from dialogue.realtime.rates import Pace, Tally
from dialogue.realtime.server_frames import BeatFrame, HelloFrame, Me
from dialogue.text.refusals import Refusal

Receive = Callable[[], Awaitable[dict[str, Any]]]
Handle = Callable[["Connection", ClientFrame], Awaitable[None]]

PROTOCOL_FAULTS_BORNE: Final = 5
PROTOCOL_FAULT_SECONDS: Final = 60
# A person who pressed send and closed the page is still heard; a stopping process waits less.
FINISHES_WITHIN_SECONDS: Final = 8
PARTS_WITHIN_SECONDS: Final = 3
CLOSES_WITHIN_SECONDS: Final = 2
LIMITS: Final = {
    "frame_bytes": limits.MAX_FRAME_BYTES,
    "frames_per_second": limits.FRAMES_PER_SECOND,
    "frames_burst": limits.FRAMES_BURST,
    "streams": limits.MAX_STREAMS_PER_SOCKET,
}


class Connection:
    """The ``Socket`` that the hub sees. ``handle`` is called for one frame after the other."""

    __slots__ = (
        *(
            "_beat_at",
            "_faults",
            "_handle",
            "_inbox",
            "_keeping",
            "_out",
            "_pace",
            "_subscribing",
            "_tell_at",
        ),
        *("hub", "id", "listener", "user", "__weakref__"),
    )

    def __init__(self, user: User, listener: Listener, *, hub: Hub, out: Outgoing, handle: Handle) -> None:
        self.id = secrets.token_urlsafe(9)
        self.user = user
        self.listener = listener
        self.hub = hub
        self._out = out
        self._handle = handle
        self._inbox = Inbox(self._answer)
        self._beat_at = time.monotonic()
        self._tell_at = self._beat_at + limits.HEARTBEAT_SECONDS
        self._pace = Pace(self._beat_at)
        self._subscribing = Pace(
            self._beat_at, burst=limits.SUBSCRIPTIONS_BURST, per_second=limits.SUBSCRIPTIONS_PER_SECOND
        )
        self._faults = Tally(at_most=PROTOCOL_FAULTS_BORNE, seconds=PROTOCOL_FAULT_SECONDS)

    @property
    def is_ending(self) -> bool:
        return self._out.is_ending

    def offer(self, *frames: bytes) -> None:
        self._out.put(*frames)

    def end(self, code: CloseCode, *frames: bytes) -> None:
        self._out.end(code, *frames)

    def say(self, frame: ServerFrame) -> None:
        self._out.put(encode(frame).encode())

    def refuse(self, refusal: Refusal, ref: UUID | None = None) -> None:
        """An ``error`` frame in the reader's language."""
        self._out.put(self._worded(refusal, ref))

    async def turn_to_subscribe(self) -> None:
        """Wait rather than refuse: a page that was told no would stay silent. Too many waiting end it."""
        if wait_ms := self._subscribing.wait_ms(time.monotonic()):
            await asyncio.sleep(wait_ms / 1000)
            self._subscribing.wait_ms(time.monotonic())

    def end_with(self, code: CloseCode, refusal: Refusal) -> None:
        self.end(code, self._worded(refusal, None))

    async def run(self, receive: Receive, listen: Listen | None = None) -> None:
        """Until the socket is closed, by either side or because this process stops.

        What the page says comes by ``listen`` where there is such a way, else by ``receive``.
        """
        self.hub.enter(self)
        self._greet()
        self._keep_alive()
        if listen is not None:
            listen(self._hear)
        reading = asyncio.create_task(self._read(receive))
        try:
            await self._until_over(reading)
        except asyncio.CancelledError:
            await self._part(reading)
        finally:
            self.hub.forget(self)
            self._keeping.cancel()
            reading.cancel()
            self._inbox.stop()
            self._out.stop()
            self._out.hang_up()

    def _greet(self) -> None:
        user = self.user
        self.say(
            HelloFrame(
                connection=self.id,
                heartbeat_seconds=limits.HEARTBEAT_SECONDS,
                server_time=datetime.now(UTC),
                limits=LIMITS,
                me=Me(id=user.public_id, name=user.name, language=cast(Language, user.language)),
            )
        )

    async def _until_over(self, reading: asyncio.Task[None]) -> None:
        await asyncio.wait({reading, self._out.over}, return_when=asyncio.FIRST_COMPLETED)
        if self._out.over.done():
            # What could not be sent must not leave a page waiting on a silent socket: the library closes it.
            self._out.over.result()
        if self.is_ending:
            await asyncio.wait({reading}, timeout=CLOSES_WITHIN_SECONDS)
            return
        # The hub forgets it afterwards: what is said about a stream is said by who reads it.
        await self._inbox.finish(within_seconds=FINISHES_WITHIN_SECONDS)

    async def _part(self, reading: asyncio.Task[None]) -> None:
        """A planned stop: let what was begun be answered, then say when to come back."""
        if reading.done():
            return
        self._inbox.close()
        await self._inbox.finish(within_seconds=PARTS_WITHIN_SECONDS)
        pause_ms = random.randint(0, limits.MAX_BYE_RETRY_MS)  # noqa: S311 — spreads people, hides nothing
        self.end(CloseCode.RESTART, announcing.bye("restart", retry_in_ms=pause_ms))
        await asyncio.wait({reading}, timeout=CLOSES_WITHIN_SECONDS)

    async def _read(self, receive: Receive) -> None:
        while True:
            message = await receive()
            if message["type"] == "websocket.disconnect":
                return
            if message["type"] == "websocket.receive":
                text = message.get("text")
                self._hear(text if text is not None else message.get("bytes", b""))

    def _hear(self, data: str | bytes) -> None:
        """Only parse and queue: an act must not keep the next frame waiting unread."""
        if self.is_ending:
            return
        now = time.monotonic()
        wait_ms = self._pace.wait_ms(now)
        try:
            frame = parse(data)
        except Unreadable as refusal:
            self._misunderstood(refusal, now)
            return
        if isinstance(frame, Got) and self._confirm(frame, is_in_time=not wait_ms):
            return
        if wait_ms:
            self._slow_down(getattr(frame, "key", None), wait_ms, now)
        elif isinstance(frame, Beat):
            self._beat_at = now
        elif len(self._inbox) >= limits.MAX_WAITING_IN_FRAMES:
            self.end_with(CloseCode.LIMIT, _too_fast(None))
        else:
            self._inbox.put(frame)

    def _confirm(self, frame: Got, *, is_in_time: bool) -> bool:
        """Whether it may come in. How often that is depends on us, so what confirms much is not counted."""
        confirmed = self.hub.got(self, frame.positions)
        if confirmed < limits.CONFIRMED_FOR_NOTHING_ENTRIES:
            return is_in_time
        if is_in_time:
            self._pace.give_back()
        return True

    def _misunderstood(self, refusal: Unreadable, now: float) -> None:
        if self._faults.is_full_after(now):
            self.end(CloseCode.PROTOCOL, self._worded(refusal, refusal.ref))
        else:
            self.refuse(refusal, refusal.ref)

    def _slow_down(self, ref: UUID | None, wait_ms: int, now: float) -> None:
        if self._pace.is_too_much(now):
            self.end(CloseCode.LIMIT, self._worded(_too_fast(wait_ms), ref))
        else:
            self.refuse(_too_fast(wait_ms), ref)

    async def _answer(self, frame: ClientFrame) -> None:
        try:
            await self._handle(self, frame)
        except Refusal as refusal:
            self.refuse(refusal, getattr(frame, "key", None))
        except Exception as problem:
            self.refuse(server_fault(frame.t, problem), getattr(frame, "key", None))

    def _keep_alive(self) -> None:
        """Tell the heads, and notice who fell silent: only a ``beat`` counts, whatever else arrives."""
        now = time.monotonic()
        if now - self._beat_at >= limits.MAX_SILENCE_SECONDS:
            self.end(CloseCode.TOO_SLOW_OR_SILENT, announcing.bye("silent"))
            return
        if now >= self._tell_at:
            self._tell_at = now + limits.HEARTBEAT_SECONDS
            self.say(BeatFrame(heads=self.hub.heads(self)))
        due_at = min(self._tell_at, self._beat_at + limits.MAX_SILENCE_SECONDS)
        # A call, not a task: a task that sleeps keeps twenty times as much for each socket.
        loop = asyncio.get_running_loop()
        self._keeping = loop.call_later(max(0.0, due_at - now), self._keep_alive)

    def _worded(self, refusal: Refusal, ref: UUID | None) -> bytes:
        with translation.override(self.user.language):
            return encode(error_frame(refusal, ref)).encode()


def _too_fast(after_ms: int | None) -> Refusal:
    sentence = _("Too much at once. Wait a moment; your text is kept.")
    return Refusal("rate_limited", sentence, retry=True, after_ms=after_ms)
