"""A page as the server sees it: one ASGI socket, driven by hand on the test's own event loop."""

import asyncio
import json
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from django.conf import settings
from django.test import Client

from dialogue.accounts.models import User
from dialogue.realtime.acting import in_pool
from platform_site.asgi import application

Frame = dict[str, Any]
PATIENCE_SECONDS = 10.0


def cookie_of(user: User) -> str:
    """Of a session of this person, as their browser would send it."""
    client = Client()
    client.force_login(user)
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"


def scope_of(cookie: str = "", **changes: Any) -> dict[str, Any]:
    headers = [(b"host", b"localhost"), (b"origin", settings.SOCKET_ORIGINS[0].encode())]
    if cookie:
        headers.append((b"cookie", cookie.encode()))
    usual = {
        "type": "websocket",
        "path": "/ws/",
        "query_string": b"",
        "headers": headers,
        "client": ["127.0.0.1", 50_000],
        "subprotocols": ["dialogue.v1"],
    }
    return usual | changes


class Page:
    """What was heard is kept in ``frames``; ``code`` is the close code, 403 for a refused handshake."""

    def __init__(self, scope: dict[str, Any]) -> None:
        self.scope = scope
        self.frames: list[Frame] = []
        self.code: int | None = None
        self.accepted: str | None = None
        self._in: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self._heard: asyncio.Queue[Frame] = asyncio.Queue()
        self._moved = asyncio.Event()
        self.task: asyncio.Task[None] | None = None

    def open(self) -> None:
        self._in.put_nowait({"type": "websocket.connect"})
        self.task = asyncio.create_task(application(self.scope, self._in.get, self._receive))

    async def _receive(self, message: dict[str, Any]) -> None:
        if message["type"] == "websocket.accept":
            self.accepted = message["subprotocol"]
        elif message["type"] == "websocket.close":
            self.code = message.get("code", 1000) if self.accepted else 403
            self._in.put_nowait({"type": "websocket.disconnect", "code": self.code})
        else:
            frame = json.loads(message["text"])
            self.frames.append(frame)
            self._heard.put_nowait(frame)
        self._moved.set()

    def send_raw(self, text: str | bytes) -> None:
        name = "text" if isinstance(text, str) else "bytes"
        self._in.put_nowait({"type": "websocket.receive", name: text})

    def send(self, kind: str, /, **fields: Any) -> str:
        """Returns the key: a new one where the kind has one and none is given."""
        if kind in ("raise", "post", "edit", "withdraw", "react"):
            fields.setdefault("key", str(uuid.uuid4()))
        self.send_raw(json.dumps({"t": kind, **fields}))
        return str(fields.get("key", ""))

    async def hear(self, *kinds: str) -> Frame:
        """The next frame of one of these kinds; others heard before it are passed over."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            while True:
                frame = await self._heard.get()
                if frame["t"] in kinds:
                    return frame

    async def answer(self, kind: str, /, **fields: Any) -> Frame:
        """Send an act and return its own ``ack`` or ``error``."""
        key = self.send(kind, **fields).lower()
        while True:
            frame = await self.hear("ack", "error")
            if frame.get("key", frame.get("ref")) == key:
                return frame

    async def join(self, stream: str, *, epoch: str | None = None, since: int | None = None) -> Frame:
        """Subscribe; without a place the one that the reset names is taken."""
        if epoch is None:
            self.send("subscribe", stream=stream)
            reset = await self.hear("reset")
            epoch, since = reset["epoch"], reset["position"]
        self.send("subscribe", stream=stream, epoch=epoch, since=since)
        return await self.hear("live", "reset", "error")

    async def until_closed(self) -> int:
        async with asyncio.timeout(PATIENCE_SECONDS):
            while self.code is None:
                self._moved.clear()
                await self._moved.wait()
        return self.code

    async def leave(self) -> None:
        self._in.put_nowait({"type": "websocket.disconnect", "code": 1001})
        if self.task is not None:
            await asyncio.wait({self.task}, timeout=PATIENCE_SECONDS)


@asynccontextmanager
async def page_of(user: User | None = None, **changes: Any) -> AsyncIterator[Page]:
    """An open page of this person, closed at the end."""
    cookie = await in_pool(cookie_of, user) if user is not None else ""
    page = Page(scope_of(cookie, **changes))
    page.open()
    try:
        yield page
    finally:
        await page.leave()


@asynccontextmanager
async def greeted(user: User) -> AsyncIterator[Page]:
    async with page_of(user) as page:
        await page.hear("hello")
        yield page
