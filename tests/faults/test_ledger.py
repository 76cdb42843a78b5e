"""5,000 acknowledged posts from 16 senders to 40 receivers while everything breaks: nothing is lost."""

import asyncio
import json
import random
from typing import Any

import pytest

from tests.faults.client import Listener, Sender
from tests.faults.installation import Installation
from tests.faults.oracle import faults_of
from tests.faults.seed import chance_of_this_run
from tests.servers.redis_server import RedisServer

# Whoever sends receives as well: 16 of the 40 do both, 24 only listen. 200,000 deliveries and more.
SENDERS, RECEIVERS, POSTS = 16, 40, 5_000
pytestmark = [pytest.mark.faults, pytest.mark.timeout(600)]


@pytest.mark.postgres_only
async def test_nothing_is_lost_with_two_processes(two: Installation) -> None:
    await keep_a_ledger(two)


@pytest.mark.sqlite_only
async def test_nothing_is_lost_on_the_embedded_default(alone: Installation) -> None:
    await keep_a_ledger(alone)


async def keep_a_ledger(installation: Installation) -> None:
    chance = chance_of_this_run()
    web = installation.webs[0]
    stage = json.loads(web.run("-m", "tests.faults", "set", str(SENDERS)))
    senders, listeners = seats(installation, stage, chance)
    listening = [asyncio.create_task(one.listen()) for one in [*senders, *listeners]]
    breaking = asyncio.create_task(break_things(installation, [*senders, *listeners], chance))
    cutting = asyncio.create_task(keep_cutting([*senders, *listeners], chance))
    shares = [[f"{n}/{i}" for i in range(POSTS // SENDERS + (n < POSTS % SENDERS))] for n in range(SENDERS)]
    telling = asyncio.create_task(tell_progress(senders))
    await asyncio.gather(
        *(sender.send_all(share, pause_seconds=0.06) for sender, share in zip(senders, shares, strict=True))
    )
    telling.cancel()
    cutting.cancel()
    await breaking
    ledger = json.loads(await asyncio.to_thread(web.run, "-m", "tests.faults", "read", stage["stream"]))
    await everybody_heard([*senders, *listeners], ledger[-1]["position"])
    for task in listening:
        task.cancel()
    acked = sum(len(sender.acked) for sender in senders)
    print(f"acked {acked}, deliveries {sum(len(one.applied) for one in [*senders, *listeners])}")
    assert acked == POSTS
    assert faults_of(ledger, senders, listeners, since=stage["position"]) == []


def seats(
    installation: Installation, stage: dict[str, Any], chance: random.Random
) -> tuple[list[Sender], list[Listener]]:
    webs = installation.webs

    def somewhere() -> str:
        return chance.choice(webs).address

    def seat(session: str) -> dict[str, Any]:
        place = {"stream": stage["stream"], "epoch": stage["epoch"], "last": stage["position"]}
        return {"address": somewhere, "session": session, "chance": random.Random(chance.random()), **place}

    sessions = stage["sessions"]
    senders = [Sender(**seat(session), thread=stage["thread"]) for session in sessions]
    listeners = [Listener(**seat(sessions[n % len(sessions)])) for n in range(RECEIVERS - SENDERS)]
    return senders, listeners


async def break_things(installation: Installation, clients: list[Listener], chance: random.Random) -> None:
    """Each fault at least once, in a seeded order, while posts are being sent."""
    for fault in chance.sample(["web", "sockets", "redis", "sockets", "flush"], 5):
        await asyncio.sleep(2 + chance.random())
        match fault, installation.redis:
            case "web", _:
                web = chance.choice(installation.webs)
                await asyncio.to_thread(web.kill)
                await asyncio.sleep(0.5)
                await asyncio.to_thread(web.start)
            case "redis", RedisServer() as redis:
                await asyncio.to_thread(redis.kill)
                await asyncio.sleep(1)
                await asyncio.to_thread(redis.start)
            case "flush", RedisServer() as redis:
                await asyncio.to_thread(redis.flush)
                await asyncio.to_thread(redis.drop_clients)
            case _:
                for client in chance.sample(clients, len(clients) // 2):
                    client.cut()


async def keep_cutting(clients: list[Listener], chance: random.Random) -> None:
    """Links fail all the time; and who fled from a killed process spreads over all of them again."""
    while True:
        await asyncio.sleep(4 + chance.random())
        for client in chance.sample(clients, len(clients) // 5):
            client.cut()


async def tell_progress(senders: list[Sender]) -> None:
    """So that a run which stands still can be told from a slow one."""
    while True:
        await asyncio.sleep(10)
        print(f"acked {sum(len(sender.acked) for sender in senders)}", flush=True)


async def everybody_heard(clients: list[Listener], head: int) -> None:
    async with asyncio.timeout(60):
        await asyncio.gather(*(client.reach(head) for client in clients))
