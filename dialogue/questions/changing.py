"""What a post changes in rows that are there: the SQL of it is written once, like that of a query."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, ParamSpec, cast

from django.db import connection
from django.db.models import QuerySet
from django.db.models.sql import UpdateQuery

from dialogue.questions.given import Statement, places_of

P = ParamSpec("P")
Change = tuple[QuerySet[Any, Any], Mapping[str, Any]]


def changed_once(build: Callable[P, Change]) -> Callable[P, None]:
    """``build`` gives rows and what their columns become; to call it is to do that.

    It is called once, as by ``written_once``, and takes no arguments by name.
    """
    known: dict[str, Statement] = {}

    @wraps(build)
    def change(*args: P.args, **_named: P.kwargs) -> None:
        if connection.vendor not in known:
            known[connection.vendor] = _written(cast(Any, build)(*places_of(args)))
        with connection.cursor() as cursor:
            cursor.execute(*known[connection.vendor].given(args))

    return change


def _written(change: Change) -> Statement:
    rows, values = change
    query = cast(UpdateQuery, rows.query.chain(UpdateQuery))
    query.add_update_values(dict(values))
    return Statement(*query.get_compiler(rows.db).as_sql())
