"""Web processes for the faults to happen to, with the database and the Redis they share."""

import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

import psycopg
import pytest
from django.db import connection
from psycopg import sql

from tests.servers.postgres_server import PostgresServer
from tests.servers.redis_server import RedisServer
from tests.servers.web_server import WebServer

MIGRATED = "migrated"


class BreakableWeb(WebServer):
    """The same process, which does what ``tests.faults.breaking`` reads in its environment."""

    def command(self) -> list[str]:
        return [sys.executable, "-m", "tests.faults.breaking", "serve", "--port", str(self.port)]

    def break_at(self, what: str) -> None:
        """From the next start on; nothing breaks after ``""``."""
        self.environment["BREAKS"] = what

    def fill_layer(self, *, full: bool) -> None:
        sign = self.folder / "full"
        if full:
            sign.touch()
        else:
            sign.unlink()


@dataclass
class Installation:
    """``redis`` stands between the processes, if there is more than one."""

    webs: list[BreakableWeb]
    redis: RedisServer | None = None


@contextmanager
def embedded(environment: Mapping[str, str] = MappingProxyType({})) -> Iterator[Installation]:
    with ExitStack() as ending:
        web = BreakableWeb(environment)
        (web.folder / "dialogue.sqlite3").write_bytes(_migrated_file())
        yield Installation([ending.enter_context(web)])


@contextmanager
def full(
    postgres_server: PostgresServer,
    name: str,
    environment: Mapping[str, str] = MappingProxyType({}),
    *,
    processes: int = 2,
) -> Iterator[Installation]:
    """The database of that name is there as long as this lasts."""
    _migrated_database(postgres_server)
    _create_alike(postgres_server, name)
    with ExitStack() as ending:
        ending.callback(postgres_server.drop_database, name)
        redis = ending.enter_context(RedisServer())
        places = {"DATABASE_URL": postgres_server.url(name), "REDIS_URL": redis.url}
        webs = [BreakableWeb({**places, **environment}) for _ in range(processes)]
        for web in webs:
            ending.enter_context(web)
        yield Installation(webs, redis)


@contextmanager
def either(
    request: pytest.FixtureRequest,
    environment: Mapping[str, str] = MappingProxyType({}),
    *,
    processes: int = 2,
) -> Iterator[Installation]:
    """On the database of the run; on SQLite there is one process."""
    if connection.vendor == "sqlite":
        with embedded(environment) as house:
            yield house
        return
    server: PostgresServer = request.getfixturevalue("postgres_server")
    with full(server, "either", environment, processes=processes) as house:
        yield house


@cache
def _migrated_file() -> bytes:
    """Every scenario starts from an empty database, and migrating one takes seconds."""
    web = BreakableWeb({})
    try:
        web.manage("migrate", "--verbosity", "0")
        return (web.folder / "dialogue.sqlite3").read_bytes()
    finally:
        web.close()


@cache
def _migrated_database(postgres_server: PostgresServer) -> None:
    web = BreakableWeb({"DATABASE_URL": postgres_server.create_database(MIGRATED)})
    try:
        web.manage("migrate", "--verbosity", "0")
    finally:
        web.close()


def _create_alike(postgres_server: PostgresServer, name: str) -> None:
    statement = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
    with psycopg.connect(postgres_server.url(), autocommit=True) as session:
        session.execute(statement.format(sql.Identifier(name), sql.Identifier(MIGRATED)))
