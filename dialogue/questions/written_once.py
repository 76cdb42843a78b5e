"""What the database is asked for every post: the SQL of it is written once and kept.

Django needs longer to put such a query together than PostgreSQL to answer it.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import partial, wraps
from operator import itemgetter
from typing import Any, Final, ParamSpec, TypeVar, cast

from django.db import connection
from django.db.models import QuerySet, prefetch_related_objects
from django.db.models.query import (
    FlatValuesListIterable,
    ModelIterable,
    ValuesListIterable,
    get_related_populators,
)
from django.db.models.sql.compiler import SQLCompiler

from dialogue.questions.given import Given, NotOfOneShape, Statement, places_of

P = ParamSpec("P")
Row = TypeVar("Row")

Read = Callable[[Sequence[Any]], Any]
_first: Final[Read] = itemgetter(0)


class Written:
    """On one kind of database. What is given goes to its places among the values."""

    def __init__(self, build: Callable[[Sequence[Any]], QuerySet[Any, Any]], given: Sequence[Given]) -> None:
        self.rows_for, rows = build, build(given)
        compiler = rows.query.get_compiler(rows.db)
        self.statement = Statement(*compiler.as_sql())
        self._converters = compiler.get_converters([column for column, *_rest in compiler.select])
        self._prefetched = cast(Any, rows)._prefetch_related_lookups
        self._read = _reader(rows, compiler)
        self.lists = [one.number for one in given if one.is_many]

    def ask(self, given: Sequence[Any]) -> list[Any]:
        if any(not given[number] for number in self.lists):
            return []
        with connection.cursor() as cursor:
            cursor.execute(*self.statement.given(given))
            found: Iterable[Sequence[Any]] = cursor.fetchall()
        if self._converters:
            found = map(self._converted, found)
        rows = list(map(self._read, found))
        if self._prefetched:
            prefetch_related_objects(rows, *self._prefetched)
        return rows

    def _converted(self, row: Sequence[Any]) -> list[Any]:
        converted = list(row)
        for place, (converters, expression) in self._converters.items():
            for convert in converters:
                converted[place] = convert(converted[place], expression, connection)
        return converted


def written_once(build: Callable[P, QuerySet[Any, Row]]) -> Callable[P, list[Row]]:
    """Call it as ``build``: it answers with the rows, read; to an empty list of values, with none.

    ``build`` is called once, with something in the place of its arguments that can only be compared
    with columns; those given by name keep their value, and each of those has SQL of its own. Raises
    ``NotOfOneShape``, or whatever Django says of something that is no value.
    """
    known: dict[tuple[Any, ...], Written] = {}

    @wraps(build)
    def ask(*args: P.args, **kwargs: P.kwargs) -> list[Row]:
        shape = (connection.vendor, *kwargs.values())
        if (written := known.get(shape)) is None:
            build_with = partial(cast(Any, build), **kwargs)
            written = known[shape] = Written(lambda values: build_with(*values), places_of(args))
        return written.ask(args)

    return ask


def _reader(rows: Any, compiler: SQLCompiler) -> Read:
    """As the queryset would read a row, without putting that together for every answer."""
    if rows._iterable_class is FlatValuesListIterable:
        return _first
    if rows._iterable_class is ValuesListIterable:
        return tuple
    if rows._iterable_class is not ModelIterable or compiler.annotation_col_map:
        raise NotOfOneShape
    return _object_reader(cast(Any, compiler), rows.db)


def _object_reader(compiler: Any, using: str) -> Read:
    columns = compiler.klass_info["select_fields"]
    model, begin, end = compiler.klass_info["model"], columns[0], columns[-1] + 1
    names = [column.target.attname for column, *_rest in compiler.select[begin:end]]
    related = cast(Any, get_related_populators)(compiler.klass_info, compiler.select, using)

    def read(row: Sequence[Any]) -> Any:
        found = model.from_db(using, names, row[begin:end])
        for one in related:
            one.populate(row, found)
        return found

    return read
