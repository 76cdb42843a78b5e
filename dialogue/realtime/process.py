"""What a process has one of: its hub, and its doorbell where there are other processes to hear."""

import atexit
import threading
from collections.abc import Iterable

from django.conf import settings

from dialogue.realtime import frames, streams
from dialogue.realtime.doorbell import Bells, Doorbell
from dialogue.realtime.hub import Hub

_lock = threading.Lock()
_hub: Hub | None = None
_doorbell = Doorbell() if settings.REDIS_URL else None
if _doorbell is not None:
    atexit.register(_doorbell.close)


def the_hub() -> Hub:
    """Made at first use, and from then on this process hears the others."""
    global _hub
    with _lock:
        if _hub is None:
            _hub = Hub(tell=frames.tell, hearing_of=streams.hearing_of, acl_versions=streams.acl_versions)
            if _doorbell is not None:
                _doorbell.listen(Bells(ring=_hub.ring, kick=_hub.kick))
        return _hub


def is_hearing_others() -> bool:
    """For the health page: without Redis there is nobody else to hear."""
    return _doorbell is None or _hub is None or _doorbell.is_hearing


def ring(heads: dict[str, int]) -> None:
    """These streams have come this far: tell the own hub now, the others' without waiting."""
    if _hub is not None:
        for stream, position in heads.items():
            _hub.ring(stream, position)
    if _doorbell is not None:
        _doorbell.ring(heads)


def kick(people: Iterable[int]) -> None:
    """Every process looks now at what these people (ids) may still hear."""
    ids = list(people)
    if _hub is not None:
        _hub.kick(ids)
    if _doorbell is not None:
        _doorbell.kick(ids)
