"""Rings between processes over a real Redis, whatever happens to it (F4-F7, F40)."""

import asyncio
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from channels_redis.pubsub import RedisPubSubChannelLayer

from dialogue.realtime.doorbell import Doorbell
from dialogue.realtime.notices import Bells, Writer
from tests.servers.redis_server import RedisServer

pytestmark = [pytest.mark.postgres_only, pytest.mark.faults]
ROOM = "room:steppe"
COMES_BACK_SECONDS = 15.0


class Process:
    """Another process's half: what it heard, and its own bell."""

    def __init__(self, redis: RedisServer) -> None:
        def layer() -> Any:
            return RedisPubSubChannelLayer(hosts=[{"address": redis.url, "socket_timeout": None}])

        self.rings: list[tuple[str, int]] = []
        self.kicks: list[list[int]] = []
        self.writers: list[Writer] = []
        self.here: list[dict[str, list[int]]] = []
        self.bell = Doorbell(make_layer=layer)
        self.bell.listen(
            Bells(
                ring=lambda *ring: self.rings.append(ring),
                kick=self.kicks.append,
                writes=self.writers.append,
                here=lambda _process, streams: self.here.append(streams),
            )
        )


def until(true: Callable[[], bool], *, within: float = 3.0) -> float:
    began = time.monotonic()
    while not true():
        assert time.monotonic() - began < within, "did not happen in time"
        time.sleep(0.01)
    return time.monotonic() - began


def hears(one: Process, other: Process, position: int, *, within: float = COMES_BACK_SECONDS) -> float:
    """Ring until it is heard: a lost ring is nothing, staying deaf would be."""
    began = time.monotonic()
    while (ROOM, position) not in other.rings:
        assert time.monotonic() - began < within, "stayed deaf"
        one.bell.ring({ROOM: position})
        time.sleep(0.1)
    return time.monotonic() - began


@pytest.fixture(scope="module")
def redis() -> Iterator[RedisServer]:
    with RedisServer() as server:
        yield server


@pytest.fixture
def two(redis: RedisServer) -> Iterator[tuple[Process, Process]]:
    one, other = Process(redis), Process(redis)
    until(lambda: one.bell.is_hearing and other.bell.is_hearing)
    yield one, other
    one.bell.close()
    other.bell.close()


def test_rings_and_kicks_are_heard_by_all(two: tuple[Process, Process]) -> None:
    one, other = two
    one.bell.ring({ROOM: 5, "room:lake": 2})
    one.bell.kick([3, 1])
    assert until(lambda: len(other.rings) == 2 and len(other.kicks) == 1) < 1.0
    assert sorted(other.rings) == [("room:lake", 2), (ROOM, 5)]
    assert other.kicks == [[1, 3]]
    assert until(lambda: one.kicks == [[1, 3]]) < 1.0


def test_what_one_told_oneself_is_heard_by_the_others_alone(two: tuple[Process, Process]) -> None:
    one, other = two
    one.bell.tell_writes((ROOM, "thread", 7))
    one.bell.tell_here({ROOM: [7, 8], "room:lake": []})
    one.bell.ring({ROOM: 5})
    assert until(lambda: other.here != [] and other.rings != []) < 1.0
    one.bell.kick([1])
    assert until(lambda: one.kicks != []) < 1.0
    assert other.writers == [(ROOM, "thread", 7)]
    assert other.here == [{ROOM: [7, 8], "room:lake": []}]
    assert (one.rings, one.writers, one.here) == ([], [], [])


def test_an_idle_subscription_lives(two: tuple[Process, Process]) -> None:
    one, other = two
    time.sleep(7.0)
    one.bell.ring({ROOM: 1})
    assert until(lambda: other.rings == [(ROOM, 1)]) < 1.0
    assert one.bell.failures == other.bell.failures == 0


def test_a_killed_redis_that_comes_back_is_heard_again(
    redis: RedisServer, two: tuple[Process, Process]
) -> None:
    one, other = two
    redis.kill()
    began = time.monotonic()
    for position in range(200):
        one.bell.ring({ROOM: position})
    assert time.monotonic() - began < 0.5
    until(lambda: one.bell.failures > 0)
    redis.start()
    hears(one, other, 1_000)
    hears(other, one, 1_001)
    assert until(lambda: one.bell.is_hearing and other.bell.is_hearing, within=COMES_BACK_SECONDS) >= 0


def test_a_frozen_redis_holds_up_nobody(redis: RedisServer, two: tuple[Process, Process]) -> None:
    one, other = two
    redis.freeze()
    began = time.monotonic()
    for position in range(200):
        one.bell.ring({ROOM: position})
    assert time.monotonic() - began < 0.5
    until(lambda: not one.bell.is_hearing, within=10.0)
    redis.thaw()
    hears(one, other, 1_000)
    hears(other, one, 1_001)


def test_an_emptied_redis_is_nothing(redis: RedisServer, two: tuple[Process, Process]) -> None:
    one, other = two
    redis.flush()
    assert hears(one, other, 7) < 1.0


def test_cut_connections_are_made_anew(redis: RedisServer, two: tuple[Process, Process]) -> None:
    one, other = two
    redis.drop_clients()
    hears(one, other, 7)
    hears(other, one, 8)


def test_a_redis_that_is_not_there_at_the_start(redis: RedisServer) -> None:
    redis.kill()
    one, other = Process(redis), Process(redis)
    until(lambda: one.bell.failures > 0)
    assert not one.bell.is_hearing
    redis.start()
    hears(one, other, 3)
    one.bell.close()
    other.bell.close()


def test_rubbish_on_the_bus_is_nothing(redis: RedisServer, two: tuple[Process, Process]) -> None:
    one, other = two
    rubbish: list[dict[str, Any]] = [
        *({}, {"type": "ring"}, {"type": "kick", "people": "x"}, {"type": "echo", "of": 1}),
        *({"type": "writes", "of": "x", "writers": [1]}, {"type": "here", "of": "x", "streams": []}),
    ]
    for message in rubbish:
        send(one.bell, message)
    assert hears(one, other, 9) < 1.0


def send(bell: Doorbell, message: dict[str, Any]) -> None:
    asyncio.run_coroutine_threadsafe(bell._send(message), bell._loop).result(3)
