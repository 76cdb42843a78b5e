"""Fixtures for every folder of tests."""

from collections.abc import Iterator
from typing import cast

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.utils import translation
from servestatic.middleware import ServeStaticMiddleware

from tests import plugin
from tests.browser.fixtures import browser as browser
from tests.browser.fixtures import enter as enter
from tests.browser.fixtures import site as site
from tests.cast import the_cast as the_cast
from tests.emptying import only_what_is_filled_is_emptied as only_what_is_filled_is_emptied
from tests.questions.checking import written_once_is_as_written_now as written_once_is_as_written_now
from tests.quick import garbage_is_looked_for_seldom as garbage_is_looked_for_seldom
from tests.quick import passwords_are_hashed_quickly as passwords_are_hashed_quickly
from tests.servers.chromium import find_chromium
from tests.servers.postgres_server import PostgresServer
from tests.servers.redis_server import RedisServer


@pytest.fixture(autouse=True)
def no_tries_yet() -> None:
    """All tests come from one address: what one of them counts must not stop the next."""
    cache.clear()


@pytest.fixture(scope="session", autouse=True)
def static_files_are_found_once() -> Iterator[None]:
    """Every test client builds the middleware anew, and looking for its files takes 30 ms each time."""
    look, found = ServeStaticMiddleware.add_files_from_finders, dict[str, object]()

    def look_once(middleware: ServeStaticMiddleware) -> None:
        if not found:
            look(middleware)
            found.update(middleware.files)
        middleware.files.update(found)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ServeStaticMiddleware, "add_files_from_finders", look_once)
        yield


@pytest.fixture(scope="session")
def postgres_server() -> PostgresServer:
    """The run's own cluster; mark the test ``postgres_only``. Databases a test makes, it drops."""
    return cast(PostgresServer, _running("postgres"))


@pytest.fixture(scope="session")
def redis_server() -> RedisServer:
    """The run's own Redis; a test that kills or freezes it leaves it running and thawed."""
    return cast(RedisServer, _running("redis"))


@pytest.fixture(scope="session")
def django_db_modify_db_settings(tmp_path_factory: pytest.TempPathFactory) -> None:
    """On SQLite a file, as in life: in memory, reading while somebody writes would be an error."""
    database = connection.settings_dict
    if connection.vendor == "sqlite":
        database["TEST"]["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")
        database["OPTIONS"]["init_command"] += " PRAGMA synchronous=OFF;"


@pytest.fixture(scope="session")
def chromium_path() -> str:
    return find_chromium()


def _running(name: str) -> object:
    if name not in plugin.running:
        pytest.skip("needs DIALOGUE_TEST_DB=postgres")
    return plugin.running[name]


@pytest.fixture(autouse=True)
def language_apart() -> None:
    """A page drawn by the test before leaves its language behind."""
    translation.activate(settings.LANGUAGE_CODE)
