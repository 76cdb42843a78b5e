"""A room of two processes, or of one, in which the office acts by forms. Import the fixture ``town``."""

import random
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from threading import Barrier

import pytest
from django.db import connection

from tests.faults.forms import Answer, Browser
from tests.faults.hand import Hand
from tests.faults.installation import embedded, full
from tests.faults.seed import chance_of_this_run
from tests.servers.web_server import WebServer

AT_ONCE = 8
ROOM = "steppe"


@dataclass
class Town:
    webs: list[WebServer]
    hand: Hand
    chance: random.Random
    stream: str
    pool: ThreadPoolExecutor

    @property
    def is_embedded(self) -> bool:
        return len(self.webs) == 1

    def people(self, role: str) -> list[Browser]:
        """As many as act at once; every one of them works for the office."""
        names = [f"{role}-{number}" for number in range(AT_ONCE)]
        told = [self.hand.do("person", name=name, home="office", role=role) for name in names]
        return [Browser(each["session"]) for each in told]

    def web(self, number: int) -> WebServer:
        return self.webs[number % len(self.webs)]

    def at_once(self, acts: list[Callable[[], Answer]]) -> list[Answer]:
        """Everybody waits for everybody."""
        start = Barrier(len(acts))

        def run(act: Callable[[], Answer]) -> Answer:
            start.wait(30)
            return act()

        return list(self.pool.map(run, acts))


@pytest.fixture(name="town")
def a_town(request: pytest.FixtureRequest) -> Iterator[Town]:
    """On either database; two processes where there can be two."""
    is_embedded = connection.vendor == "sqlite"
    chance = chance_of_this_run()
    with ExitStack() as ending:
        servers = embedded() if is_embedded else full(request.getfixturevalue("postgres_server"), "races")
        house = ending.enter_context(servers)
        hand = ending.enter_context(Hand(house.webs[0]))
        pool = ending.enter_context(ThreadPoolExecutor(AT_ONCE))
        stream = hand.do("room", slug=ROOM)["stream"]
        hand.do("person", name="author", home="quiet-coast")
        yield Town([*house.webs], hand, chance, stream, pool)
