"""The servers do to a test's clients what the names of their methods say."""

import psycopg
import pytest
import redis

from tests.servers.postgres_server import PostgresServer
from tests.servers.redis_server import RedisServer

pytestmark = [pytest.mark.postgres_only]


def test_a_database_survives_the_kill_of_postgres() -> None:
    with PostgresServer() as server:
        url = server.create_database("kept")
        with psycopg.connect(url) as connection:
            connection.execute("CREATE TABLE said (words text)")
            connection.execute("INSERT INTO said VALUES ('сәлем')")
        server.kill()
        assert not server.is_ready()
        server.start()
        with psycopg.connect(url) as connection:
            assert connection.execute("SELECT upper(words) FROM said").fetchone() == ("СӘЛЕМ",)


def test_cutting_connections_ends_sessions_and_not_the_server(postgres_server: PostgresServer) -> None:
    url = postgres_server.create_database("cut_me")
    connection = psycopg.connect(url)
    postgres_server.cut_connections("cut_me")
    with pytest.raises(psycopg.OperationalError):
        connection.execute("SELECT 1")
    assert postgres_server.is_ready()
    postgres_server.drop_database("cut_me")


def test_a_killed_redis_comes_back_empty() -> None:
    with RedisServer() as server:
        client = redis.Redis.from_url(server.url)
        client.set("word", "heard")
        server.kill()
        with pytest.raises(redis.ConnectionError):
            client.get("word")
        server.start()
        assert client.get("word") is None


def test_a_frozen_redis_is_silent_until_thawed() -> None:
    with RedisServer() as server:
        client = redis.Redis.from_url(server.url, socket_timeout=0.3, retry=None)
        client.set("word", "heard")
        server.freeze()
        with pytest.raises(redis.TimeoutError):
            client.get("word")
        server.thaw()
        assert redis.Redis.from_url(server.url).get("word") == b"heard"
        server.flush()
        assert redis.Redis.from_url(server.url).get("word") is None


def test_closing_leaves_neither_process_nor_folder() -> None:
    with RedisServer() as server:
        folder, child = server.folder, server.child
    assert child is not None
    assert child.poll() is not None
    assert not folder.exists()
