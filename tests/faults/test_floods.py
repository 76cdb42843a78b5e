"""F13: whoever pushes as fast as the network takes it is closed, and the memory stays bounded."""

import asyncio
import json
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from tests.faults.abusers import HUNG_UP, Link, resident_bytes
from tests.faults.company import Company, company
from tests.faults.installation import Installation, either
from tests.realtime.wires import CONTINUED, PING, PONG, TEXT, frame_of
from tests.servers.web_server import WebServer

pytestmark = [pytest.mark.faults, pytest.mark.long, pytest.mark.timeout(120)]
MOST_BYTES_A_SOCKET = 2 * 1024 * 1024
FLOODERS = 8
# Most are closed within a second or two; all together share one processor.
CLOSED_WITHIN_SECONDS = 15.0
PIECE_BYTES = 256 * 1024
KEY = "0b9f5a52-6f0e-4c0e-9d55-3c1a7e2b4d10"
ABOUT = {"stream": "room:no", "thread": "t"}


def of(**frame: object) -> bytes:
    return frame_of(json.dumps(frame).encode())


# What is repeated, what stands before it once, and the code it is closed with.
FLOODS = {
    "beats": (of(t="beat"), b"", 4429),
    "confirmations": (of(t="got", positions={"room:no": 1}), b"", 4429),
    "subscriptions": (of(t="subscribe", stream="room:no"), b"", 4429),
    "large posts": (of(t="post", key=KEY, body="x" * 60_000, **ABOUT), b"", 4429),
    "noise": (frame_of(b"x" * 60_000), b"", 4400),
    "pings": (frame_of(b"x" * 125, PING), b"", 4429),
    "pongs": (frame_of(b"x" * 125, PONG), b"", 4429),
    "empty parts": (frame_of(b"", CONTINUED, first=0), frame_of(b"x", TEXT, first=0), 4429),
    "tiny parts": (frame_of(b" ", CONTINUED, first=0), frame_of(b"x", TEXT, first=0), 4429),
    "an endless message": (frame_of(b" " * 9_999, CONTINUED, first=0), frame_of(b"x", first=0), 1009),
}


@pytest.fixture
def house(request: pytest.FixtureRequest) -> Iterator[Installation]:
    with either(request, processes=1) as house:
        yield house


@dataclass
class Flooder:
    """``reads``: what comes back, all the time."""

    link: Link
    piece: bytes
    reads: bool
    code: int = 0
    pushed_bytes: int = 0
    lasted_seconds: float = 0.0

    def push(self) -> None:
        """Until it is closed, or has been let go on for far too long."""
        reading = threading.Thread(target=self._read)
        began = time.monotonic()
        if self.reads:
            reading.start()
        while not (self.code or self.link.is_dropped()) and self.lasted_seconds < 2 * CLOSED_WITHIN_SECONDS:
            self._push_some()
            self.lasted_seconds = time.monotonic() - began
        if self.reads:
            reading.join()
        self.link.close()

    def _push_some(self) -> None:
        try:
            self.pushed_bytes += self.link.tcp.send(self.piece)
        except TimeoutError:
            return
        except OSError:
            self.code = self.code or (0 if self.reads else HUNG_UP)

    def _read(self) -> None:
        while not self.code:
            frame = self.link.hear_or_end()
            if frame["t"] == "close":
                self.code = frame["code"]


@pytest.mark.parametrize("flood", FLOODS)
async def test_a_flood_is_closed(flood: str, house: Installation) -> None:
    """By those who read what they are told, and by those who do not."""
    web = house.webs[0]
    again, before, code = FLOODS[flood]
    async with company(house, senders=[[web]] * 2, listeners=[[web]] * 2) as them:
        flooders = [
            Flooder(
                link_of(web, them, number), again * max(1, PIECE_BYTES // len(again)), reads=number % 2 == 0
            )
            for number in range(FLOODERS)
        ]
        for one in flooders:
            one.link.tcp.sendall(before)
        await them.say(5)
        most = await most_while(web, them, flooders)
        assert max(one.lasted_seconds for one in flooders) < CLOSED_WITHIN_SECONDS
        # A reset for what was still coming may overtake the close.
        codes = {one.code for one in flooders if one.reads}
        assert code in codes <= {code, HUNG_UP}
        assert most < MOST_BYTES_A_SOCKET * FLOODERS
        await them.agree()
        assert max(them.lags()) < 4.0
        assert all(one.connections == 1 for one in them.people)


def link_of(web: WebServer, them: Company, number: int) -> Link:
    """In the room, of somebody who does not talk there."""
    link = Link(web, them.stage["sessions"][4 + number % 4])
    link.join(them.stage)
    link.tcp.settimeout(2)
    return link


async def most_while(web: WebServer, them: Company, flooders: list[Flooder]) -> int:
    """How much the process grew at most, while they push and the others talk."""
    usual, most = resident_bytes(web), 0
    pushing = asyncio.gather(*(asyncio.to_thread(one.push) for one in flooders))
    while not pushing.done():
        await them.say(1, pause_seconds=0.1)
        most = max(most, resident_bytes(web) - usual)
    await pushing
    return most
