"""F16: all database connections are cut, and nobody waits for the pool to find out one by one."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from tests.servers.postgres_server import PostgresServer

pytestmark = [pytest.mark.postgres_only, pytest.mark.faults, pytest.mark.django_db(transaction=True)]
POOLED = 12


@pytest.fixture
def idle() -> None:
    """As after an hour of load: many connections wait in the pool."""
    connection.ensure_connection()
    connection.close()
    held = [connection.pool.getconn() for _ in range(POOLED)]  # type: ignore[attr-defined]
    for one in held:
        connection.pool.putconn(one)  # type: ignore[attr-defined]


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
    held = [connection.pool.getconn(timeout=5) for _ in range(POOLED)]  # type: ignore[attr-defined]
    for one in held:
        connection.pool.putconn(one)  # type: ignore[attr-defined]
