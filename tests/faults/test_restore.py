"""F36: a backup is put back while people are there: positions mean something else, all start anew."""

import asyncio
import json
import sqlite3
import uuid
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, closing
from pathlib import Path
from typing import Any

import pytest

from tests.faults.company import until
from tests.faults.ears import Ear, ear
from tests.faults.hand import Hand
from tests.faults.installation import Installation

pytestmark = [pytest.mark.faults, pytest.mark.long, pytest.mark.timeout(180)]
KEPT, LOST = 12, 9
NOTICED_SECONDS = 5.0
Place = dict[str, Any]


def stage_of(house: Installation) -> Place:
    stage: Place = json.loads(house.webs[0].run("-m", "tests.faults", "set", "2"))
    return stage


@asynccontextmanager
async def pages(house: Installation, stage: Place, place: Place) -> AsyncIterator[list[Ear]]:
    """One at each process."""
    async with AsyncExitStack() as ending:
        session = stage["sessions"][1]
        yield [await ending.enter_async_context(ear(web, session, place)) for web in house.webs]


def frame_of(stage: Place, body: str) -> Place:
    about = {"stream": stage["stream"], "thread": stage["thread"], "lang": "en"}
    return {"t": "post", "key": str(uuid.uuid4()), "body": body, **about}


async def say(writer: Ear, frames: list[Place]) -> list[Place]:
    done = [await writer.ask_again(frame) for frame in frames]
    assert {each["t"] for each in done} == {"ack"}
    return done


def was_reset(one: Ear) -> bool:
    return any(frame["t"] == "reset" for frame in one.heard)


def see_reset(ears: list[Ear], *, epoch: str) -> None:
    for one in ears:
        (reset,) = [frame for frame in one.heard if frame["t"] == "reset"]
        assert (reset["reason"], reset["epoch"]) == ("other_epoch", epoch)
        assert {entry["epoch"] for entry in one.entries} <= {one.place["epoch"]}


@pytest.mark.postgres_only
@pytest.mark.parametrize("lost", [LOST, 0])
async def test_pages_that_are_open_start_anew(two: Installation, lost: int) -> None:
    """The processes go on; only the ledger is another one from one moment to the next.

    Also when it has come as far again: then nothing but its epoch tells.
    """
    stage = await asyncio.to_thread(stage_of, two)
    with Hand(two.webs[0]) as hand:
        async with (
            pages(two, stage, stage) as ears,
            ear(two.webs[0], stage["sessions"][0], stage) as writer,
        ):
            done = await say(writer, [frame_of(stage, f"before {n}") for n in range(KEPT + lost)])
            await until(lambda: all(len(one.entries) >= KEPT + lost for one in ears))
            kept = done[KEPT - 1]["position"]
            told = await asyncio.to_thread(lambda: hand.do("restore", stream=stage["stream"], position=kept))
            await until(lambda: all(was_reset(one) for one in [*ears, writer]), seconds=NOTICED_SECONDS)
            see_reset(ears, epoch=told["epoch"])
            await go_on(two, stage, {**stage, "epoch": told["epoch"], "position": kept})


@pytest.mark.sqlite_only
async def test_whoever_comes_back_after_a_restore_starts_anew(alone: Installation, tmp_path: Path) -> None:
    """A copy of the file is put back. What was lost with it may be said again with the same keys."""
    (web,) = alone.webs
    stage = await asyncio.to_thread(stage_of, alone)
    ledger, backup = web.folder / "dialogue.sqlite3", tmp_path / "backup.sqlite3"
    async with pages(alone, stage, stage) as ears, ear(web, stage["sessions"][0], stage) as writer:
        done = await say(writer, [frame_of(stage, f"before {n}") for n in range(KEPT)])
        copy(ledger, backup)
        lost = [frame_of(stage, f"lost {n}") for n in range(LOST)]
        gone = await say(writer, lost)
        web.kill()
    for name in ("", "-wal", "-shm"):
        (web.folder / f"dialogue.sqlite3{name}").unlink(missing_ok=True)
    copy(backup, ledger)
    await asyncio.to_thread(web.manage, "renew_epochs", "--yes")
    await asyncio.to_thread(web.start)
    place = {**stage, "position": done[-1]["position"]}
    async with ear_of_reset(alone, stage, ears[0], gone[-1]["position"]) as reset:
        assert (reset["reason"], reset["position"]) == ("other_epoch", place["position"])
        assert reset["epoch"] != stage["epoch"]
    place["epoch"] = reset["epoch"]
    async with ear(web, stage["sessions"][0], place) as writer:
        again = await say(writer, lost)
        assert [each["position"] for each in again] == [each["position"] for each in gone]
        assert {each["epoch"] for each in again} == {reset["epoch"]}
        assert not {each["id"] for each in again} & {each["id"] for each in gone}
    await go_on(alone, stage, {**place, "position": again[-1]["position"]})


def copy(source: Path, target: Path) -> None:
    with closing(sqlite3.connect(source)) as read, closing(sqlite3.connect(target)) as write:
        read.backup(write)


@asynccontextmanager
async def ear_of_reset(
    house: Installation, stage: Place, one: Ear, position: int
) -> AsyncIterator[dict[str, Any]]:
    """What somebody is told who comes back with the place they had."""
    session, fresh = stage["sessions"][1], {**one.place, "position": 0}
    async with ear(house.webs[0], session, fresh, waits_for="reset") as page:
        page.heard.clear()
        since = {"epoch": one.place["epoch"], "since": position}
        await page.socket.send(json.dumps({"t": "subscribe", "stream": stage["stream"], **since}))
        await until(lambda: was_reset(page))
        yield next(frame for frame in page.heard if frame["t"] == "reset")


async def go_on(house: Installation, stage: Place, place: Place) -> None:
    """From the new place everybody hears the same again, without hole or repeat."""
    async with (
        pages(house, stage, place) as ears,
        ear(house.webs[-1], stage["sessions"][0], place) as writer,
    ):
        done = await say(writer, [frame_of(stage, f"after {n}") for n in range(5)])
        first = place["position"] + 1
        assert [each["position"] for each in done] == list(range(first, first + 5))
        await until(lambda: all(len(one.entries) >= 5 for one in ears))
        for one in ears:
            assert [(entry["epoch"], entry["position"]) for entry in one.entries] == [
                (place["epoch"], position) for position in range(first, first + 5)
            ]
