"""What the database is asked for every post: the SQL of it is written once and kept.

Django needs longer to write such a query than PostgreSQL to answer it. What depends on the
arguments, the conditions, is written anew each time; the rest is the same text for ever.
"""

import copy
from collections.abc import Callable, Sequence
from functools import partial, wraps
from typing import Any, Final, NamedTuple, ParamSpec, TypeVar, cast

from django.core.exceptions import EmptyResultSet, FullResultSet
from django.db import connections
from django.db.models import QuerySet
from django.db.models.sql.compiler import SQLCompiler

P = ParamSpec("P")
Row = TypeVar("Row")

_CONDITIONS: Final = " WHERE "


class NotOfOneShape(TypeError):
    """Something else than the conditions carries values, or there are none: it cannot be written once."""


class Shape(NamedTuple):
    """On one kind of database, from one row to another; the arguments may not change anything else."""

    vendor: str
    first: int
    last: int | None


class Written(SQLCompiler):
    """Knows all but the conditions already: which columns, of which tables, in which order."""

    before: str
    after: str
    are_converted: bool

    def as_sql(self, with_limits: bool = True, with_col_aliases: bool = False) -> tuple[str, tuple[Any, ...]]:
        conditions, values = _conditions(self)
        return f"{self.before}{_CONDITIONS}{conditions}{self.after}", tuple(values)

    def get_converters(self, expressions: list[Any]) -> dict[int, Any]:
        """Most rows come from the database as they are; to find that out takes as long as to read them."""
        return super().get_converters(expressions) if self.are_converted else {}


def written_once(build: Callable[P, QuerySet[Any, Row]]) -> Callable[P, list[Row]]:
    """Call it as ``build``: it answers with the rows, read.

    ``build`` gives a queryset whose arguments are values of its conditions, or bounds of a slice.
    Raises ``NotOfOneShape``.
    """
    known: dict[Shape, Written] = {}

    @wraps(build)
    def ask(*args: P.args, **kwargs: P.kwargs) -> list[Row]:
        rows = build(*args, **kwargs)
        query, connection = rows.query, connections[rows.db]
        shape = Shape(connection.vendor, query.low_mark, query.high_mark)
        if shape not in known:
            try:
                known[shape] = _write(query.chain(), rows.db)
            except EmptyResultSet:
                return []
        # Where a queryset gets its compiler from, and the only way to hand it another one.
        vars(query)["get_compiler"] = partial(_for_this_time, known[shape], query)
        try:
            return list(rows)
        finally:
            # It knows the query: both would wait for the next search for garbage.
            del vars(query)["get_compiler"]

    return ask


def _write(query: Any, using: str) -> Written:
    compiler = query.get_compiler(using)
    conditions, values = _conditions(compiler)
    sql, all_values = compiler.as_sql()
    before, found, after = sql.partition(f"{_CONDITIONS}{conditions}")
    if not found or tuple(all_values) != tuple(values):
        raise NotOfOneShape
    written: Written = copy.copy(compiler)
    written.__class__ = Written
    written.before, written.after = before, after
    written.are_converted = bool(compiler.get_converters([column for column, *_rest in compiler.select]))
    # Nothing of whoever asked first is kept; in the conditions there are their values.
    for name in ("query", "connection", "where"):
        del vars(written)[name]
    return written


def _conditions(compiler: SQLCompiler) -> tuple[str, Sequence[Any]]:
    try:
        # Conditions can be compiled like any expression; the stubs do not know.
        return compiler.compile(cast(Any, compiler.query.where))
    except FullResultSet:
        raise NotOfOneShape from None


def _for_this_time(
    written: Written, query: Any, using: str, connection: Any = None, elide_empty: bool = True
) -> Written:
    ready = copy.copy(written)
    ready.query, ready.using, ready.connection = query, using, connections[using]
    # Aliases are quoted as they come up; another thread may be at the same.
    ready.quote_cache = dict(written.quote_cache)
    return ready
