"""The figures that must hold, each with what was measured of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from bench.phases import LOOP_8, LOOP_32, PACED, Hall, Pace
from bench.report.figures import (
    UNKNOWN,
    all_seconds,
    deliveries,
    entries_of,
    kib_a_socket,
    middle,
    p99,
    posts,
    ratio,
    ratios,
    runs_of,
    server_seconds,
    spread,
)
from bench.run import Results
from bench.subjects import NAMES

AGAINST = {
    "websockets": ((100, 0.9), (500, 1.2), (2_000, 1.2)),
    "socketio": ((100, 1.2), (500, 1.2), (2_000, 1.05)),
    "tutorial": ((100, 25.0), (500, 40.0), (2_000, 50.0)),
}
SECONDS_A_MILLION = 3.0
KIB_A_SOCKET = 28.0
POSTS_AGAINST_INSERT = 20.0
CONNECTIONS_AGAINST_TUTORIAL = 1.5


@dataclass(frozen=True)
class Row:
    """``is_held`` is None where something was not measured."""

    figure: str
    target: str
    measured: str = UNKNOWN
    spread: str = UNKNOWN
    is_held: bool | None = None

    @property
    def cells(self) -> list[str]:
        held = {True: "yes", False: "**no**", None: "not measured"}[self.is_held]
        return [self.figure, self.target, self.measured, self.spread, held]


def must_hold(results: Results) -> list[Row]:
    return [
        *_deliveries(results),
        *(_paced(results, sockets) for sockets in (500, 2_000)),
        _seconds(results),
        _posts(results),
        _memory(results),
        _connections(results),
        _whole(results),
    ]


def _deliveries(results: Results) -> Iterator[Row]:
    for baseline, targets in AGAINST.items():
        for sockets, target in targets:
            yield _against(results, baseline, Hall(sockets), LOOP_8, target=target)
        if baseline == "websockets":
            yield _against(results, baseline, Hall(500), LOOP_32, target=3.0)


def _against(results: Results, baseline: str, hall: Hall, pace: Pace, *, target: float) -> Row:
    ours, theirs = (runs_of(results, each, hall, pace, of=deliveries) for each in ("dialogue", baseline))
    return _ratio_row(f"deliveries/s against {NAMES[baseline]}, {hall}, {pace}", ours, theirs, target=target)


def _ratio_row(figure: str, ours: Sequence[float], theirs: Sequence[float], *, target: float) -> Row:
    found = ratio(ours, theirs)
    row = Row(figure, f"≥ {target:g}")
    if found is None:
        return row
    return Row(figure, row.target, f"{found:,.2f}", spread(ratios(ours, theirs), 2), found >= target)


def _paced(results: Results, sockets: int) -> Row:
    hall, pace = Hall(sockets), PACED[1]
    ours, theirs = (runs_of(results, each, hall, pace, of=p99) for each in ("dialogue", "socketio"))
    figure, target = f"p99 ms, {hall}, {pace}", f"≤ {middle(theirs, 1)}, that of Socket.IO"
    return _at_most(figure, target, ours, median(theirs) if theirs else None)


def _seconds(results: Results) -> Row:
    hall = Hall(500)
    server, everything = (
        runs_of(results, "dialogue", hall, LOOP_32, of=of) for of in (server_seconds, all_seconds)
    )
    figure = (
        f"CPU seconds a million deliveries, {hall}, {LOOP_32}, of the web process "
        f"(with PostgreSQL and Redis: {middle(everything, 1)})"
    )
    return _at_most(figure, f"≤ {SECONDS_A_MILLION:g}", server, SECONDS_A_MILLION)


def _posts(results: Results) -> Row:
    ours, theirs = (
        runs_of(results, each, Hall(100), LOOP_32, of=posts) for each in ("dialogue", "tutorial_with_insert")
    )
    figure = "persisted posts/s against the tutorial with an ORM insert, 32 senders, 100 members"
    return _ratio_row(figure, ours, theirs, target=POSTS_AGAINST_INSERT)


def _memory(results: Results) -> Row:
    found = entries_of(results, "dialogue", Hall(2_000), of=kib_a_socket)
    figure = "KiB a socket at 2,000, above the idle process"
    return _at_most(figure, f"≤ {KIB_A_SOCKET:g}", found, KIB_A_SOCKET)


def _connections(results: Results) -> Row:
    ours, theirs = (
        entries_of(results, each, Hall(2_000), of=lambda one: one.connections_per_second)
        for each in ("dialogue", "tutorial")
    )
    figure = "connections/s against the tutorial, 2,000 sockets"
    return _ratio_row(figure, ours, theirs, target=CONNECTIONS_AGAINST_TUTORIAL)


def _whole(results: Results) -> Row:
    """Every phase of the product, those that were measured again included."""
    runs = [
        run.figures for (subject, *_), of in results.measured.items() if subject == "dialogue" for run in of
    ]
    caught_up = [one for runs in results.caught_up.values() for one in runs]
    numbers = [
        sum(run.lost for run in runs),
        sum(run.doubled for run in runs),
        sum(run.disordered for run in runs) + sum(one.disordered for one in caught_up),
    ]
    figure = f"lost, doubled, out of order, of {sum(run.deliveries for run in runs):,} deliveries"
    if not runs:
        return Row(figure, "0")
    return Row(figure, "0", ", ".join(f"{number:,}" for number in numbers), UNKNOWN, not any(numbers))


def _at_most(figure: str, target: str, found: Sequence[float], bound: float | None) -> Row:
    if not found or bound is None:
        return Row(figure, target, middle(found, 1), spread(found, 1))
    return Row(figure, target, middle(found, 1), spread(found, 1), median(found) <= bound)
