"""What stands in a query in the place of a value that is known only when the query is asked."""

import json
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Expression

# In brackets, or Django would put brackets around it. It has no operator for a list that is one value.
_ONE: Final = "(given)"
_MANY: Final = "(given many)"
# How a column is compared with one that is a list.
AMONG: Final = {
    "postgresql": "= ANY(%s)",
    "sqlite": "IN (SELECT value FROM json_each(%s))",
}


class NotOfOneShape(TypeError):
    """A list stands elsewhere than after ``in``: the SQL would depend on how long it is."""


class Given(Expression):
    """The argument of that number; a list of values, ``is_many``, is one value as well."""

    def __init__(self, number: int, *, is_many: bool) -> None:
        super().__init__()
        self.number = number
        self.is_many = is_many

    def as_sql(self, compiler: Any, connection: BaseDatabaseWrapper) -> tuple[str, list[Any]]:  # type: ignore[override]
        return (_MANY if self.is_many else _ONE), [self]


class Statement:
    """SQL of one kind of database, whose values are there already or are given when it is sent."""

    def __init__(self, sql: str, values: Sequence[Any]) -> None:
        self.sql = _with_places(sql, connection.vendor)
        self._values = values

    def given(self, arguments: Sequence[Any]) -> tuple[str, list[Any]]:
        """What a cursor executes."""
        sent = [_as_sent(one) for one in arguments]
        return self.sql, [sent[one.number] if isinstance(one, Given) else one for one in self._values]


def places_of(arguments: Sequence[Any]) -> list[Given]:
    return [Given(number, is_many=_is_many(one)) for number, one in enumerate(arguments)]


def _is_many(value: object) -> bool:
    return isinstance(value, Collection) and not isinstance(value, (str, bytes))


def _with_places(sql: str, vendor: str) -> str:
    sql = sql.replace(f"IN {_MANY}", AMONG[vendor]).replace(_ONE, "%s")
    if _MANY in sql:
        raise NotOfOneShape
    return sql


def _as_sent(value: Any) -> Any:
    """PostgreSQL is handed our values as they are, SQLite has only text and numbers."""
    if connection.vendor == "postgresql":
        return list(value) if _is_many(value) else value
    if _is_many(value):
        return json.dumps([_as_sent(one) for one in value])
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return value.hex if isinstance(value, UUID) else value
