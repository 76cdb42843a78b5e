"""Where the database is asked: in a few threads of our own, so that the event loop never waits for it.

With Channels' own single thread one slow act delays every socket of the process: three seconds
for three seconds, measured.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec, TypeVar

from asgiref.sync import sync_to_async
from django.db import connection

P = ParamSpec("P")
T = TypeVar("T")


class Pool:
    """Call it with the work and its arguments. No transaction is opened around the work."""

    def __init__(self, name: str, size: int) -> None:
        self._threads = ThreadPoolExecutor(size, thread_name_prefix=name)

    async def __call__(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        run = sync_to_async(_giving_back(work), thread_sensitive=False, executor=self._threads)
        return await run(*args, **kwargs)

    def close(self) -> None:
        """Does not wait: what hangs must not hold up the end of the process."""
        self._threads.shutdown(wait=False, cancel_futures=True)


def _giving_back(work: Callable[P, T]) -> Callable[P, T]:
    """To the pool of PostgreSQL; a thread keeps its own connection of SQLite, unless that is broken."""

    def run(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return work(*args, **kwargs)
        finally:
            if connection.vendor != "sqlite" or connection.errors_occurred:
                connection.close()

    return run
