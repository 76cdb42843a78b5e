"""No content, names or addresses in logs, whoever writes the line."""

import io
import json
import logging
from collections.abc import Iterator

import pytest
import structlog
from django.test import Client, RequestFactory

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


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """What all loggers write, as in production."""
    lines = io.StringIO()
    stream = logging.StreamHandler(lines)
    stream.setFormatter(formatter())
    root = logging.getLogger()
    level = root.level
    root.addHandler(stream)
    root.setLevel(logging.INFO)
    yield lines
    root.setLevel(level)
    root.removeHandler(stream)


def test_a_line_of_our_own_does_not_carry_everything_in_its_event(written: io.StringIO) -> None:
    structlog.get_logger("dialogue.rooms").info("post.refused", body=CANARY, ip=CANARY)
    (line,) = written.getvalue().splitlines()
    assert json.loads(line)["event"] == "post.refused"
    assert CANARY not in line


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path",
    [
        f"/invitations/{CANARY}/",
        f"/accounts/password/reset/key/1-{CANARY}/",
        f"/accounts/confirm-email/{CANARY}/",
        f"/digest/unsubscribe/?token={CANARY}",
        f"/nowhere/{CANARY}/",
    ],
)
def test_words_in_addresses_are_not_written(written: io.StringIO, path: str) -> None:
    Client().get(path, REMOTE_ADDR="203.0.113.77", HTTP_USER_AGENT=CANARY)
    assert "request_finished" in written.getvalue()
    assert CANARY not in written.getvalue()
    assert "203.0.113.77" not in written.getvalue()


def test_a_forged_host_is_not_written(written: io.StringIO) -> None:
    Client().get("/healthz", HTTP_HOST=f"{CANARY}.example")
    assert "DisallowedHost" in written.getvalue()
    assert CANARY not in written.getvalue()


@pytest.mark.django_db
def test_what_is_refused_is_said_once_and_says_something(written: io.StringIO) -> None:
    Client().get(f"/nowhere/{CANARY}/")
    lines = [json.loads(line) for line in written.getvalue().splitlines()]
    refused = [line for line in lines if line["level"] == "warning"]
    assert [(line["event"], line["code"], line["request"]) for line in refused] == [
        ("request_finished", 404, "GET unknown")
    ]


def test_an_answer_that_failed_names_its_status_and_route(handler: logging.Handler) -> None:
    record = logging.LogRecord(
        "django.request", logging.ERROR, __file__, 1, "%s: %s", ("Error", CANARY), None
    )
    record.status_code, record.request = 500, RequestFactory().post(f"/invitations/{CANARY}/?q={CANARY}")
    line = handler.format(record)
    assert CANARY not in line
    said = json.loads(line)
    expected = ("request_answered", 500, "POST /invitations/<str:token>/")
    assert (said["event"], said["status"], said["request"]) == expected
