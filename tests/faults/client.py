"""A client that keeps the rules of the wire, written anew here so that it can judge the server.

It applies only ``last + 1`` and remembers everything it applied; whatever should not happen is
counted as a fault of the server, never repaired silently.
"""

import asyncio
import json
import random
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException
from websockets.typing import Origin, Subprotocol

Address = Callable[[], str]  # http://host:port of a web process, chosen anew at each attempt


@dataclass
class Listener:
    """Hears one stream from a place on, over as many connections as it takes."""

    address: Address
    session: str
    stream: str
    epoch: str
    last: int
    chance: random.Random
    applied: list[tuple[int, str, str | None]] = field(default_factory=list)
    surprises: list[str] = field(default_factory=list)
    connections: int = 0
    at: str = ""  # the web process it is connected to
    live_at: float = 0.0
    heard_at: dict[int, float] = field(default_factory=dict)
    heard: asyncio.Event = field(default_factory=asyncio.Event)
    socket: ClientConnection | None = None
    comes_from: str = ""  # an address that a proxy of ours saw

    async def listen(self) -> None:
        """For ever; cancel to end."""
        tries = 0
        while True:
            began = time.monotonic()
            try:
                await self._connected()
                tries = 0
            except (OSError, WebSocketException, TimeoutError):
                tries = 1 if self.live_at > began else tries + 1
            self.socket = None
            await asyncio.sleep(self.pause_seconds(tries))

    def pause_seconds(self, tries: int) -> float:
        """Before it connects again. Shorter than a page's, so that much happens in little time."""
        return self.chance.random() * min(2.0, 0.1 * 2.0**tries)

    async def reach(self, position: int) -> None:
        while self.last < position:
            self.heard.clear()
            await self.heard.wait()

    def cut(self) -> None:
        """As a lost link does: no closing handshake."""
        if self.socket:
            self.socket.transport.abort()

    async def _connected(self) -> None:
        address = self.address()
        async with open_socket(address, self.session, self.comes_from) as socket:
            self.connections += 1
            self.socket, self.at = socket, address
            await self._say(
                {"t": "subscribe", "stream": self.stream, "epoch": self.epoch, "since": self.last}
            )
            beating = asyncio.create_task(self._beat())
            try:
                async for text in socket:
                    await self.take(json.loads(text))
            finally:
                beating.cancel()

    async def take(self, frame: dict[str, Any]) -> None:
        """Entries are applied here; a sender reads its answers too."""
        match frame["t"]:
            case "entry":
                await self._apply(frame)
            case "entries":
                for entry in frame["entries"]:
                    await self._apply(entry)
            case "live":
                self.live_at = time.monotonic()
            case "reset":
                self.surprises.append(f"reset {frame['reason']} at {self.last}")
            case "beat" if frame["heads"].get(self.stream, 0) > self.last:
                await self._subscribe_again()

    async def _apply(self, entry: dict[str, Any]) -> None:
        position = entry["position"]
        if entry["stream"] != self.stream or entry["epoch"] != self.epoch:
            self.surprises.append(f"foreign entry {entry['stream']} {entry['epoch']}")
        elif position == self.last + 1:
            self.last = position
            self.heard_at[position] = time.monotonic()
            self.applied.append((position, entry["kind"], entry.get("post")))
            self.heard.set()
            if position % 50 == 0:
                await self._say({"t": "got", "positions": {self.stream: position}})
        elif position > self.last + 1:
            self.surprises.append(f"hole: {position} after {self.last}")
            await self._subscribe_again()

    async def _subscribe_again(self) -> None:
        await self._say({"t": "subscribe", "stream": self.stream, "epoch": self.epoch, "since": self.last})

    async def _beat(self) -> None:
        while True:
            await asyncio.sleep(5)
            await self._say({"t": "got", "positions": {self.stream: self.last}})
            await self._say({"t": "beat"})

    async def _say(self, frame: dict[str, Any]) -> None:
        if self.socket:
            await self.socket.send(json.dumps(frame))


@dataclass
class Sender(Listener):
    """Sends its posts one after another, each with one key until it is acknowledged."""

    thread: str = ""
    patience_seconds: float = 3
    acked: dict[str, tuple[str, int, str]] = field(default_factory=dict)
    acked_at: dict[int, float] = field(default_factory=dict)
    refusals: list[str] = field(default_factory=list)  # each would be shown, though the retry heals it
    answers: dict[str, asyncio.Future[dict[str, Any]]] = field(default_factory=dict)

    async def send_all(self, bodies: list[str], *, pause_seconds: float) -> None:
        for body in bodies:
            await self.send(body, key=self.new_key())
            await asyncio.sleep(pause_seconds * (0.5 + self.chance.random()))

    async def take(self, frame: dict[str, Any]) -> None:
        name = frame.get("key") or frame.get("ref")
        if frame["t"] in {"ack", "error"} and name in self.answers:
            answer = self.answers.pop(name)
            if not answer.done():
                answer.set_result(frame)
        elif frame["t"] == "error":
            self.surprises.append(f"error {frame['code']}")
        await super().take(frame)

    def new_key(self) -> str:
        return str(uuid.UUID(int=self.chance.getrandbits(128), version=4))

    def frame_of(self, key: str, body: str) -> dict[str, Any]:
        about = {"stream": self.stream, "thread": self.thread}
        return {"t": "post", "key": key, **about, "body": body, "lang": "en"}

    async def send(self, body: str, *, key: str) -> None:
        """Again and again, until it is acknowledged."""
        frame = self.frame_of(key, body)
        while body not in self.acked:
            answer = self.answers[key] = asyncio.get_running_loop().create_future()
            try:
                await self._say(frame)
                said = await asyncio.wait_for(answer, self.patience_seconds)
            except (TimeoutError, OSError, WebSocketException):
                await asyncio.sleep(0.1)
                continue
            if said["t"] == "ack":
                self.acked[body] = (said["epoch"], said["position"], said["id"])
                self.acked_at[said["position"]] = time.monotonic()
            elif said["retry"]:
                self.refusals.append(said["code"])
                await asyncio.sleep((said["after_ms"] or 200) / 1000)
            else:
                raise AssertionError(f"refused for good: {said['code']}")


def open_socket(address: str, session: str, comes_from: str = "") -> connect:
    seen = {"X-Forwarded-For": comes_from} if comes_from else {}
    return connect(
        address.replace("http", "ws", 1) + "/ws/",
        origin=Origin(address),
        subprotocols=[Subprotocol("dialogue.v1")],
        additional_headers={"Cookie": f"sessionid={session}", **seen},
        open_timeout=5,
        close_timeout=1,
        ping_interval=None,
        max_queue=None,
    )
