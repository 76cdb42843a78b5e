"""How far one socket has read one stream, and how much it may have under way."""

from bisect import bisect_right
from enum import Enum, auto
from operator import itemgetter
from time import monotonic

from dialogue.realtime.limits import MAX_UNCONFIRMED_BYTES, MAX_UNCONFIRMED_ENTRIES, MAX_UNCONFIRMED_SECONDS
from dialogue.realtime.listener import Admission, Listener
from dialogue.realtime.sockets import Socket
from dialogue.realtime.told import Told, variant_of


class Window:
    """What one socket was sent and has not confirmed, over all its streams.

    daphne takes whatever it is given, so this is what bounds the memory of one who does not read.
    Frames arrive in order: to confirm one is to confirm all before it. Leaving a stream confirms
    nothing, or coming and going would get round the bound.
    """

    __slots__ = ("_sent", "_unconfirmed", "bytes", "entries", "full_since", "is_full")

    def __init__(self) -> None:
        self.entries = 0
        self.bytes = 0
        self.is_full = False
        self.full_since = 0.0
        self._sent = 0
        self._unconfirmed: list[tuple[int, int]] = []

    def add(self, entries: int, size: int) -> int:
        """Count one frame; the number returned is what ``confirm`` takes."""
        self._sent += 1
        self._unconfirmed.append((entries, size))
        self._change(entries, size)
        return self._sent

    def confirm(self, number: int) -> None:
        """The frame of that number has arrived."""
        confirmed = max(0, number - self._sent + len(self._unconfirmed))
        for entries, size in self._unconfirmed[:confirmed]:
            self._change(-entries, -size)
        del self._unconfirmed[:confirmed]

    def has_room(self, entries: int, size: int) -> bool:
        """Whether all of it may be under way, and something is."""
        return (
            0 < entries <= MAX_UNCONFIRMED_ENTRIES - self.entries
            and size <= MAX_UNCONFIRMED_BYTES - self.bytes
        )

    def is_overdue(self, now: float) -> bool:
        return self.is_full and now - self.full_since > MAX_UNCONFIRMED_SECONDS

    def _change(self, entries: int, size: int) -> None:
        self.entries += entries
        self.bytes += size
        is_full = self.entries >= MAX_UNCONFIRMED_ENTRIES or self.bytes >= MAX_UNCONFIRMED_BYTES
        if is_full and not self.is_full:
            self.full_since = monotonic()
        self.is_full = is_full


class State(Enum):
    """JOINING: its place is not judged yet. BEHIND: catches up by pages. LIVE: hears entry by entry.

    TOO_SLOW: too much waited for it; it gets a ``reset`` as soon as it confirms anything.
    """

    JOINING = auto()
    BEHIND = auto()
    LIVE = auto()
    TOO_SLOW = auto()


class Cursor:
    """All that is kept for one socket in one stream: every entry up to ``position`` was offered.

    ``epoch`` is what the page said of its place; None: it has none.
    """

    __slots__ = (
        *("epoch", "hearing", "acl_version", "is_reading_page", "is_there", "listener", "position"),
        *("socket", "state", "stream", "window", "_unconfirmed"),
    )

    def __init__(self, socket: Socket, stream: str, *, window: Window, admission: Admission) -> None:
        self.socket = socket
        self.stream = stream
        self.window = window
        self.admit(admission)
        self.epoch: str | None = None
        self.position = 0
        self.state = State.JOINING
        self.is_there = True
        self.is_reading_page = False
        self._unconfirmed: list[tuple[int, int]] = []

    def admit(self, admission: Admission) -> None:
        """Take what was read about access, with the versions it was read at."""
        # The listener is kept here too: another stream's look must not hide from this one that it moved.
        self.listener: Listener = admission.listener
        self.hearing = admission.hearing
        self.acl_version = admission.acl_version
        self.socket.listener = admission.listener

    def bytes_of(self, told: Told) -> bytes:
        variant = variant_of(told, self.listener, self.hearing.audience, floor=self.hearing.floor)
        return told.bytes_for(variant, self.listener.language)

    def take(self, size: int, *, until: int, entries: int = 1) -> None:
        """Count so many bytes with entries up to ``until``, which are offered now, and move on."""
        self.position = until
        self._unconfirmed.append((until, self.window.add(entries, size)))

    def confirm(self, position: int) -> None:
        confirmed = bisect_right(self._unconfirmed, position, key=itemgetter(0))
        if confirmed:
            self.window.confirm(self._unconfirmed[confirmed - 1][1])
            del self._unconfirmed[:confirmed]
