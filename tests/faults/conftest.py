"""The house that most scenarios break."""

from collections.abc import Iterator

import pytest

from tests.faults.installation import Installation, embedded, full
from tests.servers.postgres_server import PostgresServer


@pytest.fixture
def alone() -> Iterator[Installation]:
    """The embedded default: one process on SQLite."""
    with embedded() as house:
        yield house


@pytest.fixture
def two(postgres_server: PostgresServer) -> Iterator[Installation]:
    """Two processes on PostgreSQL and Redis."""
    with full(postgres_server, "two") as house:
        yield house
