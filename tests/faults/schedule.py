"""What breaks, and when: drawn from the seed, one after the other, as long as anybody talks."""

import asyncio
import signal
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field

from tests.faults.company import Company
from tests.faults.installation import BreakableWeb
from tests.servers.postgres_server import PostgresServer
from tests.servers.redis_server import RedisServer

Fault = Callable[[], Awaitable[None]]


@dataclass
class Schedule:
    """``database``: the cluster and the name in it; without one there is nothing to cut."""

    them: Company
    database: tuple[PostgresServer, str] | None = None
    done: Counter[str] = field(default_factory=Counter)

    async def keep_breaking(self, *, pause_seconds: tuple[float, float]) -> None:
        """Each fault once in every round, in an order of its own; for ever, cancel between two."""
        faults = self._faults()
        while True:
            for name in self.them.chance.sample(sorted(faults), len(faults)):
                await asyncio.sleep(self.them.chance.uniform(*pause_seconds))
                await faults[name]()
                self.done[name] += 1

    def _faults(self) -> Mapping[str, Fault]:
        faults: dict[str, Fault] = {
            "web killed": self._kill_web,
            "web stopped": self._stop_web,
            "sockets cut": self._cut_sockets,
        }
        if self.them.house.redis is not None:
            faults |= {
                "Redis killed": self._kill_redis,
                "Redis frozen": self._freeze_redis,
                "Redis flushed": self._flush_redis,
                "layer full": self._fill_layer,
            }
        if self.database is not None:
            faults["database cut"] = self._cut_database
        return faults

    @property
    def _redis(self) -> RedisServer:
        assert self.them.house.redis is not None
        return self.them.house.redis

    def _web(self) -> BreakableWeb:
        return self.them.chance.choice(self.them.house.webs)

    async def _rest(self, shortest: float, longest: float) -> None:
        await asyncio.sleep(self.them.chance.uniform(shortest, longest))

    async def _kill_web(self) -> None:
        web = self._web()
        await asyncio.to_thread(web.kill)
        await self._rest(0.1, 1.0)
        await asyncio.to_thread(web.start)

    async def _stop_web(self) -> None:
        web = self._web()
        assert web.child is not None
        web.child.send_signal(signal.SIGTERM)
        await asyncio.to_thread(web.child.wait, 25)
        await asyncio.to_thread(web.start)

    async def _cut_sockets(self) -> None:
        people = self.them.people
        for one in self.them.chance.sample(people, len(people) // 2):
            one.cut()

    async def _kill_redis(self) -> None:
        await asyncio.to_thread(self._redis.kill)
        await self._rest(0.1, 3.0)
        await asyncio.to_thread(self._redis.start)

    async def _freeze_redis(self) -> None:
        self._redis.freeze()
        try:
            await self._rest(0.5, 5.0)
        finally:
            self._redis.thaw()

    async def _flush_redis(self) -> None:
        await asyncio.to_thread(self._redis.flush)
        await asyncio.to_thread(self._redis.drop_clients)

    async def _fill_layer(self) -> None:
        web = self._web()
        web.fill_layer(full=True)
        await self._rest(0.5, 3.0)
        web.fill_layer(full=False)

    async def _cut_database(self) -> None:
        assert self.database is not None
        server, name = self.database
        await asyncio.to_thread(server.cut_connections, name)
