"""Baseline: python websockets and its ``broadcast``. Nothing is kept, nobody is asked who they are."""

import asyncio
import sys

from websockets.asyncio.server import ServerConnection, broadcast, serve

everybody: set[ServerConnection] = set()


async def room(connection: ServerConnection) -> None:
    everybody.add(connection)
    try:
        await connection.send("welcome")
        async for text in connection:
            broadcast(everybody, text)
    finally:
        everybody.discard(connection)


async def main(port: int) -> None:
    async with serve(room, "127.0.0.1", port, compression=None, ping_interval=None):
        await asyncio.get_running_loop().create_future()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1])))
