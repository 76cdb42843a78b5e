"""Whom other processes hold, by their own word; forgotten when they do not say it again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

MAX_STREAMS: Final = 10_000
MAX_PROCESSES: Final = 64
MAX_PEOPLE: Final = 200


@dataclass(frozen=True)
class Held:
    people: frozenset[int]
    at: float


class Elsewhere:
    """Times are ``time.monotonic`` of this process: no other clock is believed."""

    def __init__(self) -> None:
        self._held: dict[str, dict[str, Held]] = {}

    def hear(self, process: str, streams: Mapping[str, Sequence[int]], *, now: float) -> set[str]:
        """A process says whom it holds in these streams; returns the streams in which that is new."""
        return {stream for stream, people in streams.items() if self._put(stream, process, people, now)}

    def forget_silent(self, *, since: float) -> set[str]:
        """Processes not heard of since then hold nobody any more; returns the streams this changes."""
        silent = [
            (stream, process)
            for stream, processes in self._held.items()
            for process, held in processes.items()
            if held.at < since
        ]
        return {stream for stream, process in silent if self._drop(stream, process)}

    def people_in(self, stream: str) -> set[int]:
        return {person for held in self._held.get(stream, {}).values() for person in held.people}

    def _put(self, stream: str, process: str, people: Sequence[int], now: float) -> bool:
        if not people:
            return self._drop(stream, process)
        if stream not in self._held and len(self._held) >= MAX_STREAMS:
            return False
        processes = self._held.setdefault(stream, {})
        before = processes.get(process)
        if before is None and len(processes) >= MAX_PROCESSES:
            return False
        processes[process] = Held(frozenset(people[:MAX_PEOPLE]), now)
        return before is None or before.people != processes[process].people

    def _drop(self, stream: str, process: str) -> bool:
        processes = self._held.get(stream, {})
        was_held = processes.pop(process, None) is not None
        if was_held and not processes:
            del self._held[stream]
        return was_held
