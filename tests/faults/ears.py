"""A socket that keeps all it hears and when, until it is closed."""

import asyncio
import json
import time
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from websockets.asyncio.client import ClientConnection
from websockets.exceptions import ConnectionClosed

from tests.faults.company import until
from tests.realtime.pages import socket_of
from tests.servers.web_server import WebServer


@dataclass
class Ear:
    socket: ClientConnection
    place: dict[str, Any]  # stream, epoch, position
    heard: list[dict[str, Any]] = field(default_factory=list)
    code: int | None = None
    closed_at: float | None = None
    beats: bool = True

    async def listen(self) -> None:
        try:
            async for text in self.socket:
                self.heard.append(json.loads(text))
                await self._confirm(self.heard[-1])
        except ConnectionClosed:
            pass
        self.closed_at, self.code = time.monotonic(), self.socket.close_code

    async def _confirm(self, frame: dict[str, Any]) -> None:
        if not self.beats:
            return
        if frame["t"] == "beat" or frame.get("position", 1) % 50 == 0:
            await self.socket.send(json.dumps({"t": "beat"}))
            position = frame.get("position", self.place["position"])
            await self.socket.send(json.dumps({"t": "got", "positions": {self.place["stream"]: position}}))

    async def keep_saying(self, thread: str, *, pause_seconds: float) -> None:
        """Until the socket is closed; whatever is answered."""
        while self.closed_at is None:
            said = {"stream": self.place["stream"], "thread": thread, "body": "again", "lang": "en"}
            try:
                await self.socket.send(json.dumps({"t": "post", "key": str(uuid.uuid4()), **said}))
            except ConnectionClosed:
                return
            await asyncio.sleep(pause_seconds)

    async def ask(self, frame: dict[str, Any]) -> dict[str, Any]:
        """The acknowledgement or the error for the key of this frame."""
        await self.socket.send(json.dumps(frame))
        async with asyncio.timeout(15):
            while True:
                for said in self.heard:
                    if frame["key"] in (said.get("key"), said.get("ref")):
                        return said
                await asyncio.sleep(0.005)

    async def ask_again(self, frame: dict[str, Any]) -> dict[str, Any]:
        """As ``ask``; what may be said again is said again, with the same key."""
        while (answer := await self.ask(frame)).get("retry"):
            self.heard.remove(answer)
            await asyncio.sleep((answer["after_ms"] or 200) / 1000)
        return answer

    @property
    def entries(self) -> list[dict[str, Any]]:
        """In the order in which they came, one by one or in pages."""
        told: list[dict[str, Any]] = []
        for frame in self.heard:
            if frame["t"] == "entry":
                told.append(frame)
            elif frame["t"] == "entries":
                told += frame["entries"]
        return told

    @property
    def acked(self) -> list[int]:
        return [frame["position"] for frame in self.heard if frame["t"] == "ack"]


@asynccontextmanager
async def ear(
    web: WebServer, session: str, place: dict[str, Any], *, beats: bool = True, waits_for: str = "live"
) -> AsyncIterator[Ear]:
    """In the stream of ``place``, from its position on; live, unless it waits for something else."""
    async with socket_of(web, session) as socket:
        one = Ear(socket, place, beats=beats)
        listening = asyncio.create_task(one.listen())
        since = {"epoch": place["epoch"], "since": place["position"]}
        await socket.send(json.dumps({"t": "subscribe", "stream": place["stream"], **since}))
        await until(lambda: any(frame["t"] == waits_for for frame in one.heard))
        yield one
        listening.cancel()
