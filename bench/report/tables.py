"""The tables of what was measured."""

from statistics import median

from bench.catching_up import WITHIN_SECONDS
from bench.measuring import Measured
from bench.phases import LOOP_32, Hall, Pace
from bench.reading import BEHIND_ENTRIES, SHORT_ROOM_POSTS
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
    table,
)
from bench.run import Results
from bench.subjects import NAMES

BASELINES = [name for name in NAMES if name != "dialogue"]


def ratio_table(results: Results) -> list[str]:
    """Deliveries a second, wherever it was not paced."""
    places = list(dict.fromkeys((hall, pace) for _subject, hall, pace in results.measured if pace.window))
    rows = []
    for hall, pace in places:
        ours = runs_of(results, "dialogue", hall, pace, of=deliveries)
        found = [ratio(ours, runs_of(results, each, hall, pace, of=deliveries)) for each in BASELINES]
        if any(found):
            rows.append([f"{hall}, {pace}", *(f"{one:,.2f}" if one else UNKNOWN for one in found)])
    return table(["", *(NAMES[each] for each in BASELINES)], rows)


def posts_table(results: Results) -> list[str]:
    rows = []
    for hall in (Hall(32), Hall(100)):
        ours, theirs = (
            runs_of(results, each, hall, LOOP_32, of=posts) for each in ("dialogue", "tutorial_with_insert")
        )
        found = ratio(ours, theirs)
        rows.append(
            [
                f"{hall.sockets} members",
                f"{middle(ours)} ({spread(ours)})",
                f"{middle(theirs)} ({spread(theirs)})",
                f"{found:,.1f} ({spread(ratios(ours, theirs), 1)})" if found else UNKNOWN,
            ]
        )
    return table(["posts/s, 32 under way", NAMES["dialogue"], NAMES["tutorial_with_insert"], "ratio"], rows)


def figure_table(results: Results) -> list[str]:
    head = [
        *("", "deliveries/s", "spread", "messages/s", "p50 ms", "p99 ms", "CPU s a million: server"),
        *("with databases", "lost", "doubled", "out of order", "load client", "noisy runs", "runs"),
    ]
    places = dict.fromkeys((hall, pace) for _subject, hall, pace in results.measured)
    rows = [
        _figures(f"{NAMES[subject]}, {hall}, {pace}", runs, has_order=subject == "dialogue")
        for hall, pace in sorted(places, key=_in_order)
        for subject in NAMES
        if (runs := results.measured.get((subject, hall, pace)))
    ]
    return table(head, rows)


def entering_table(results: Results) -> list[str]:
    rows = [
        [
            f"{NAMES[subject]}, {hall}",
            middle(entries_of(results, subject, hall, of=lambda one: one.connections_per_second)),
            spread(entries_of(results, subject, hall, of=lambda one: one.connections_per_second)),
            middle(entries_of(results, subject, hall, of=kib_a_socket), 1),
            spread(entries_of(results, subject, hall, of=kib_a_socket), 1),
        ]
        for subject, hall in results.entered
    ]
    return table(["", "connections/s", "spread", "KiB a socket", "spread"], rows)


def long_room_table(results: Results) -> list[str]:
    rooms = results.long_rooms
    if not rooms:
        return ["Not measured.", ""]
    posts_there = rooms[0].posts
    rows = [
        [
            page,
            f"{middle(long, 1)} ({spread(long, 1)})",
            f"{middle(short, 1)} ({spread(short, 1)})",
            f"{median(long) / median(short):.2f}",
        ]
        for page, long, short in (
            ("the room", [one.long.room_ms for one in rooms], [one.short.room_ms for one in rooms]),
            (
                "its longest thread",
                [one.long.thread_ms for one in rooms],
                [one.short.thread_ms for one in rooms],
            ),
        )
    ]
    noisy = sum(page.is_noisy for one in rooms for page in (one.long, one.short))
    head = ["ms until the page is there", f"{posts_there:,} posts", f"{SHORT_ROOM_POSTS} posts", "ratio"]
    return [*table(head, rows), *([f"Noisy: {noisy} of {2 * len(rooms)} measurements.", ""] if noisy else [])]


def catch_up_table(results: Results) -> list[str]:
    rows = []
    for sockets, runs in results.caught_up.items():
        rows.append(
            [
                f"{sockets} at once" if sockets > 1 else "one socket",
                middle([median(run.ms) for run in runs if run.ms]),
                middle([run.ms[-1] for run in runs if run.ms]),
                middle([run.entries / run.seconds for run in runs]),
                spread([run.entries / run.seconds for run in runs]),
                f"{sum(len(run.ms) for run in runs)} of {sockets * len(runs)}",
                f"{sum(run.missing for run in runs):,}",
            ]
        )
    head = [
        *(f"{BEHIND_ENTRIES:,} entries behind", "ms until `live`, median", "the last", "entries/s", "spread"),
        *(f"live within {WITHIN_SECONDS} s", "entries missing"),
    ]
    return table(head, rows)


def special_table(results: Results) -> list[str]:
    """Beside one process and one room."""
    places = [(hall, pace) for _one, hall, pace in results.measured if hall.processes > 1 or hall.rooms > 1]
    rows = []
    for hall, pace in dict.fromkeys(places):
        other = runs_of(results, "dialogue", Hall(hall.sockets), pace, of=deliveries)
        ours = runs_of(results, "dialogue", hall, pace, of=deliveries)
        found = ratio(ours, other) if hall.processes > 1 else None
        against = f"{found:,.2f}" if found else UNKNOWN
        rows.append([f"{hall}, {pace}", middle(ours), spread(ours), against])
    return table([NAMES["dialogue"], "deliveries/s", "spread", "against one process"], rows)


def _figures(title: str, runs: list[Measured], *, has_order: bool) -> list[str]:
    speeds, figures = [deliveries(run) for run in runs], [run.figures for run in runs]
    return [
        title,
        middle(speeds),
        spread(speeds),
        middle([posts(run) for run in runs]),
        middle([one.p50_ms for one in figures], 1),
        middle([p99(run) for run in runs], 1),
        middle([server_seconds(run) for run in runs], 1),
        middle([all_seconds(run) for run in runs], 1),
        f"{sum(one.lost for one in figures):,}",
        f"{sum(one.doubled for one in figures):,}",
        f"{sum(one.disordered for one in figures):,}" if has_order else UNKNOWN,
        f"{median(one.cpu_of_client for one in figures):.0%}",
        str(sum(run.is_noisy for run in runs)),
        str(len(runs)),
    ]


def _in_order(place: tuple[Hall, Pace]) -> tuple[int, ...]:
    hall, pace = place
    return hall.rooms, hall.processes, hall.sockets, pace.per_second, pace.window
