"""What Redis keeps to count tries: nobody's address is in it, and nothing that runs when it is read."""

import json
from typing import Any, Final

from django.utils.crypto import salted_hmac

# It counts tries while somebody waits for a page: one that is frozen must not hold the page up.
ANSWER_SECONDS: Final = 1.0


def private_caches(redis_url: str) -> dict[str, dict[str, Any]]:
    """For ``CACHES``; without Redis every process counts for itself."""
    backend = "redis.RedisCache" if redis_url else "locmem.LocMemCache"
    cache = {
        "BACKEND": f"django.core.cache.backends.{backend}",
        "LOCATION": redis_url,
        "KEY_FUNCTION": "platform_site.caching.hidden_key",
    }
    options = {
        "serializer": "platform_site.caching.JsonSerializer",
        "socket_connect_timeout": ANSWER_SECONDS,
        "socket_timeout": ANSWER_SECONDS,
    }
    return {"default": {**cache, "OPTIONS": options} if redis_url else cache}


def hidden_key(key: str, prefix: str, version: int) -> str:
    """Limits are kept by address and by mail address; whoever reads Redis is to find neither."""
    return salted_hmac("platform_site.caching", f"{prefix}:{version}:{key}", algorithm="sha256").hexdigest()


class JsonSerializer:
    """Django's own writes pickles: who could write to Redis could then run code here."""

    def dumps(self, value: Any) -> bytes | int:
        # Redis counts numbers itself only where they are kept as numbers.
        return value if type(value) is int else json.dumps(value).encode()

    def loads(self, data: bytes) -> Any:
        return json.loads(data)
