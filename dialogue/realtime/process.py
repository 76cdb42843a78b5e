"""What a process has one of: its hub with what is told around it, and its doorbell where there are others."""

import atexit
import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from django.conf import settings

from dialogue.realtime import frames, streams
from dialogue.realtime.acting import in_pool
from dialogue.realtime.doorbell import Doorbell
from dialogue.realtime.gathering import Gathering
from dialogue.realtime.group_commit import GroupCommit
from dialogue.realtime.handshake import Arrival, people_of
from dialogue.realtime.hub import JOIN_REST_SECONDS, JOIN_TICK_SECONDS, Hub
from dialogue.realtime.notices import Bells
from dialogue.realtime.presence import Presence
from dialogue.realtime.writing import Writing


@dataclass(frozen=True)
class Parts:
    hub: Hub
    presence: Presence
    writing: Writing
    group: GroupCommit
    arrivals: Gathering[None, str, Arrival]


MOST_WHO_ARRIVE_AT_ONCE: Final = 64
_lock = threading.Lock()
_parts: Parts | None = None
_doorbell = Doorbell() if settings.REDIS_URL else None
if _doorbell is not None:
    atexit.register(_doorbell.close)


def the_hub() -> Hub:
    return _the_parts().hub


def the_presence() -> Presence:
    return _the_parts().presence


def the_writing() -> Writing:
    return _the_parts().writing


def the_group() -> GroupCommit:
    return _the_parts().group


def the_arrivals() -> Gathering[None, str, Arrival]:
    """Who comes with which session: those who come at once are looked up together."""
    return _the_parts().arrivals


def is_hearing_others() -> bool:
    """For the health page: without Redis there is nobody else to hear."""
    return _doorbell is None or _parts is None or _doorbell.is_hearing


def ring(heads: dict[str, int]) -> None:
    """These streams have come this far: tell the own hub now, the others' without waiting."""
    if _parts is not None:
        for stream, position in heads.items():
            _parts.hub.ring(stream, position)
    if _doorbell is not None:
        _doorbell.ring(heads)


def kick(people: Iterable[int]) -> None:
    """Every process looks now at what these people (ids) may still hear."""
    ids = list(people)
    if _parts is not None:
        _parts.hub.kick(ids)
    if _doorbell is not None:
        _doorbell.kick(ids)


def _the_parts() -> Parts:
    """Made at first use, and from then on this process hears the others."""
    global _parts
    with _lock:
        if _parts is None:
            hub = Hub(tell=frames.tell, hearing_of=streams.hearing_of, acl_versions=streams.acl_versions)
            _parts = Parts(
                hub,
                Presence(hub, _doorbell),
                Writing(hub, _doorbell),
                GroupCommit(),
                Gathering(
                    _look_up,
                    at_most=MOST_WHO_ARRIVE_AT_ONCE,
                    rest_seconds=JOIN_REST_SECONDS,
                    tick_seconds=JOIN_TICK_SECONDS,
                ),
            )
            _listen(_parts)
        return _parts


async def _look_up(_all: None, keys: Sequence[str]) -> Sequence[Arrival]:
    return await in_pool(people_of, keys)


def _listen(parts: Parts) -> None:
    if _doorbell is not None:
        hub, presence, writing = parts.hub, parts.presence, parts.writing
        _doorbell.listen(Bells(ring=hub.ring, kick=hub.kick, writes=writing.hear, here=presence.hear))
