"""F10, F11, F21: half a frame, what is no frame at all, and answers that never arrive."""

import asyncio
import json
import socket
import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pytest

from tests.faults.client import Sender
from tests.faults.company import Company, company
from tests.faults.installation import Installation, either
from tests.faults.malformed import CODES, LIMIT, Malformed, make
from tests.realtime.wires import CONTINUED, TEXT, Wire, frame_of
from tests.servers.web_server import WebServer

pytestmark = [pytest.mark.faults, pytest.mark.long, pytest.mark.timeout(300)]
RESET_AT_ONCE = struct.pack("ii", 1, 0)
CUT_AT_ONCE = 2
TALKING = 20
PROTOCOL_FAULTS_BORNE = 5
HUNG_UP = 1006


@pytest.fixture
def house(request: pytest.FixtureRequest) -> Iterator[Installation]:
    with either(request, processes=1) as house:
        yield house


@dataclass
class Cut:
    """A post of which only so many bytes are sent."""

    sender: Sender
    key: str
    body: str
    sent: bytes
    is_whole: bool = False


async def test_a_link_is_cut_at_every_byte_of_a_post(house: Installation) -> None:
    """F10: nothing half is kept, and who tries again with the same key is heard once."""
    web = house.webs[0]
    async with company(house, senders=[[web]] * 4, listeners=[[web]] * 4, people=4) as them:
        authors, others = them.senders[:2], them.senders[2:]
        talking = [asyncio.create_task(say(one, f"other {n}")) for n, one in enumerate(others)]
        cuts = [*cuts_of(authors[0], them), *cuts_of(authors[1], them, in_parts=True)]
        them.chance.shuffle(cuts)
        await asyncio.gather(*(cut_in_turn(web, them, cuts[n::CUT_AT_ONCE]) for n in range(CUT_AT_ONCE)))
        await asyncio.gather(*talking)
        kept = [row["body"] for row in await them.read_ledger()]
        whole = {cut.body for cut in cuts if cut.is_whole}
        assert {cut.body for cut in cuts} & set(kept) == whole, "only what arrived whole was kept"
        # What was kept then has the earlier places.
        again = sorted(cuts, key=lambda cut: kept.index(cut.body) if cut.is_whole else len(kept))
        await asyncio.gather(*(send_again(author, again) for author in authors))
        assert not set(kept) - {row["body"] for row in await them.read_ledger()}
        await them.agree()
    assert "Traceback" not in web.log.read_text()
    assert not any(cut.body in web.log.read_text() for cut in cuts)


def cuts_of(author: Sender, them: Company, *, in_parts: bool = False) -> list[Cut]:
    """Cut after no byte at all, after one, two … and whole at last."""
    cuts: list[Cut] = []
    split = them.chance.randint(1, 99) if in_parts else 0
    while not cuts or not cuts[-1].is_whole:
        key, body = author.new_key(), f"Cut {len(cuts):03}{' in parts' if in_parts else ''}"
        data = bytes_of(author.frame_of(key, body), split=split)
        size = len(cuts)
        cuts.append(Cut(author, key, body, data[:size], is_whole=size == len(data)))
    return cuts


def bytes_of(frame: dict[str, Any], *, split: int = 0) -> bytes:
    text = json.dumps(frame).encode()
    if not split:
        return frame_of(text)
    return frame_of(text[:split], TEXT, first=0) + frame_of(text[split:], CONTINUED)


async def cut_in_turn(web: WebServer, them: Company, cuts: Sequence[Cut]) -> None:
    for cut in cuts:
        wire = await joined(web, cut.sender)
        wire.writer.write(cut.sent)
        await wire.writer.drain()
        # A reset may overtake what was sent, so what must be kept ends politely.
        if cut.is_whole or them.chance.random() < 0.5:
            wire.writer.write_eof()
            await wire.reader.read()
        else:
            link: socket.socket = wire.writer.get_extra_info("socket")
            link.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET_AT_ONCE)
        wire.writer.close()


async def joined(web: WebServer, person: Sender) -> Wire:
    """A link of the same person, reading the room, so that they may speak there."""
    wire = await Wire.open(web, person.session)
    place = {"stream": person.stream, "epoch": person.epoch, "since": person.last}
    wire.send(json.dumps({"t": "subscribe", **place}).encode())
    await heard(wire, "live")
    return wire


async def heard(wire: Wire, kind: str) -> dict[str, Any]:
    async with asyncio.timeout(15):
        while True:
            opcode, payload = await wire.frame()
            assert opcode == TEXT, f"{opcode}: {payload!r}"
            frame: dict[str, Any] = json.loads(payload)
            if frame["t"] == kind:
                return frame


async def say(person: Sender, name: str) -> None:
    await person.send_all([f"{name}: {n}" for n in range(TALKING)], pause_seconds=0.2)


async def send_again(author: Sender, cuts: Sequence[Cut]) -> None:
    for cut in cuts:
        if cut.sender is author:
            await author.send(cut.body, key=cut.key)
            await asyncio.sleep(0.06)  # twenty a second are let in


async def test_a_post_that_comes_byte_by_byte_is_one_post(house: Installation) -> None:
    """F10, slowly."""
    web = house.webs[0]
    async with company(house, senders=[[web]], listeners=[[web]]) as them:
        author = them.senders[0]
        key = author.new_key()
        wire = await joined(web, author)
        for byte in bytes_of(author.frame_of(key, "slowly"), split=17):
            wire.writer.write(bytes([byte]))
            await wire.writer.drain()
            await asyncio.sleep(0.001)
        ack = await heard(wire, "ack")
        await author.send("slowly", key=key)
        assert author.acked["slowly"] == (ack["epoch"], ack["position"], ack["id"])
        await them.agree()
        wire.writer.close()


async def test_five_thousand_malformed_frames(house: Installation) -> None:
    """F11: each is answered by an error or a close, and nobody else notices."""
    web = house.webs[0]
    async with company(house, senders=[[web]] * 2, listeners=[[web]] * 2) as them:
        frames = [make(them.chance, number) for number in range(5_000)]
        heaps = [iter(frames[n::10]) for n in range(10)]
        # The last of the eight people are nobody's who talks.
        sessions = them.stage["sessions"][4:]
        talking = asyncio.create_task(talk_until_done(them))
        answered = await asyncio.gather(
            *(bother(web, sessions[n % len(sessions)], heap) for n, heap in enumerate(heaps))
        )
        assert sum(answered) == len(frames)
        talking.cancel()
        await them.agree()
        assert max(them.lags()) < 3.0
    log = web.log.read_text()
    assert "Traceback" not in log
    assert "Zebra" not in log
    assert all(one.connections == 1 for one in them.people), "it is the same process, and nobody was cut"


async def talk_until_done(them: Company) -> None:
    while True:
        await asyncio.shield(them.say(5, pause_seconds=0.2))


async def bother(web: WebServer, session: str, heap: Iterator[Malformed]) -> int:
    """How many were answered as they should be."""
    count = 0
    for frame in heap:
        wire = await Wire.open(web, session)
        assert wire.status == 101
        await heard(wire, "hello")
        count += await bother_one(wire, frame, heap)
        wire.writer.close()
    return count


async def bother_one(wire: Wire, frame: Malformed, heap: Iterator[Malformed]) -> int:
    """One after the other, until the link is closed for it."""
    for count in range(1, PROTOCOL_FAULTS_BORNE + 1):
        wire.writer.write(frame.data)
        if frame.closes_with is not None:
            # A reset for what was still coming may overtake the close.
            codes = {frame.closes_with, *([HUNG_UP] if len(frame.data) > LIMIT else [])}
            assert await wire.close_code() in codes, frame.data[:100]
            return count
        error = await heard(wire, "error")
        assert error["code"] in CODES, (frame.said[:500], error)
        assert "Zebra" not in json.dumps(error)
        if count < PROTOCOL_FAULTS_BORNE and (following := next(heap, None)) is None:
            return count
        frame = following or frame
    assert await wire.close_code() == 4400
    return PROTOCOL_FAULTS_BORNE


@dataclass
class Forgetful(Sender):
    """One of five acknowledgements never reaches it."""

    patience_seconds: float = 0.5
    dropped: int = 0

    async def take(self, frame: dict[str, Any]) -> None:
        if frame["t"] == "ack" and self.chance.random() < 0.2:
            self.dropped += 1
            return
        await super().take(frame)


async def test_one_of_five_acknowledgements_is_lost(request: pytest.FixtureRequest) -> None:
    """F21: they say it again with the same key, and it stands there once."""
    with either(request) as house:
        webs = [house.webs] * 8
        async with company(house, senders=webs, listeners=webs, sender=Forgetful) as them:
            await them.say(40)
            assert sum(one.dropped for one in them.senders if isinstance(one, Forgetful)) > 30
            await them.agree()
