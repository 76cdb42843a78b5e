"""A page of a real web process: its socket, and what it waits to hear."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

from tests.servers.web_server import WebServer

Stage = dict[str, Any]


@asynccontextmanager
async def socket_of(web: WebServer, session: str) -> AsyncIterator[ClientConnection]:
    async with connect(
        web.socket_address,
        origin=Origin(web.address),
        subprotocols=[Subprotocol("dialogue.v1")],
        additional_headers={"Cookie": f"sessionid={session}"},
        proxy=None,
    ) as socket:
        assert json.loads(await socket.recv())["t"] == "hello"
        yield socket


async def hear(socket: ClientConnection, kind: str) -> Stage:
    async with asyncio.timeout(15):
        while True:
            frame: Stage = json.loads(await socket.recv())
            if frame["t"] == kind:
                return frame


async def join(socket: ClientConnection, stage: Stage) -> None:
    place = {"stream": stage["stream"], "epoch": stage["epoch"], "since": stage["position"]}
    await socket.send(json.dumps({"t": "subscribe", **place}))
    await hear(socket, "live")
