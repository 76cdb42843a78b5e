"""How far one socket has read one stream, and how much it may have under way."""

from collections import deque
from enum import Enum, auto
from time import monotonic

from dialogue.realtime.limits import MAX_UNCONFIRMED_BYTES, MAX_UNCONFIRMED_ENTRIES, MAX_UNCONFIRMED_SECONDS
from dialogue.realtime.listener import Admission, Listener
from dialogue.realtime.sockets import Socket
from dialogue.realtime.told import Told, variant_of


class Window:
    """What one socket was sent and has not confirmed, over all its streams.

    daphne takes whatever it is given, so this is what bounds the memory of one who does not read.
    """

    __slots__ = ("bytes", "entries", "full_since", "is_full")

    def __init__(self) -> None:
        self.entries = 0
        self.bytes = 0
        self.is_full = False
        self.full_since = 0.0

    def change(self, entries: int, size: int) -> None:
        self.entries += entries
        self.bytes += size
        is_full = self.entries >= MAX_UNCONFIRMED_ENTRIES or self.bytes >= MAX_UNCONFIRMED_BYTES
        if is_full and not self.is_full:
            self.full_since = monotonic()
        self.is_full = is_full

    def is_overdue(self, now: float) -> bool:
        return self.is_full and now - self.full_since > MAX_UNCONFIRMED_SECONDS


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
        self._unconfirmed: deque[tuple[int, int, int]] = deque()

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

    def take(self, data: bytes, *, until: int, entries: int = 1) -> None:
        """Offer a frame with entries up to ``until`` and move on."""
        self.socket.offer(data)
        self.position = until
        self._unconfirmed.append((until, entries, len(data)))
        self.window.change(entries, len(data))

    def confirm(self, position: int) -> None:
        while self._unconfirmed and self._unconfirmed[0][0] <= position:
            _, entries, size = self._unconfirmed.popleft()
            self.window.change(-entries, -size)

    def close(self) -> None:
        """It left: what it had under way no longer counts."""
        self.is_there = False
        self.confirm(self.position)
