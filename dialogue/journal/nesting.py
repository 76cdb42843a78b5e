"""An act inside another one, or beside others in one transaction: its refusal undoes it alone."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from django.db import connection, transaction

from dialogue.journal import guards
from dialogue.journal.opened import Opened


class NotTogether(Exception):
    """This act writes to streams that those beside it did not open: it has to go alone."""


@contextmanager
def inside(outer: Opened, names: Iterable[str]) -> Iterator[Opened]:
    """An act called by an act. Raises ``StreamNotOpen``."""
    for name in names:
        outer.head(name)
    outer.write()
    before = outer.mark()
    try:
        with transaction.atomic():
            yield outer
            outer.write()
    except BaseException:
        outer.back_to(before)
        raise


@contextmanager
def beside(outer: Opened, names: Iterable[str]) -> Iterator[Opened]:
    """An act among others, each with its own guard. Raises ``NotTogether``.

    Most acts only leave work for the end and need no savepoint, which costs more than they do;
    whoever writes by themself gets one first.
    """
    if not outer.holds(names):
        raise NotTogether
    guards.ask()
    point = _Savepoint(outer)
    outer.is_shared, outer.before_writing = False, point.set
    try:
        with connection.execute_wrapper(point):
            yield outer
    except BaseException:
        point.roll_back()
        raise
    else:
        point.release()
    finally:
        outer.is_shared, outer.before_writing = True, None


class _Savepoint:
    """Wraps every statement of an act, and is set before the first that may change something."""

    def __init__(self, outer: Opened) -> None:
        self._outer = outer
        self._before = outer.mark()
        self._hooks = len(connection.run_on_commit)
        self._is_set = False
        self._id: str | None = None

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if not sql.startswith("SELECT"):
            self.set()
        return execute(sql, params, many, context)

    def set(self) -> None:
        if self._is_set:
            return
        self._is_set = True
        # What the acts before left for the end is theirs: it must not be undone with this one.
        self._outer.write_first(self._before.waiting)
        self._before = replace(self._before, waiting=0)
        self._id = transaction.savepoint()

    def roll_back(self) -> None:
        self._outer.back_to(self._before)
        if self._id is not None:
            transaction.savepoint_rollback(self._id)
        # Django forgets these by itself only for the savepoints of its own ``atomic``.
        del connection.run_on_commit[self._hooks :]
        # What it looked up after it had written is not so any more.
        self._outer.has_moved = self._outer.has_moved or self._is_set

    def release(self) -> None:
        self._outer.has_moved = self._outer.has_moved or self._is_set
        if self._id is not None:
            transaction.savepoint_commit(self._id)
