"""The only place where something is asked to happen after a commit.

Listeners are told {stream name: position}. They may fail: whoever waits finds the entry by
its position at the next reconcile, so a lost ring loses nothing.
"""

from collections.abc import Callable

import structlog
from django.db import transaction

Listener = Callable[[dict[str, int]], None]

log = structlog.get_logger(__name__)
_listeners: list[Listener] = []


def listen(listener: Listener) -> None:
    """Add a listener for this process; adding it again changes nothing."""
    if listener not in _listeners:
        _listeners.append(listener)


def stop_listening(listener: Listener) -> None:
    if listener in _listeners:
        _listeners.remove(listener)


def ring_on_commit(heads: dict[str, int]) -> None:
    """Tell every listener once the running transaction has committed."""
    if heads:
        transaction.on_commit(lambda: ring(heads))


def ring(heads: dict[str, int]) -> None:
    for listener in list(_listeners):
        try:
            listener(heads)
        except Exception:
            log.warning("bell.failed", exc_info=True)
