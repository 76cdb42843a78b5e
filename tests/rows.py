"""Rows that acts wrote once, to be written again as they were: a tenth of what the acts cost."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, models, transaction
from django.utils import timezone

Row = tuple[Any, ...]


@dataclass(frozen=True)
class Table:
    name: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]

    def put_back(self, later: timedelta) -> None:
        one = f"({', '.join(['%s'] * len(self.columns))})"
        columns = ", ".join(map(_quoted, self.columns))
        values = [_moved(value, later) for row in self.rows for value in row]
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {_quoted(self.name)} ({columns}) VALUES {', '.join([one] * len(self.rows))}",  # noqa: S608
                values,
            )


@dataclass(frozen=True)
class Rows:
    """``seen_at``: all moments in the rows move on from there, as if everything had been written now."""

    kinds: tuple[type[models.Model], ...]
    tables: tuple[Table, ...]
    seen_at: datetime

    def put_back(self) -> None:
        """Keys come back as they were; the next new one is never one of them."""
        later = timezone.now() - self.seen_at
        with transaction.atomic():  # at its end the database looks whether every key leads somewhere
            for table in self.tables:
                table.put_back(later)


def rows_of(kinds: Sequence[type[models.Model]]) -> Rows:
    return Rows(tuple(kinds), in_tables(kind._meta.db_table for kind in kinds), timezone.now())


def in_tables(names: Iterable[str]) -> tuple[Table, ...]:
    """As the database keeps it, whatever language is active."""
    return tuple(_table(name) for name in names)


def are_empty(kinds: Sequence[type[models.Model]]) -> bool:
    return not filled(kind._meta.db_table for kind in kinds)


def filled(tables: Iterable[str]) -> list[str]:
    """Those of the tables in which there is something; one question for all of them."""
    asked = (f"SELECT '{table}' WHERE EXISTS (SELECT 1 FROM {_quoted(table)})" for table in tables)  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(asked))
        return [name for (name,) in cursor.fetchall()]


def _table(name: str) -> Table:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {_quoted(name)} ORDER BY 1")  # noqa: S608
        return Table(name, tuple(column[0] for column in cursor.description), tuple(cursor.fetchall()))


def _moved(value: Any, later: timedelta) -> Any:
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value + later)
    return value


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)
