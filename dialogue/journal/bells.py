"""The only place where something is asked to happen after a commit.

Listeners are told {stream name: position}. They may fail: whoever waits finds the entry by
its position at the next reconcile, so a lost ring loses nothing. Listeners for kicks are told
whose access may have ended, by their ids; a lost kick is found in the same way.
"""

from collections.abc import Callable
from typing import TypeVar

import structlog
from django.db import transaction

T = TypeVar("T")
BellListener = Callable[[dict[str, int]], None]
KickListener = Callable[[list[int]], None]

log = structlog.get_logger(__name__)
_listeners: list[BellListener] = []
_kick_listeners: list[KickListener] = []


def listen(listener: BellListener) -> None:
    """Add a listener for this process; adding it again changes nothing."""
    if listener not in _listeners:
        _listeners.append(listener)


def stop_listening(listener: BellListener) -> None:
    if listener in _listeners:
        _listeners.remove(listener)


def listen_for_kicks(listener: KickListener) -> None:
    """The same for people whose access may have ended."""
    if listener not in _kick_listeners:
        _kick_listeners.append(listener)


def stop_listening_for_kicks(listener: KickListener) -> None:
    if listener in _kick_listeners:
        _kick_listeners.remove(listener)


def kick_on_commit(people: list[int]) -> None:
    transaction.on_commit(lambda: kick(people))


def ring_on_commit(heads: dict[str, int]) -> None:
    """Tell every listener once the running transaction has committed."""
    if heads:
        transaction.on_commit(lambda: ring(heads))


def ring(heads: dict[str, int]) -> None:
    _tell(_listeners, heads)


def kick(people: list[int]) -> None:
    _tell(_kick_listeners, people)


def _tell(listeners: list[Callable[[T], None]], told: T) -> None:
    for listener in list(listeners):
        try:
            listener(told)
        except Exception:
            log.warning("bell.failed", exc_info=True)
