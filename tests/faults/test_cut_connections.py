"""F16: all database connections are cut, or the database is away: the pool heals without being waited for."""

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import OperationalError, connection

from platform_site.postgres.base import DatabaseWrapper
from tests.servers.postgres_server import PostgresServer

pytestmark = [pytest.mark.postgres_only, pytest.mark.faults, pytest.mark.django_db(transaction=True)]
POOLED = 12


@pytest.fixture
def idle() -> None:
    """As after an hour of load: many connections wait in the pool."""
    fill(connection)


@pytest.fixture
def away() -> Iterator[tuple[PostgresServer, DatabaseWrapper]]:
    """A database of its own, which may go away without harming other tests."""
    with PostgresServer() as server:
        address = {"NAME": "postgres", "PORT": server.port, "PASSWORD": server.password}
        database = DatabaseWrapper({**connection.settings_dict, **address}, "away")
        fill(database)
        yield server, database
        database.close_pool()


def cut(postgres_server: PostgresServer) -> None:
    postgres_server.cut_connections(str(connection.settings_dict["NAME"]))


def ask() -> float:
    """How long a question takes from a thread that has no connection yet."""
    began = time.monotonic()
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    finally:
        connection.close()
    return time.monotonic() - began


def test_one_who_asks_does_not_meet_every_dead_connection(
    idle: None, postgres_server: PostgresServer
) -> None:
    cut(postgres_server)
    assert ask() < 3.0


def test_many_who_ask_at_once_are_all_answered(idle: None, postgres_server: PostgresServer) -> None:
    cut(postgres_server)
    with ThreadPoolExecutor(2 * POOLED) as threads:
        took = list(threads.map(lambda _turn: ask(), range(10 * POOLED)))
    assert max(took) < 3.0


def test_cut_again_and_again_nothing_is_lost_from_the_pool(
    idle: None, postgres_server: PostgresServer
) -> None:
    for _turn in range(3):
        cut(postgres_server)
        assert ask() < 3.0
    fill(connection)


def test_after_an_outage_it_is_found_again_at_once(away: tuple[PostgresServer, DatabaseWrapper]) -> None:
    server, database = away
    is_back, found = threading.Event(), threading.Event()

    def keep_asking() -> None:
        """Like the hub, which asks every two seconds whatever happened before."""
        mine = DatabaseWrapper(database.settings_dict, "away")
        while not found.is_set():
            try:
                mine.ensure_connection()
                mine.close()
                if is_back.is_set():
                    found.set()
            except OperationalError:
                mine.connection = None
            time.sleep(0.3)

    server.kill()
    with ThreadPoolExecutor(3) as threads:
        for _thread in range(3):
            threads.submit(keep_asking)
        time.sleep(17.0)
        server.start()
        is_back.set()
        was_found = found.wait(5.0)
        found.set()
    assert was_found


def fill(database: Any) -> None:
    database.ensure_connection()
    database.close()
    held = [database.pool.getconn(timeout=5) for _ in range(POOLED)]
    for one in held:
        database.pool.putconn(one)
