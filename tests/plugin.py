"""Loaded before Django: chooses the database of the run by ``DIALOGUE_TEST_DB``.

``sqlite``: the embedded default. ``postgres``: a PostgreSQL and a Redis of our own, started here
and gone at the end. Not set: whatever DATABASE_URL and REDIS_URL say. Files of a run never
land in var/, where the demo keeps its data.
"""

import atexit
import os
import shutil
import tempfile
from collections.abc import Generator
from contextlib import ExitStack

import pytest

from tests.servers.postgres_server import PostgresServer
from tests.servers.redis_server import RedisServer

CHOICE = "DIALOGUE_TEST_DB"
ending = ExitStack()
running: dict[str, PostgresServer | RedisServer] = {}


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests() -> Generator[None]:
    """A wrapper, because pytest-django reads the settings in this hook and asks to be first."""
    # Not pytest_unconfigure: that is not called when Django does not start.
    atexit.register(ending.close)
    _keep_files_apart()
    choice = os.environ.get(CHOICE)
    if choice == "sqlite":
        os.environ.pop("DATABASE_URL", None)
        os.environ.pop("REDIS_URL", None)
    elif choice == "postgres":
        _start_servers()
    elif choice:
        raise pytest.UsageError(f"{CHOICE} is sqlite or postgres, not {choice!r}")
    yield


# What a page looks like, how the story reads and what is no frame at all does not depend on the database.
SHOWN_ON_SQLITE = (
    *("_page.py", "_table.py", "_fields.py", "_drawn.py", "_handshake.py"),
    *("test_story", "test_what_cannot_be_read", "tests/architecture/"),
)
# Every route by everybody is long; once is enough, and PostgreSQL is the stricter one.
SHOWN_ON_POSTGRES = "tests/matrix/"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if os.environ.get("DATABASE_URL", "").startswith("postgres"):
        _leave_out(config, items, [item for item in items if _is_shown_on_sqlite(item)])
        return
    if _is_one_of_two_runs(config, "sqlite"):
        _leave_out(config, items, [item for item in items if _is_shown_on_postgres(item)])
    skip = pytest.mark.skip(reason="needs PostgreSQL and Redis: DIALOGUE_TEST_DB=postgres")
    for item in items:
        if item.get_closest_marker("postgres_only"):
            item.add_marker(skip)


def _is_one_of_two_runs(config: pytest.Config, choice: str) -> bool:
    """`make test` without a choice of tests; whoever names a file gets all of it."""
    return os.environ.get(CHOICE) == choice and config.args == ["tests"]


def _is_shown_on_sqlite(item: pytest.Item) -> bool:
    if not _is_one_of_two_runs(item.config, "postgres"):
        return False
    has_database = {"db", "transactional_db", "django_db_setup"} & set(getattr(item, "fixturenames", ()))
    needs_more = any(item.get_closest_marker(name) for name in ("postgres_only", "browser", "faults"))
    marked = item.get_closest_marker("django_db") is not None
    is_pure = not (has_database or marked or needs_more)
    return is_pure or (not needs_more and any(part in item.nodeid for part in SHOWN_ON_SQLITE))


def _is_shown_on_postgres(item: pytest.Item) -> bool:
    return item.nodeid.startswith(SHOWN_ON_POSTGRES) and not any(
        part in item.nodeid for part in SHOWN_ON_SQLITE
    )


def _leave_out(config: pytest.Config, items: list[pytest.Item], spared: list[pytest.Item]) -> None:
    if spared:
        items[:] = [item for item in items if item not in set(spared)]
        config.hook.pytest_deselected(items=spared)


def _start_servers() -> None:
    postgres = ending.enter_context(PostgresServer())
    redis = ending.enter_context(RedisServer())
    running.update(postgres=postgres, redis=redis)
    os.environ["DATABASE_URL"] = postgres.url("dialogue")
    os.environ["REDIS_URL"] = redis.url
    postgres.create_database("dialogue")


def _keep_files_apart() -> None:
    folder = tempfile.mkdtemp(prefix="dialogue-var-")
    ending.callback(shutil.rmtree, folder, ignore_errors=True)
    os.environ["VAR_DIR"] = folder
