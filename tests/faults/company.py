"""People who talk in one room while something breaks, and what they find out together at the end."""

import asyncio
import json
import random
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from tests.faults.client import Listener, Sender
from tests.faults.installation import Installation
from tests.faults.oracle import faults_of
from tests.faults.seed import chance_of_this_run
from tests.servers.web_server import WebServer


@dataclass
class Company:
    house: Installation
    stage: dict[str, Any]
    chance: random.Random
    senders: list[Sender] = field(default_factory=list)
    listeners: list[Listener] = field(default_factory=list)
    turns: int = 0

    @property
    def people(self) -> list[Listener]:
        return [*self.senders, *self.listeners]

    @property
    def acked(self) -> int:
        return sum(len(sender.acked) for sender in self.senders)

    async def say(self, posts: int, *, pause_seconds: float = 0.05) -> None:
        """Everybody who sends says that many more, until each is acknowledged."""
        self.turns += 1
        shares = [[f"{n}/{self.turns}/{i}" for i in range(posts)] for n in range(len(self.senders))]
        await asyncio.gather(
            *(
                sender.send_all(share, pause_seconds=pause_seconds)
                for sender, share in zip(self.senders, shares, strict=True)
            )
        )

    async def read_ledger(self) -> list[dict[str, Any]]:
        """What the database holds, whether or not a web process runs."""
        web = self.house.webs[-1]
        ledger: list[dict[str, Any]] = json.loads(
            await asyncio.to_thread(web.run, "-m", "tests.faults", "read", self.stage["stream"])
        )
        return ledger

    async def agree(self, *, errors_shown: bool = False) -> None:
        """Everybody hears the end of it; I1 to I4 hold; and nobody was shown an error, or somebody was."""
        ledger = await self.read_ledger()
        async with asyncio.timeout(30):
            await asyncio.gather(*(one.reach(ledger[-1]["position"]) for one in self.people))
        assert faults_of(ledger, self.senders, self.listeners, since=self.stage["position"]) == []
        refusals = [code for sender in self.senders for code in sender.refusals]
        assert bool(refusals) is errors_shown, refusals
        kept = [row for row in ledger if row["kind"] == "post.added" and row["body"] != "Begin"]
        assert len(kept) == self.acked > 0

    def lags(self, *, since: float = 0.0) -> list[float]:
        """Of each post acknowledged since then: how long after it the last one heard it."""
        return [
            max(one.heard_at[position] for one in self.people) - at
            for sender in self.senders
            for position, at in sender.acked_at.items()
            if at >= since
        ]


async def until(is_so: Callable[[], bool], *, seconds: float = 30.0) -> None:
    async with asyncio.timeout(seconds):
        while True:
            if is_so():
                return
            await asyncio.sleep(0.002)


@asynccontextmanager
async def company(
    house: Installation,
    *,
    senders: Sequence[Sequence[WebServer]],
    listeners: Sequence[Sequence[WebServer]],
    people: int = 8,
    sender: type[Sender] = Sender,
    listener: type[Listener] = Listener,
    join_seconds: float = 20,
) -> AsyncIterator[Company]:
    """A page for each list of web processes: at each attempt it goes to one of these."""
    chance = chance_of_this_run()
    words = ("-m", "tests.faults", "set", str(people))
    stage = json.loads(await asyncio.to_thread(house.webs[0].run, *words))
    sessions = stage["sessions"]

    def seat(number: int, webs: Sequence[WebServer]) -> dict[str, Any]:
        own = random.Random(chance.random())
        place = {"stream": stage["stream"], "epoch": stage["epoch"], "last": stage["position"]}
        there = {"address": lambda: own.choice(webs).address, "session": sessions[number % len(sessions)]}
        return {**there, **place, "chance": own}

    them = Company(house, stage, chance)
    them.senders = [sender(**seat(n, webs), thread=stage["thread"]) for n, webs in enumerate(senders)]
    them.listeners = [listener(**seat(n, webs)) for n, webs in enumerate(listeners)]
    async with asyncio.TaskGroup() as group:
        listening = [group.create_task(one.listen()) for one in them.people]
        await until(lambda: all(one.live_at for one in them.people), seconds=join_seconds)
        yield them
        for task in listening:
            task.cancel()
