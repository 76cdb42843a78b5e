"""F22, F23, F35: what pages may say twice, against each other, or of places that cannot be."""

import asyncio
import json
import random
import uuid
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import Any
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import Request, urlopen

import pytest
from websockets.asyncio.client import ClientConnection

from tests.faults.installation import Installation, either
from tests.faults.seed import chance_of_this_run
from tests.realtime.pages import Stage, hear, join, socket_of
from tests.servers.web_server import WebServer

pytestmark = [pytest.mark.faults, pytest.mark.long, pytest.mark.timeout(180)]
ROUNDS = 30


@dataclass
class Town:
    house: Installation
    stage: Stage
    chance: random.Random

    def key(self) -> str:
        return str(uuid.UUID(int=self.chance.getrandbits(128), version=4))

    def post(self, key: str, body: str) -> Stage:
        about = {"stream": self.stage["stream"], "thread": self.stage["thread"]}
        return {"t": "post", "key": key, "body": body, "lang": "en", **about}

    async def kept(self) -> list[Stage]:
        """The posts of the ledger, whose positions have neither gap nor repeat."""
        ledger: list[Stage] = json.loads(
            await asyncio.to_thread(
                self.house.webs[0].run, "-m", "tests.faults", "read", self.stage["stream"]
            )
        )
        assert [row["position"] for row in ledger] == list(range(1, len(ledger) + 1))
        return [row for row in ledger if row["kind"] == "post.added" and row["body"] != "Begin"]


@pytest.fixture
def town(request: pytest.FixtureRequest) -> Iterator[Town]:
    """On either database; two processes where there can be two."""
    with either(request) as house:
        stage = json.loads(house.webs[0].run("-m", "tests.faults", "set", "2"))
        yield Town(house, stage, chance_of_this_run())


async def ask(socket: ClientConnection, frame: Stage) -> Stage:
    """The acknowledgement or the error for this key, which is answered in small letters."""
    key = frame["key"].lower()
    await socket.send(json.dumps(frame))
    async with asyncio.timeout(15):
        while True:
            said: Stage = json.loads(await socket.recv())
            if key in (said.get("key"), said.get("ref")):
                return said


@asynccontextmanager
async def tabs(town: Town, *persons: int) -> AsyncIterator[list[ClientConnection]]:
    """A socket for each that reads the room, spread over the processes."""
    webs, sessions = town.house.webs, town.stage["sessions"]
    async with AsyncExitStack() as ending:
        sockets = [
            await ending.enter_async_context(socket_of(webs[n % len(webs)], sessions[person]))
            for n, person in enumerate(persons)
        ]
        for socket in sockets:
            await join(socket, town.stage)
        yield sockets


async def test_a_key_is_answered_alike_for_ever(town: Town) -> None:
    """F22: also by another process, after a crash, and to nobody else."""
    key = town.key()
    async with tabs(town, 0, 0, 1) as (one, other, stranger):
        first = await ask(one, town.post(key, "first"))
        assert first["t"] == "ack", first
        for socket in (one, other):
            assert await ask(socket, town.post(key, "first")) == first
            assert await ask(socket, town.post(key.upper(), "first")) == first
            reused = await ask(socket, town.post(key, "another"))
            assert (reused["t"], reused["code"], reused["retry"]) == ("error", "key_reused", False)
        theirs = await ask(stranger, town.post(key, "another's"))
        assert theirs["t"] == "ack"
        assert theirs["id"] != first["id"]
    for web in town.house.webs:
        web.kill()
        await asyncio.to_thread(web.start)
    async with tabs(town, 0) as (one,):
        assert await ask(one, town.post(key, "first")) == first
        assert (await ask(one, town.post(key, "another")))["code"] == "key_reused"
    assert [(row["body"], row["position"], row["post"]) for row in await town.kept()] == [
        ("first", first["position"], first["id"]),
        ("another's", theirs["position"], theirs["id"]),
    ]


async def test_two_tabs_press_send_at_once(town: Town) -> None:
    """F23: one post, and both are told of that one."""
    sent = {}
    async with tabs(town, 0, 0, 0, 0) as sockets:
        for turn in range(ROUNDS):
            frame = town.post(town.key(), f"turn {turn}")
            answers = await asyncio.gather(*(ask(socket, frame) for socket in sockets))
            assert answers[0]["t"] == "ack"
            assert all(answer == answers[0] for answer in answers)
            sent[frame["body"]] = answers[0]
    kept = {row["body"]: row for row in await town.kept()}
    assert list(kept) == list(sent)
    assert len(await town.kept()) == ROUNDS
    for body, row in kept.items():
        assert (row["position"], row["post"]) == (sent[body]["position"], sent[body]["id"])


async def test_two_tabs_say_different_things_with_one_key(town: Town) -> None:
    """F23 with F22: the first to come is kept, the other is told so and nothing of it stands."""
    won = []
    async with tabs(town, 0, 0) as sockets:
        for turn in range(ROUNDS):
            key = town.key()
            frames = [town.post(key, f"{turn} of tab {tab}") for tab in range(len(sockets))]
            town.chance.shuffle(frames)
            answers = await asyncio.gather(
                *(ask(socket, frame) for socket, frame in zip(sockets, frames, strict=True))
            )
            pairs = list(zip(answers, frames, strict=True))
            won += [
                (frame["body"], answer["position"], answer["id"])
                for answer, frame in pairs
                if answer["t"] == "ack"
            ]
            assert len(won) == turn + 1
            assert [one["code"] for one in answers if one["t"] == "error"] == ["key_reused"]
    assert [(row["body"], row["position"], row["post"]) for row in await town.kept()] == won


async def test_impossible_positions_are_answered_and_harm_nobody(town: Town) -> None:
    """F35: over the socket."""
    stage, web = town.stage, town.house.webs[0]
    head, far = stage["position"], 2**63 - 1
    async with tabs(town, 0, 1) as (wrong, right):
        for epoch, since, reason in (
            *((stage["epoch"], since, "ahead") for since in (head + 1, head + 10**6, far)),
            *(("another", since, "other_epoch") for since in (0, head, far)),
        ):
            await subscribe(wrong, stage, epoch=epoch, since=since)
            reset = await hear(wrong, "reset")
            assert (reset["reason"], reset["epoch"], reset["position"]) == (reason, stage["epoch"], head)
        # One more would end the socket: four wrong frames in a minute are borne.
        for since in (-1, far + 1, 2**70, "1"):
            await subscribe(wrong, stage, epoch=stage["epoch"], since=since)
            assert (await hear(wrong, "error"))["code"] == "bad_frame"
        await join(wrong, stage)
        for position in (head + 10**6, far, 0):
            await wrong.send(json.dumps({"t": "got", "positions": {stage["stream"]: position, "room:no": 1}}))
        done = await ask(wrong, town.post(town.key(), "still here"))
        assert done["t"] == "ack"
        for socket in (right, wrong):
            await subscribe(socket, stage, epoch=stage["epoch"], since=head)
            page = await hear(socket, "entries")
            places = [entry["position"] for entry in page["entries"]]
            assert places == list(range(head + 1, done["position"] + 1))
    log = web.log.read_text()
    assert log.count("place.ahead") == 3, "whoever watches is told of each place above the head"
    assert "failed" not in log


async def test_impossible_positions_over_http(town: Town) -> None:
    """F35: the same without a socket."""
    stage, web = town.stage, town.house.webs[-1]
    head, far = stage["position"], 2**63 - 1
    assert (await poll(web, stage, head))[0] == 200
    for after in (head + 1, far):
        status, told = await poll(web, stage, after)
        assert (status, [frame["reason"] for frame in told["frames"]]) == (200, ["ahead"])
    for after in ("-1", far + 1, 2**70, "1.5", "x", "", "٣"):
        assert (await poll(web, stage, after))[0] == 400
    assert "Traceback" not in web.log.read_text()


async def subscribe(socket: ClientConnection, stage: Stage, **place: object) -> None:
    await socket.send(json.dumps({"t": "subscribe", "stream": stage["stream"], **place}))


async def poll(web: WebServer, stage: Stage, after: object) -> tuple[int, dict[str, Any]]:
    place = f"epoch={stage['epoch']}&after={quote(str(after))}"
    address = f"{web.address}/streams/{stage['stream']}/entries?{place}"
    asked = Request(address, headers={"Cookie": f"sessionid={stage['sessions'][0]}"})  # noqa: S310 — ours

    def open_it() -> tuple[int, dict[str, Any]]:
        try:
            with urlopen(asked, timeout=10) as answer:  # noqa: S310 — our own process
                return answer.status, json.load(answer)
        except HTTPError as refused:
            return refused.code, json.load(refused)

    return await asyncio.to_thread(open_it)
