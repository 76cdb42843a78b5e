"""In every test, whatever is written once is compared with what would be written now."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db.models.sql import Query

from dialogue.questions.written_once import Written

Sql = tuple[str, tuple[Any, ...]]


@pytest.fixture(scope="session", autouse=True)
def written_once_is_as_written_now() -> Iterator[None]:
    """Or an argument changes more than the conditions: the answer would be that to another question."""
    kept = Written.as_sql

    def compared(written: Written, with_limits: bool = True, with_col_aliases: bool = False) -> Sql:
        sql = kept(written, with_limits, with_col_aliases)
        anew = Query.get_compiler(written.query.chain(), using=written.using)
        assert sql == anew.as_sql(with_limits, with_col_aliases)
        return sql

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Written, "as_sql", compared)
        yield
