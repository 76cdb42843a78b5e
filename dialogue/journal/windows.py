"""Entries of many streams, from another position in each, found by one statement."""

import json
from collections.abc import Sequence
from typing import Final

from django.db import connection

_WINDOWS: Final = {
    "postgresql": 'json_to_recordset(%s) AS new(name text, "after" bigint, until bigint)',
    "sqlite": (
        "(SELECT json_extract(value, '$.name') AS name, json_extract(value, '$.after') AS \"after\","
        " json_extract(value, '$.until') AS until FROM json_each(%s)) AS new"
    ),
}


def ids_within(windows: Sequence[tuple[str, int, int]]) -> list[int]:
    """``windows``: the name of a stream, after which position, and up to which."""
    given = [{"name": name, "after": after, "until": until} for name, after, until in windows]
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT entry.id FROM {_WINDOWS[connection.vendor]}"  # noqa: S608 — of the two above
            " JOIN journal_stream AS stream ON stream.name = new.name"
            " JOIN journal_entry AS entry ON entry.stream_id = stream.id"
            ' AND entry.position > new."after" AND entry.position <= new.until',
            [json.dumps(given)],
        )
        return [key for (key,) in cursor.fetchall()]
