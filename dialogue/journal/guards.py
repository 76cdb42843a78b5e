"""What has to hold for whoever writes, asked again under the lock of the act.

A door that let somebody in long ago, as a socket did, says here how it would decide now.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_check: ContextVar[Callable[[], None] | None] = ContextVar("check", default=None)


@contextmanager
def guarded(check: Callable[[], None]) -> Iterator[None]:
    """Acts inside call ``check`` in their transaction, once they hold their streams; it raises to refuse."""
    before = _check.set(check)
    try:
        yield
    finally:
        _check.reset(before)


def ask() -> None:
    """Without a guard nothing is asked: commands and jobs decide at their own door."""
    check = _check.get()
    if check is not None:
        check()
