"""Baseline: python websockets and its ``broadcast``. Nothing is kept, nobody is asked who they are."""

import asyncio
import sys
from collections import defaultdict

from websockets.asyncio.server import ServerConnection, broadcast, serve

rooms: defaultdict[str, set[ServerConnection]] = defaultdict(set)


async def enter(connection: ServerConnection) -> None:
    """The address is the name of the room."""
    here = rooms[connection.request.path if connection.request else ""]
    here.add(connection)
    try:
        await connection.send("welcome")
        async for text in connection:
            broadcast(here, text)
    finally:
        here.discard(connection)


async def main(port: int) -> None:
    async with serve(enter, "127.0.0.1", port, compression=None, ping_interval=None):
        await asyncio.get_running_loop().create_future()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1])))
