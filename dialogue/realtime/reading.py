"""Reads of the hub: in a few threads of its own, so that the event loop never waits for the database."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec, TypeVar

from asgiref.sync import sync_to_async
from django.db import connection

P = ParamSpec("P")
T = TypeVar("T")


class ReadPool:
    """No transaction is opened: on SQLite even a reading one would wait for the writer."""

    def __init__(self, threads: int) -> None:
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="read")

    async def __call__(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        reading = sync_to_async(_giving_back(work), thread_sensitive=False, executor=self._threads)
        return await reading(*args, **kwargs)

    def close(self) -> None:
        """Does not wait: a read that hangs must not hold up the end of the process."""
        self._threads.shutdown(wait=False, cancel_futures=True)


def _giving_back(work: Callable[P, T]) -> Callable[P, T]:
    """Give the connection back to the pool of PostgreSQL; keep the thread's own one of SQLite."""

    def reading(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return work(*args, **kwargs)
        finally:
            if connection.vendor != "sqlite" or connection.errors_occurred:
                connection.close()

    return reading
