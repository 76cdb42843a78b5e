"""The only file that touches the channel layer: what processes tell each other goes through here.

All of it lives on a thread with an event loop of its own, so a Redis that hangs costs nobody
anything. A lost ring loses nothing either: the hub compares itself with the database. Whether
we still hear is not asked of hooks, which are never called, but of our own echo.
"""

import asyncio
import os
import threading
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from secrets import token_hex
from time import monotonic
from typing import Any, Final

import structlog
from channels.layers import channel_layers

from dialogue.realtime.notices import Bells, Message, Pending, Writer, pass_on

GROUP: Final = "doorbell"
SEND_SECONDS: Final = 1.0
SUBSCRIBE_SECONDS: Final = 3.0
ECHO_SECONDS: Final = 2.0
PAUSE_SECONDS: Final = 0.5

log = structlog.get_logger(__name__)


class Deaf(ConnectionError):
    """Our own echo did not come back: the subscription is gone, whatever the connection says."""


def default_layer() -> Any:
    return channel_layers.make_backend("default")


class Doorbell:
    """What tells the others is called from any thread, never waits and never fails."""

    def __init__(self, *, make_layer: Callable[[], Any] = default_layer) -> None:
        self.failures = 0
        self._make_layer = make_layer
        self._bells: Bells | None = None
        self._id = token_hex(8)
        self._lock = threading.Lock()
        self._pending = Pending()
        self._heard_at = float("-inf")
        self._pid = 0
        self._thread: threading.Thread | None = None

    @property
    def is_hearing(self) -> bool:
        """Whether our own echo came back lately."""
        return monotonic() - self._heard_at < 2 * ECHO_SECONDS + SEND_SECONDS

    def ring(self, heads: Mapping[str, int]) -> None:
        with self._lock:
            self._pending.ring(heads)
            self._wake()

    def kick(self, people: Iterable[int]) -> None:
        with self._lock:
            self._pending.people.update(people)
            self._wake()

    def tell_writes(self, writer: Writer) -> None:
        with self._lock:
            self._pending.writes(writer)
            self._wake()

    def tell_here(self, streams: Mapping[str, Iterable[int]]) -> None:
        """In each of these streams this process holds these people, and nobody else."""
        with self._lock:
            self._pending.is_here(streams)
            self._wake()

    def listen(self, bells: Bells) -> None:
        """Hear the others too, from now on."""
        with self._lock:
            self._bells = bells
            self._wake()

    def close(self) -> None:
        """End the thread; what is pending is dropped."""
        thread = self._thread
        if thread is not None and thread.is_alive() and self._pid == os.getpid():
            with suppress(RuntimeError):
                self._loop.call_soon_threadsafe(self._main.cancel)
            thread.join(SEND_SECONDS)

    def _wake(self) -> None:
        # A worker's child was forked from a process whose thread it did not inherit.
        if self._thread is None or self._pid != os.getpid():
            self._pid = os.getpid()
            started = threading.Event()
            self._thread = threading.Thread(target=self._run, args=(started,), name="doorbell", daemon=True)
            self._thread.start()
            started.wait(SEND_SECONDS)
        with suppress(RuntimeError):
            self._loop.call_soon_threadsafe(self._woken.set)

    def _run(self, started: threading.Event) -> None:
        async def main() -> None:
            self._loop = asyncio.get_running_loop()
            self._woken = asyncio.Event()
            self._echoed = asyncio.Event()
            self._main = asyncio.create_task(self._living())
            started.set()
            await self._main

        with suppress(asyncio.CancelledError):
            asyncio.run(main())

    async def _living(self) -> None:
        # Made here and not before: loading Redis's client takes longer than who rings first may wait.
        self._layer = self._make_layer()
        await asyncio.gather(self._sending(), self._hearing())

    async def _sending(self) -> None:
        while True:
            await self._woken.wait()
            self._woken.clear()
            with self._lock:
                pending, self._pending = self._pending, Pending()
            try:
                for message in pending.messages(self._id):
                    await self._send(message)
            except Exception as fault:
                self._failed("send", fault)

    async def _send(self, message: Message) -> None:
        async with asyncio.timeout(SEND_SECONDS):
            await self._layer.group_send(GROUP, message)

    async def _hearing(self) -> None:
        while True:
            try:
                if self._bells is not None:
                    await self._hear_until_deaf()
            except Exception as fault:
                self._failed("hear", fault)
            await asyncio.sleep(PAUSE_SECONDS)

    async def _hear_until_deaf(self) -> None:
        receiving: asyncio.Task[None] | None = None
        try:
            async with asyncio.timeout(SUBSCRIBE_SECONDS):
                channel = await self._layer.new_channel()
                await self._layer.group_add(GROUP, channel)
            receiving = asyncio.create_task(self._receiving(channel))
            while True:
                self._echoed.clear()
                await self._send({"type": "echo", "of": self._id})
                async with asyncio.timeout(ECHO_SECONDS):
                    await self._echoed.wait()
                await asyncio.sleep(ECHO_SECONDS)
        except TimeoutError:
            raise Deaf from None
        finally:
            # First the layer: a receiver that is cancelled while its layer lives asks Redis once more.
            with suppress(Exception):
                async with asyncio.timeout(SEND_SECONDS):
                    await self._layer.flush()
            if receiving is not None:
                receiving.cancel()

    async def _receiving(self, channel: str) -> None:
        while True:
            message = await self._layer.receive(channel)
            try:
                self._heard(message)
            except Exception as fault:
                self._failed("message", fault)

    def _heard(self, message: Message) -> None:
        if message.get("type") == "echo":
            if message.get("of") == self._id:
                self._heard_at = monotonic()
                self._echoed.set()
        elif self._bells is not None:
            pass_on(message, self._bells, own=self._id)

    def _failed(self, doing: str, fault: Exception) -> None:
        """Counted, and logged when it begins: a Redis that is gone for an hour fills no disk."""
        self.failures += 1
        if self.failures.bit_count() == 1:
            log.warning("doorbell.failed", state=doing, kind=type(fault).__name__, count=self.failures)
