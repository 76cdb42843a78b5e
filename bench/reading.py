"""What a reader waits for in a long room: its pages, and catching up after an absence."""

import http.client
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median
from typing import Any

from bench.catching_up import CaughtUp
from bench.house import House
from bench.loops import HOST, Opening
from bench.measuring import CLIENTS_CPU, QUIET_SHARE, Patience, a_client, wait_for_quiet
from bench.phases import Plan
from bench.processes import ForeignLoad
from bench.subjects import a_web, headers_of

SHORT_ROOM_POSTS = 100
BEHIND_ENTRIES = 3_000  # of which the product lets a reader catch up; further behind the page is fetched anew
WARMING_REQUESTS = 3


@dataclass(frozen=True)
class Pages:
    """Milliseconds until the whole page was there, the median of so many requests in a row."""

    room_ms: float
    thread_ms: float
    is_noisy: bool


@dataclass(frozen=True)
class LongRoom:
    """Beside a short one."""

    posts: int
    long: Pages
    short: Pages


def open_pages(house: House, plan: Plan, patience: Patience) -> LongRoom:
    found = []
    for posts in (plan.long_room_posts, SHORT_ROOM_POSTS):
        with _a_room(house, posts) as (port, told):
            found.append(_pages(port, told, times=plan.opens_pages, patience=patience))
    long, short = found
    return LongRoom(plan.long_room_posts, long, short)


def catch_up(house: House, plan: Plan, patience: Patience, *, sockets: int) -> CaughtUp:
    """So many were away and ask at once."""
    with _a_room(house, plan.long_room_posts) as (port, told):
        wait_for_quiet(patience)
        return _caught_up(port, told, sockets=sockets)


@contextmanager
def _a_room(house: House, posts: int) -> Iterator[tuple[int, dict[str, Any]]]:
    """Each in a database of its own: a page also counts what is unread in other rooms."""
    url, told = house.prepared(f"posts_{posts}", "long", str(posts))
    with a_web(house, url) as web:
        yield web.port, told


def _pages(port: int, told: dict[str, Any], *, times: int, patience: Patience) -> Pages:
    """Again if others used the machine meanwhile, a few times."""
    room = f"/rooms/{told['room']}/"
    cookie = {"Cookie": f"sessionid={told['sessions'][0]}"}
    tries = 0
    while True:
        tries += 1
        wait_for_quiet(patience)
        load = ForeignLoad()
        with _processor_of_the_client():
            room_ms = _median_ms(port, room, cookie, times=times)
            thread_ms = _median_ms(port, f"{room}threads/{told['thread']}/", cookie, times=times)
        is_noisy = load.share() > QUIET_SHARE
        if not is_noisy or tries > patience.times_again:
            return Pages(room_ms, thread_ms, is_noisy)


def _median_ms(port: int, path: str, headers: dict[str, str], *, times: int) -> float:
    connection = http.client.HTTPConnection(HOST, port, timeout=60)
    took = []
    for _ in range(WARMING_REQUESTS + times):
        began = time.perf_counter()
        connection.request("GET", path, headers=headers)
        response = connection.getresponse()
        response.read()
        took.append(1000 * (time.perf_counter() - began))
        if response.status != http.HTTPStatus.OK:
            raise RuntimeError(f"a page answered {response.status}")
    connection.close()
    return median(took[WARMING_REQUESTS:])


def _caught_up(port: int, told: dict[str, Any], *, sockets: int) -> CaughtUp:
    place = {**told, "room": 0, "position": told["position"] - BEHIND_ENTRIES, "awaited": BEHIND_ENTRIES}
    opening = Opening(
        ports=[port],
        dialect="dialogue_later",
        sockets=sockets,
        places=[place],
        headers=headers_of(told["sessions"]),
        cpu=CLIENTS_CPU,
    )
    with a_client("bench.catching_up") as client:
        return CaughtUp(**client.ask(opening))


@contextmanager
def _processor_of_the_client() -> Iterator[None]:
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {CLIENTS_CPU})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)
