"""How fast one socket may speak, and how often it may be wrong, before it is closed."""

from dialogue.realtime.limits import (
    FRAMES_BURST,
    FRAMES_PER_SECOND,
    MAX_RATE_BREACHES,
    RATE_BREACH_WINDOW_SECONDS,
)

# A page that sends its whole outbox at once is refused for the rest, not closed: one breach a
# second is counted, unless it goes on and on.
ONE_BREACH_SECONDS = 1.0
ONE_BREACH_FRAMES = 100


class Tally:
    """Counts what happened within the last so many seconds."""

    __slots__ = ("_times", "at_most", "seconds")

    def __init__(self, *, at_most: int, seconds: float) -> None:
        self.at_most = at_most
        self.seconds = seconds
        self._times: list[float] = []

    def is_full_after(self, now: float) -> bool:
        """Count one more; whether it makes as many as are borne."""
        self._times = [*self._times[1 - self.at_most :], now] if self.at_most > 1 else [now]
        return len(self._times) == self.at_most and now - self._times[0] < self.seconds


class Pace:
    """A bucket of ``burst`` frames that refills with so many a second."""

    __slots__ = ("_at", "_breached_at", "_breaches", "_burst", "_per_second", "_refused", "_tokens")

    def __init__(
        self, now: float, *, burst: float = FRAMES_BURST, per_second: float = FRAMES_PER_SECOND
    ) -> None:
        self._burst = burst
        self._per_second = per_second
        self._tokens = float(burst)
        self._at = now
        self._breaches = Tally(at_most=MAX_RATE_BREACHES, seconds=RATE_BREACH_WINDOW_SECONDS)
        self._breached_at = float("-inf")
        self._refused = 0

    def wait_ms(self, now: float) -> int:
        """0 when the next frame may come in; otherwise when it could."""
        self._tokens = min(self._burst, self._tokens + (now - self._at) * self._per_second)
        self._at = now
        if self._tokens >= 1:
            self._tokens -= 1
            return 0
        return int((1 - self._tokens) / self._per_second * 1000) + 1

    def give_back(self) -> None:
        """The frame that came in last is not counted."""
        self._tokens = min(self._burst, self._tokens + 1)

    def is_too_much(self, now: float) -> bool:
        """Count one refused frame; whether the socket has earned its close."""
        self._refused += 1
        if now - self._breached_at < ONE_BREACH_SECONDS and self._refused < ONE_BREACH_FRAMES:
            return False
        self._breached_at, self._refused = now, 0
        return self._breaches.is_full_after(now)
