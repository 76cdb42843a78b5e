"""In every test, whatever is written once is compared with what would be written now."""

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any, Final

import pytest
from django.db import connection

from dialogue.questions.given import AMONG
from dialogue.questions.written_once import Written

_LIST: Final = re.compile(r"IN \((?:%s(?:, )?)+\)")


@pytest.fixture(scope="session", autouse=True)
def written_once_is_as_written_now() -> Iterator[None]:
    """Or what is kept leaves out something that the arguments decide, or asks with other values."""
    ask = Written.ask

    def compared(written: Written, given: Sequence[Any]) -> list[Any]:
        if all(given[number] for number in written.lists):
            sql, values = written.statement.given(given)
            anew = written.rows_for(given)
            sql_now, values_now = anew.query.get_compiler(anew.db).as_sql()
            assert sql == _LIST.sub(AMONG[connection.vendor], sql_now)
            assert _apart(values) == list(values_now)
        return ask(written, given)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Written, "ask", compared)
        yield


def _apart(values: Sequence[Any]) -> list[Any]:
    """Lists are one value where they are kept, and many where they are written out."""
    found: list[Any] = []
    for value in values:
        if isinstance(value, str) and value.startswith("["):
            value = json.loads(value)
        found.extend(dict.fromkeys(value) if isinstance(value, list) else [value])
    return found
