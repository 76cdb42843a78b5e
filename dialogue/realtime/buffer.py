"""The newest entries of a stream, kept once for all who read it."""

from collections.abc import Sequence
from typing import Final

from dialogue.realtime.limits import MAX_WAITING_OUT_BYTES, MAX_WAITING_OUT_ENTRIES
from dialogue.realtime.told import Told

# Twice what may wait for one reader: whoever is within their bound is always within the buffer.
MAX_KEPT_ENTRIES: Final = 2 * MAX_WAITING_OUT_ENTRIES
MAX_KEPT_BYTES: Final = 2 * MAX_WAITING_OUT_BYTES


class Gap(RuntimeError):
    """Positions that do not follow each other: nothing of it may be told."""


class Buffer:
    """Holds every entry after ``start`` up to ``head``, without gap."""

    def __init__(self, epoch: str, start: int) -> None:
        self.epoch = epoch
        self.start = start
        self._told: list[Told] = []
        self._sizes: list[int] = []

    @property
    def head(self) -> int:
        return self.start + len(self._told)

    def after(self, position: int) -> Sequence[Told]:
        """Everything newer; ask only for positions from ``start`` on."""
        return self._told[position - self.start :]

    def add(self, told: Sequence[Told]) -> None:
        """Append what follows, and let go of the oldest beyond the bound. Raises Gap."""
        if any(one.position != self.head + n for n, one in enumerate(told, 1)):
            raise Gap
        # Earlier entries have been encoded by now, so only now is their size known.
        self._sizes += [one.size for one in self._told[len(self._sizes) :]]
        self._told += told
        self._trim()

    def _trim(self) -> None:
        surplus = max(0, len(self._told) - MAX_KEPT_ENTRIES)
        kept_bytes = sum(self._sizes[surplus:])
        while kept_bytes > MAX_KEPT_BYTES and surplus < len(self._sizes):
            kept_bytes -= self._sizes[surplus]
            surplus += 1
        del self._told[:surplus]
        del self._sizes[:surplus]
        self.start += surplus
