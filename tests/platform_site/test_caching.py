"""Whoever reads Redis finds no address; whoever writes to it runs nothing here."""

import json
import pickle
from collections.abc import Iterator

import pytest
import redis
from django.core.cache import caches
from django.core.cache.backends.redis import RedisCache
from django.test import Client, override_settings

from platform_site.caching import private_caches
from tests.servers.redis_server import RedisServer

ADDRESS = "203.0.113.77"
MAIL = "canary-8812@demo.example"


@pytest.fixture(scope="module")
def server() -> Iterator[RedisServer]:
    with RedisServer() as server:
        yield server


def everything_in(server: RedisServer) -> str:
    with redis.Redis.from_url(server.url) as client:
        found = {key: client.get(key) for key in client.scan_iter()}
    return repr(found)


@pytest.mark.django_db
def test_limits_of_tries_name_nobody(server: RedisServer) -> None:
    with override_settings(CACHES=private_caches(server.url)):
        form = {"login": MAIL, "password": "mistaken-password"}
        Client().post("/accounts/login/", form, REMOTE_ADDR=ADDRESS)
        caches["default"].close()
    kept = everything_in(server)
    assert kept != "{}"
    assert ADDRESS not in kept
    assert "canary" not in kept


def test_what_was_kept_comes_back(server: RedisServer) -> None:
    cache = cache_on(server)
    for value in ([1.5, 2.5], True, 7, "жаңа", None, {"a": [1]}):
        cache.set("name", value)
        assert cache.get("name", "nothing") == value
    cache.set("count", 1)
    assert cache.incr("count") == 2


def test_a_pickle_is_not_opened(server: RedisServer) -> None:
    cache = cache_on(server)
    with redis.Redis.from_url(server.url) as client:
        client.set(cache.make_key("name"), pickle.dumps({"run": "this"}))
    with pytest.raises((json.JSONDecodeError, UnicodeDecodeError)):
        cache.get("name")


def cache_on(server: RedisServer) -> RedisCache:
    settings = private_caches(server.url)["default"]
    return RedisCache(server.url, settings)
