"""What is measured: who opens how many sockets in how many rooms, and what is said there."""

from dataclasses import dataclass

ALL = ("dialogue", "websockets", "socketio", "tutorial")
SIZES = (100, 500, 2_000)


@dataclass(frozen=True)
class Hall:
    """Sockets that are open together, alike in all rooms; ``processes`` of the web share them."""

    sockets: int
    rooms: int = 1
    processes: int = 1

    def __str__(self) -> str:
        if self.rooms > 1:
            return f"{self.rooms} rooms of {self.sockets // self.rooms} sockets"
        if self.processes > 1:
            return f"{self.sockets:,} sockets, {self.processes} web processes"
        return f"{self.sockets:,} sockets"


@dataclass(frozen=True)
class Pace:
    """So many things said under way at once in each room, or so many deliveries a second in all."""

    window: int = 0
    per_second: int = 0

    def __str__(self) -> str:
        return f"paced at {self.per_second:,}/s" if self.per_second else f"loop of {self.window}"


LOOP_8, LOOP_32 = Pace(window=8), Pace(window=32)
ONE_EACH = Pace(window=1)  # in every room one sender, who waits until all there have heard
PACED = (Pace(per_second=2_000), Pace(per_second=20_000))
MANY_ROOMS = Hall(2_000, rooms=200)
TWO_PROCESSES = Hall(500, processes=2)


@dataclass(frozen=True)
class Session:
    """One start of one subject: the hall is opened once, then its paces follow each other."""

    subject: str
    hall: Hall
    paces: tuple[Pace, ...]

    def __str__(self) -> str:
        return f"{self.subject}, {self.hall}"


@dataclass(frozen=True)
class Plan:
    """Seconds a phase of a loop and a paced one last. The long room holds so many posts; its pages are
    opened so many times in a row, and so many sockets catch up at once.

    When others use the machine: seconds to wait before a phase, and how often it is measured again.
    """

    sessions: tuple[Session, ...]
    rounds: int
    loop_seconds: float
    paced_seconds: float
    long_room_posts: int
    opens_pages: int
    caught_up_by: tuple[int, ...]
    waits_seconds: float
    times_again: int

    def seconds_of(self, pace: Pace) -> float:
        return self.paced_seconds if pace.per_second else self.loop_seconds


def _usual(subject: str, sockets: int) -> Session:
    paces: tuple[Pace, ...] = (LOOP_8, LOOP_32, *PACED)
    if subject == "tutorial":
        # It delivers a few thousand a second: what is paced above that only grows a queue, and
        # a loop of 32 to 2,000 takes it twenty seconds a turn.
        paces = (LOOP_8, *((LOOP_32,) if sockets < 2_000 else ()), PACED[0])
    return Session(subject, Hall(sockets), paces)


WHOLE = Plan(
    sessions=(
        *(_usual(subject, sockets) for subject in ALL for sockets in SIZES),
        Session("dialogue", Hall(32), (LOOP_32,)),
        *(Session("tutorial_with_insert", Hall(sockets), (LOOP_32,)) for sockets in (32, 100)),
        Session("dialogue", TWO_PROCESSES, (LOOP_8, LOOP_32)),
        *(Session(subject, MANY_ROOMS, (ONE_EACH,)) for subject in ALL),
    ),
    rounds=3,
    loop_seconds=5.0,
    paced_seconds=8.0,
    long_room_posts=100_000,
    opens_pages=20,
    caught_up_by=(1, 100),
    waits_seconds=15.0,
    times_again=2,
)
SHORT = Plan(
    sessions=(
        *(Session(subject, Hall(100), (LOOP_8, LOOP_32)) for subject in ALL),
        *(Session(subject, Hall(500), (LOOP_32, PACED[1])) for subject in ALL[:3]),
        Session("tutorial_with_insert", Hall(100), (LOOP_32,)),
        Session("dialogue", TWO_PROCESSES, (LOOP_8,)),
        Session("dialogue", Hall(200, rooms=20), (ONE_EACH,)),
    ),
    rounds=1,
    loop_seconds=3.0,
    paced_seconds=3.0,
    long_room_posts=5_000,
    opens_pages=5,
    caught_up_by=(1, 20),
    waits_seconds=1.0,
    times_again=0,
)
