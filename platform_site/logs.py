"""Logs name kinds, codes and ids; never what people wrote, nor who they are by name or address."""

import logging.config
from collections.abc import MutableMapping
from typing import Any

import structlog

# Anything not named here is dropped before it is written.
ALLOWED_KEYS = frozenset(
    "event level timestamp logger code kind stream position connection request request_id status "
    "user_id count seconds size route method exception_type process reason state".split()
)


def keep_allowed_keys(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Drop every key that is not on the list, and the text of exceptions: it may quote a person."""
    error = event.get("exc_info")
    if isinstance(error, BaseException):
        event["exception_type"] = type(error).__name__
    elif isinstance(error, tuple) and error[0] is not None:
        event["exception_type"] = error[0].__name__
    if isinstance(event.get("request"), str):
        event["request"] = route_of(event["request"])
    return {key: value for key, value in event.items() if key in ALLOWED_KEYS or key.startswith("_")}


def route_of(request: str) -> str:
    """``GET /path?query`` with the route instead: links of invitations and new passwords carry their key."""
    from django.urls import Resolver404, resolve

    method, _space, address = request.partition(" ")
    try:
        return f"{method} /{resolve(address.partition('?')[0]).route}"
    except Resolver404:
        return f"{method} unknown"


def keep_format_only(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Libraries' log lines keep their template, not their arguments."""
    record = event.get("_record")
    if isinstance(record, logging.LogRecord) and record.name == "django.request":
        return _said_of_an_answer(event, record)
    # A line of structlog is a dictionary here: as text it would carry every key past the list.
    if record is not None and not isinstance(record.msg, dict):
        # Django puts into these what somebody sent, without a template.
        is_filled_in = record.name.startswith("django.security") and not record.args
        event["event"] = record.name if is_filled_in else str(record.msg).split("\n", 1)[0]
        if record.exc_info and record.exc_info[0]:
            event["exception_type"] = record.exc_info[0].__name__
    return event


def _said_of_an_answer(
    event: MutableMapping[str, Any], record: logging.LogRecord
) -> MutableMapping[str, Any]:
    """Django's own template is "%s: %s", which says nothing without its arguments."""
    event["event"], event["status"] = "request_answered", getattr(record, "status_code", None)
    request = getattr(record, "request", None)
    if request is not None:
        event["request"] = f"{request.method} {request.path}"
    if record.exc_info and record.exc_info[0]:
        event["exception_type"] = record.exc_info[0].__name__
    return event


def is_not_said_twice(record: logging.LogRecord) -> bool:
    """What was refused is in the line of its request already, with its code and route."""
    return int(getattr(record, "status_code", 500)) >= 500


SHARED: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]


def formatter() -> structlog.stdlib.ProcessorFormatter:
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=SHARED,
        processors=[
            keep_format_only,
            keep_allowed_keys,
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
    )


def configure_logs(level: str) -> None:
    """One JSON line an event, for our own loggers and for every library's."""
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {"json": {"()": formatter}},
            "filters": {"said_once": {"()": lambda: is_not_said_twice}},
            "loggers": {"django.request": {"filters": ["said_once"]}},
            "handlers": {"out": {"class": "logging.StreamHandler", "formatter": "json"}},
            "root": {"handlers": ["out"], "level": level},
        }
    )
    structlog.configure(
        processors=[*SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
