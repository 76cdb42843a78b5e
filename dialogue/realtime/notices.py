"""What processes tell each other: streams, ids and numbers, never content; any of it may be lost."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Protocol

MAX_PENDING_STREAMS: Final = 10_000
MAX_PENDING_WRITERS: Final = 100

Message = dict[str, Any]
Writer = tuple[str, str, int]
"""Stream, public id of the thread, id of the person who types there."""


@dataclass(frozen=True)
class Bells:
    """What to call when another process tells something; called on the doorbell's thread.

    ``here`` is told the other process's id and, by stream, the ids of the people it holds there.
    """

    ring: Callable[[str, int], None]
    kick: Callable[[list[int]], None]
    writes: Callable[[Writer], None]
    here: Callable[[str, dict[str, list[int]]], None]


class Others(Protocol):
    """The other processes. From any thread; never waits and never fails."""

    def tell_writes(self, writer: Writer) -> None: ...
    def tell_here(self, streams: Mapping[str, Iterable[int]]) -> None: ...


@dataclass
class Pending:
    """What waits to be sent. All of it merges or is bounded, so a dead Redis cannot make it grow."""

    heads: dict[str, int] = field(default_factory=dict)
    people: set[int] = field(default_factory=set)
    writers: set[Writer] = field(default_factory=set)
    here: dict[str, list[int]] = field(default_factory=dict)

    def ring(self, heads: Mapping[str, int]) -> None:
        for stream, position in heads.items():
            if stream in self.heads or len(self.heads) < MAX_PENDING_STREAMS:
                self.heads[stream] = max(position, self.heads.get(stream, 0))

    def writes(self, writer: Writer) -> None:
        if len(self.writers) < MAX_PENDING_WRITERS:
            self.writers.add(writer)

    def is_here(self, streams: Mapping[str, Iterable[int]]) -> None:
        for stream, people in streams.items():
            if stream in self.here or len(self.here) < MAX_PENDING_STREAMS:
                self.here[stream] = list(people)

    def messages(self, of: str) -> list[Message]:
        """What ends access first, what can best be lost last; ``of`` is the process that tells."""
        messages: list[Message] = []
        if self.people:
            messages.append({"type": "kick", "people": sorted(self.people)})
        messages += [
            {"type": "ring", "of": of, "stream": one, "position": at} for one, at in self.heads.items()
        ]
        if self.writers:
            messages.append({"type": "writes", "of": of, "writers": sorted(self.writers)})
        if self.here:
            messages.append({"type": "here", "of": of, "streams": self.here})
        return messages


def pass_on(message: Message, bells: Bells, *, own: str) -> None:
    """Raises whatever it likes for a message that is none. What one told oneself is known already.

    But for a kick: it ends access, and is worth being heard twice.
    """
    match message.get("type"):
        # During a rolling restart one may come that does not say whose it is.
        case "ring" if message.get("of") != own:
            bells.ring(str(message["stream"]), int(message["position"]))
        case "kick":
            bells.kick([int(one) for one in message["people"]])
        case "writes" if message["of"] != own:
            for stream, thread, person in message["writers"]:
                bells.writes((str(stream), str(thread), int(person)))
        case "here" if message["of"] != own:
            streams = {str(name): [int(one) for one in ids] for name, ids in message["streams"].items()}
            bells.here(str(message["of"]), streams)
