"""What is new since the last look, as one burst of frames for all who hear it alike."""

from dataclasses import dataclass
from typing import Final

from dialogue.realtime.cursor import Cursor
from dialogue.realtime.looking import Found

# Confirmed as one: not more than a page confirms at once, or it would wait for its own confirmation.
MAX_BURST_ENTRIES: Final = 50


# The audience, the language and the position; then what sets them apart, if anything does.
Kind = tuple[str, str, int, int | None, frozenset[int], int]


@dataclass(frozen=True)
class Burst:
    """Frames in order, and how many bytes they are together."""

    frames: tuple[bytes, ...]
    size: int


class Bursts:
    """Of one look. Most readers are of a few kinds, and each kind is built once."""

    def __init__(self, found: Found) -> None:
        self._found = found
        self._known: dict[Kind, Burst] = {}
        self._authors = {one.author_id for one in found.told}
        self._organisations = {one.organisation_id for one in found.told if one.organisation_id is not None}
        self._first_place = min((one.place for one in found.told if one.place is not None), default=0)

    def after(self, cursor: Cursor) -> Burst:
        """Everything behind this cursor's position, as it may hear it."""
        kind = self._kind_of(cursor)
        burst = self._known.get(kind)
        if burst is None:
            burst = self._known[kind] = self._built(cursor)
        return burst

    def _kind_of(self, cursor: Cursor) -> Kind:
        """Apart is who hears own words, words of those they lead, or what was begun before they came."""
        who, hearing = cursor.listener, cursor.hearing
        return (
            hearing.audience,
            who.language,
            cursor.position,
            who.person_id if who.person_id in self._authors else None,
            who.leads & self._organisations if who.leads else who.leads,
            hearing.floor if hearing.floor >= self._first_place else 0,
        )

    def _built(self, cursor: Cursor) -> Burst:
        told = self._found.told[cursor.position - self._found.after :]
        frames = tuple(cursor.bytes_of(one) for one in told)
        return Burst(frames, sum(map(len, frames)))
