"""The whole plan, several times over; what fails loses nothing else. Written after each round."""

import sys
import time
import traceback
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from bench.catching_up import CaughtUp
from bench.house import House
from bench.measuring import Entered, Measured, Patience, measure
from bench.phases import Hall, Pace, Plan, Session
from bench.reading import LongRoom, catch_up, open_pages

ENDS_BY_SECONDS = 58 * 60
# A machine that is never quiet shall not take from later rounds what they need.
PATIENT_SHARE = 0.75
HURRIED = Patience(seconds=0, times_again=0)

Phase = tuple[str, Hall, Pace]


@dataclass
class Results:
    """By subject, hall and pace, one a round; who caught up by the number of sockets that asked at once.

    ``failures``: what could not be measured, and why.
    """

    rounds_done: int = 0
    entered: dict[tuple[str, Hall], list[Entered]] = field(default_factory=lambda: defaultdict(list))
    measured: dict[Phase, list[Measured]] = field(default_factory=lambda: defaultdict(list))
    long_rooms: list[LongRoom] = field(default_factory=list)
    caught_up: dict[int, list[CaughtUp]] = field(default_factory=lambda: defaultdict(list))
    failures: list[str] = field(default_factory=list)
    seconds: float = 0.0


class Run:
    """``write`` is told after each round, with what is known until then."""

    def __init__(self, plan: Plan, *, subjects: set[str], write: Callable[[Results], None]) -> None:
        self.plan, self.subjects, self.write = plan, subjects, write
        self.results = Results()
        self._began = time.monotonic()

    def all(self) -> Results:
        """Also when it is ended from outside, what was measured is written."""
        try:
            with House() as house:
                for number in range(self.plan.rounds):
                    self._round(house, number)
                    self.results.rounds_done = number + 1
                    self._write()
        finally:
            self._write()
        return self.results

    def _round(self, house: House, number: int) -> None:
        self._say(f"round {number + 1} of {self.plan.rounds}")
        for session in self.plan.sessions:
            if session.subject in self.subjects:
                self._attempt(str(session), partial(self._session, house, session))
        if "dialogue" in self.subjects:
            self._attempt("opening a long room", partial(self._open_pages, house))
            for sockets in self.plan.caught_up_by:
                self._attempt(f"catching up, {sockets} at once", partial(self._catch_up, house, sockets))

    def _attempt(self, what: str, work: Callable[[], None]) -> None:
        if time.monotonic() - self._began > ENDS_BY_SECONDS:
            self.results.failures.append(f"{what}: left out, the time was over")
            return
        try:
            work()
        except Exception as fault:
            traceback.print_exc(file=sys.stderr)
            self.results.failures.append(f"{what}: {type(fault).__name__}")

    def _session(self, house: House, session: Session) -> None:
        reading = None
        try:
            for reading in measure(house, session, self.plan, patience=self._patience):
                for pace, measured in list(reading.phases.items())[-1:]:
                    speed = measured.figures.deliveries_per_second
                    self._say(f"{session}, {pace}: {speed:,.0f} deliveries/s")
        finally:
            if reading:
                self.results.entered[session.subject, session.hall].append(reading.entered)
                for pace, measured in reading.phases.items():
                    self.results.measured[session.subject, session.hall, pace].append(measured)

    def _open_pages(self, house: House) -> None:
        found = open_pages(house, self.plan, self._patience)
        self.results.long_rooms.append(found)
        self._say(f"room of {found.posts:,} posts: {found.long.room_ms:,.0f} ms")

    def _catch_up(self, house: House, sockets: int) -> None:
        found = catch_up(house, self.plan, self._patience, sockets=sockets)
        self.results.caught_up[sockets].append(found)
        self._say(f"{sockets} catch up: {found.entries / found.seconds:,.0f} entries/s")

    @property
    def _patience(self) -> Patience:
        """As the plan has it, in the first part of each round's share of the time."""
        share = ENDS_BY_SECONDS * (self.results.rounds_done + PATIENT_SHARE) / self.plan.rounds
        is_in_time = time.monotonic() - self._began < share
        return Patience(self.plan.waits_seconds, self.plan.times_again) if is_in_time else HURRIED

    def _write(self) -> None:
        self.results.seconds = time.monotonic() - self._began
        self.write(self.results)

    def _say(self, words: str) -> None:
        print(f"{time.monotonic() - self._began:5.0f} s  {words}", flush=True)
