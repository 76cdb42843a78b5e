"""No content, names or addresses in logs, whoever writes the line."""

import json
import logging

import pytest

from platform_site.logs import formatter, keep_allowed_keys

CANARY = "canary-5519"


@pytest.fixture
def handler() -> logging.Handler:
    made = logging.StreamHandler()
    made.setFormatter(formatter())
    return made


def write(handler: logging.Handler, message: str, *args: object, error: Exception | None = None) -> str:
    record = logging.LogRecord("library", logging.ERROR, __file__, 1, message, args, None)
    if error is not None:
        record.exc_info = (type(error), error, None)
    return handler.format(record)


def test_arguments_of_a_librarys_line_are_left_out(handler: logging.Handler) -> None:
    line = write(handler, "Bad Request: %s", f"/search?q={CANARY}")
    assert CANARY not in line
    assert json.loads(line)["event"] == "Bad Request: %s"


def test_an_exceptions_text_is_left_out_but_not_its_type(handler: logging.Handler) -> None:
    line = write(handler, "failed", error=ValueError(CANARY))
    assert CANARY not in line
    assert json.loads(line)["exception_type"] == "ValueError"


def test_keys_that_are_not_on_the_list_are_dropped() -> None:
    kept = keep_allowed_keys(
        None, "", {"event": "post.refused", "code": "empty", "body": CANARY, "email": CANARY}
    )
    assert kept == {"event": "post.refused", "code": "empty"}


def test_query_values_are_cut_from_addresses() -> None:
    assert keep_allowed_keys(None, "", {"request": f"GET /rooms/?q={CANARY}"}) == {"request": "GET /rooms/"}
