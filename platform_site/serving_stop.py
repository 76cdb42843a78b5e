"""How a web process ends: nobody new comes in, who is here is told, what runs is finished; and it ends.

daphne cancels running requests at once, lets people in until the last moment, and waits for ever
for a thread that hangs.
"""

import asyncio
import os
import threading
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

import structlog
from daphne.http_protocol import WebRequest
from daphne.ws_protocol import WebSocketProtocol
from twisted.internet import reactor, tcp
from twisted.python.failure import Failure

if TYPE_CHECKING:
    from platform_site.serving import WebProcess

# Whoever runs us waits for 20 s before killing (platform_site.bootstrap.children).
DRAINS_WITHIN_SECONDS: Final = 15.0
PARTS_WITHIN_SECONDS: Final = 2.0
ENDS_WITHIN_SECONDS: Final = 18.5
# Time for a request whose connection stood in the queue, or whose body is still coming.
LINGERS_SECONDS: Final = 0.5
ARRIVES_WITHIN_SECONDS: Final = 2.0
LOOKS_EVERY_SECONDS: Final = 0.05
MORE_THAN_THE_QUEUE: Final = 10_000
FORCED: Final = 1

log = structlog.get_logger(__name__)
Work = asyncio.Future[Any]


async def drain(server: "WebProcess") -> None:
    """Returns when all is said and done; after 15 s what still runs is cancelled."""
    _end_whatever_happens()
    _let_nobody_in(server)
    told: set[Work] = set()
    began = time.monotonic()
    while (passed := time.monotonic() - began) < DRAINS_WITHIN_SECONDS:
        _say_goodbye(server, told)
        if passed > LINGERS_SECONDS and not _is_busy(server, passed):
            return
        await asyncio.sleep(LOOKS_EVERY_SECONDS)
    left = [work for _protocol, work in _running(server)]
    log.warning("stop.unfinished", count=len(left))
    for work in left:
        work.cancel()
    if left:
        await asyncio.wait(left, timeout=PARTS_WITHIN_SECONDS)


def stop_failed(fault: Failure) -> None:
    """It ends all the same."""
    log.error("stop.failed", exception_type=fault.type.__name__ if fault.type else "")


def _end_whatever_happens() -> None:
    """A thread that hangs in the database would keep the interpreter from ending."""
    timer = threading.Timer(ENDS_WITHIN_SECONDS, _end_now)
    timer.daemon = True
    timer.start()


def _end_now() -> None:
    log.error("stop.forced")
    os._exit(FORCED)


def _let_nobody_in(server: "WebProcess") -> None:
    """Who already stands in the queue still comes in: closing it would cut them off unanswered."""
    for port in server.ports:
        port.numberAccepts = MORE_THAN_THE_QUEUE
        port.doRead()
        port.stopListening()


def _say_goodbye(server: "WebProcess", told: set[Work]) -> None:
    """A cancelled socket says ``bye`` and ends; once each, also to those that came meanwhile."""
    for protocol, work in _running(server):
        if isinstance(protocol, WebSocketProtocol) and work not in told:
            told.add(work)
            work.cancel()


def _is_busy(server: "WebProcess", passed: float) -> bool:
    """Something runs, is still to be sent, or is about to arrive."""
    is_arriving = passed < ARRIVES_WITHIN_SECONDS and any(map(_is_half, server.connections.items()))
    is_sending = any(isinstance(one, tcp.Connection) for one in reactor.getWriters())  # type: ignore[misc]
    return is_arriving or is_sending or any(_running(server))


def _running(server: "WebProcess") -> Iterator[tuple[Any, Work]]:
    for protocol, details in list(server.connections.items()):
        work = details.get("application_instance")
        if work is not None and not work.done():
            yield protocol, work


def _is_half(connection: tuple[Any, dict[str, Any]]) -> bool:
    protocol, details = connection
    known = "application_instance" in details or "disconnected" in details
    return isinstance(protocol, WebRequest) and not known
