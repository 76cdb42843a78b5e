"""After a transactional test: only tables with something in them are emptied, and no permissions made again.

TRUNCATE makes new files for every table and every index, and takes ten times as long.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.management.commands import flush
from django.db import connection

from tests.rows import filled


@pytest.fixture(scope="session", autouse=True)
def only_what_is_filled_is_emptied() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(flush, "sql_flush", _statements)
        patch.setattr(flush, "emit_post_migrate_signal", _nothing_but_forget)
        yield


def _statements(*_how: object, **_more: object) -> list[str]:
    """In one transaction; keys of other tables are looked at when it is committed."""
    tables = connection.introspection.django_table_names(only_existing=True, include_views=False)
    return [f"DELETE FROM {connection.ops.quote_name(table)}" for table in filled(tables)]  # noqa: S608


def _nothing_but_forget(*_what: Any, **_how: Any) -> None:
    ContentType.objects.clear_cache()
