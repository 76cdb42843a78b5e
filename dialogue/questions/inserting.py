"""The rows that a post leaves behind: one statement for all of a model, put together once.

They go to the database as one value, a list in JSON: to hand it each value by itself takes longer
than to keep them all.
"""

import json
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any, Final
from uuid import UUID

from django.db import connection
from django.db.models import Field, Model

_ROWS: Final = {
    "postgresql": "SELECT {columns} FROM json_to_recordset(%s) AS new({types})",
    "sqlite": "SELECT {extracts} FROM json_each(%s)",
}


def insert(rows: Sequence[Model]) -> None:
    """Like ``bulk_create``, for new rows of one model, all with a key of their own or all without.

    No field may be filled while it is saved, as ``auto_now`` is.
    """
    Insertion.into(connection.vendor, type(rows[0]), rows[0].pk is None).run(rows)


class Insertion:
    """Into one table of one kind of database. ``asks_keys``: the database gives them."""

    def __init__(self, model: type[Model], *, asks_keys: bool) -> None:
        self._fields = [one for one in model._meta.concrete_fields if not (asks_keys and one.primary_key)]
        self._asks_keys = asks_keys
        self._sql = self._written(model)

    @staticmethod
    @cache
    def into(_vendor: str, model: type[Model], asks_keys: bool) -> "Insertion":
        return Insertion(model, asks_keys=asks_keys)

    def run(self, rows: Sequence[Model]) -> None:
        values_of = self._as_they_are if connection.vendor == "postgresql" else self._prepared
        new = json.dumps([values_of(vars(row)) for row in rows], default=_as_text, ensure_ascii=False)
        with connection.cursor() as cursor:
            cursor.execute(self._sql, [new])
            keys = [key for (key,) in cursor.fetchall()] if self._asks_keys else [row.pk for row in rows]
        for row, key in zip(rows, keys, strict=True):
            row.pk = key
            row._state.adding, row._state.db = False, connection.alias

    def _written(self, model: type[Model]) -> str:
        quote = connection.ops.quote_name
        names = [quote(_column_of(one)) for one in self._fields]
        columns = ", ".join(names)
        rows = _ROWS[connection.vendor].format(
            columns=columns,
            types=", ".join(map("{} {}".format, names, map(_type_of, self._fields))),
            extracts=", ".join(f"json_extract(value, '$[{place}]')" for place in range(len(self._fields))),
        )
        keys = f" RETURNING {quote(_column_of(model._meta.pk))}" if self._asks_keys else ""
        return f"INSERT INTO {quote(model._meta.db_table)} ({columns}) {rows}{keys}"

    def _as_they_are(self, values: dict[str, Any]) -> dict[str, Any]:
        """PostgreSQL knows how its types are written."""
        return {_column_of(one): values[one.attname] for one in self._fields}

    def _prepared(self, values: dict[str, Any]) -> list[Any]:
        return [one.get_db_prep_save(values[one.attname], connection=connection) for one in self._fields]


def _column_of(field: "Field[Any, Any]") -> str:
    return field.column or ""


def _type_of(field: "Field[Any, Any]") -> str:
    # Without its length: what is too long would be cut here, and is refused by the column.
    return (field.db_type(connection) or "").partition("(")[0]


def _as_text(value: object) -> str:
    if isinstance(value, (datetime, UUID)):
        return str(value)
    raise TypeError
