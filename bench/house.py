"""PostgreSQL and Redis of one run, shared by all that is measured, one after the other.

Every subject begins with a database as new: a copy of one that was prepared once.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from types import TracebackType
from typing import Any, Self

import psycopg
from psycopg import sql

from tests.servers.postgres_server import PostgresServer
from tests.servers.redis_server import RedisServer
from tests.servers.web_server import WebServer

Prepare = Callable[[str], dict[str, Any]]
MIGRATED = "migrated"


class House:
    """PostgreSQL keeps what it acknowledges: it waits for the disk, as an installation does."""

    def __init__(self) -> None:
        self._ending = ExitStack()
        self._prepared: dict[str, dict[str, Any]] = {}

    def __enter__(self) -> Self:
        self.postgres = self._ending.enter_context(PostgresServer(durable=True))
        self.redis = self._ending.enter_context(RedisServer())
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ending.close()

    @property
    def pids(self) -> list[int]:
        """The parents; PostgreSQL forks a process for each connection."""
        return [server.child.pid for server in (self.postgres, self.redis) if server.child]

    @contextmanager
    def stage(self, name: str, *words: str) -> Iterator[tuple[str, dict[str, Any]]]:
        """The address of a new database, and what ``python -m bench.staging`` put into it."""

        def prepare(url: str) -> dict[str, Any]:
            return self._staged(url, words)

        with self.copied(name, prepare, of=self._migrated()) as copy:
            yield copy

    @contextmanager
    def copied(self, name: str, prepare: Prepare, *, of: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
        """Prepared the first time it is asked for; what is done to a copy of it is gone afterwards."""
        told = self._prepare(name, prepare, of=of)
        self._create("measured", of=name)
        self.redis.flush()
        try:
            yield self.postgres.url("measured"), told
        finally:
            self.postgres.drop_database("measured")

    def prepared(self, name: str, *words: str) -> tuple[str, dict[str, Any]]:
        """The same without a copy: for what is only read, and large."""
        self._prepare(name, lambda url: self._staged(url, words), of=self._migrated())
        return self.postgres.url(name), self._prepared[name]

    def _migrated(self) -> str:
        def migrate(url: str) -> dict[str, Any]:
            self._run(url, "manage.py", "migrate", "--verbosity", "0")
            return {}

        self._prepare(MIGRATED, migrate)
        return MIGRATED

    def _prepare(self, name: str, prepare: Prepare, *, of: str = "") -> dict[str, Any]:
        if name not in self._prepared:
            self.postgres.drop_database(name)  # half of one, if it failed before
            self._create(name, of=of)
            self._prepared[name] = prepare(self.postgres.url(name))
            with psycopg.connect(self.postgres.url(name), autocommit=True) as connection:
                connection.execute("VACUUM ANALYZE")  # as the database does by itself in its time
        return self._prepared[name]

    def _staged(self, url: str, words: tuple[str, ...]) -> dict[str, Any]:
        told: dict[str, Any] = json.loads(self._run(url, "-m", "bench.staging", *words))
        return told

    def _run(self, url: str, *words: str) -> str:
        web = WebServer({"DATABASE_URL": url, "REDIS_URL": self.redis.url})
        try:
            return web.run(*words)
        finally:
            web.close()

    def _create(self, name: str, *, of: str) -> None:
        words = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        with psycopg.connect(self.postgres.url(), autocommit=True) as connection:
            connection.execute(words.format(sql.Identifier(name), sql.Identifier(of or "template0")))
