"""What a post changes in rows that are there: the SQL of it is written once, like that of a query."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Generic, ParamSpec, cast

from django.db import connection
from django.db.models import QuerySet
from django.db.models.sql import UpdateQuery

from dialogue.questions.given import Statement, places_of

P = ParamSpec("P")
Change = tuple[QuerySet[Any, Any], Mapping[str, Any]]


class ChangedOnce(Generic[P]):
    """``build`` gives rows and what their columns become; to call this is to do that.

    ``build`` is called once, as by ``written_once``, and takes no arguments by name.
    """

    def __init__(self, build: Callable[P, Change]) -> None:
        self._build: Callable[..., Change] = build
        self._known: dict[str, Statement] = {}

    def __call__(self, *args: P.args, **_named: P.kwargs) -> None:
        self.each([args])

    def each(self, many: Sequence[tuple[Any, ...]]) -> None:
        """The same with each of these arguments, in one go."""
        if not many:
            return
        if connection.vendor not in self._known:
            self._known[connection.vendor] = _written(self._build(*places_of(many[0])))
        (sql, first), *others = map(self._known[connection.vendor].given, many)
        with connection.cursor() as cursor:
            if others:
                cursor.executemany(sql, [first, *(values for _sql, values in others)])
            else:
                cursor.execute(sql, first)


def changed_once(build: Callable[P, Change]) -> ChangedOnce[P]:
    return ChangedOnce(build)


def _written(change: Change) -> Statement:
    rows, values = change
    query = cast(UpdateQuery, rows.query.chain(UpdateQuery))
    query.add_update_values(dict(values))
    return Statement(*query.get_compiler(rows.db).as_sql())
