"""The page itself, in the order in which it is read."""

from datetime import UTC, datetime
from pathlib import Path

from bench.measuring import QUIET_SHARE
from bench.phases import Plan
from bench.report import held, machine, tables
from bench.report.figures import table
from bench.run import Results

FOLDER = Path(__file__).resolve().parents[1]
HOW = """\
Dialogue asks who each socket is and what it may hear, persists every message in PostgreSQL, which waits
for its disk, and numbers it; the baselines keep nothing, but for the tutorial with an insert. Each subject
is started anew for every size, on one processor together with PostgreSQL and Redis; the load client has
another to itself. A *loop of 8* keeps eight messages under way, each until all sockets have heard it;
*paced* says them at a fixed speed. p50 and p99 are the time until the **last** socket has heard. The
tutorial is not paced at 20,000/s and has no loop of 32 with 2,000 sockets: it delivers a few thousand a
second. Before the first phase of each start something is said for a second that only faults are counted of.

CPU seconds a million are user and system time of all processes of the server (of Dialogue: its web
processes), from the first word to the last delivery, by deliveries. The target of 3 is held against these;
"with databases" adds PostgreSQL (all its processes, those that ended meanwhile too) and Redis. *Load client*
is how much of its processor the client used: near 100 % it may have been the limit, not the server.

*Out of order* counts deliveries whose position in the stream was not above that of the one before, at the
same socket, in the raw bytes; the baselines make no promise of order. Losses of a phase that was measured
again are counted with it."""
POSTS = """\
A post counts when every member has heard it, which is after the commit. Members speak in turn. The product
takes 20 frames a second from one socket (40 in a burst), confirmations included, and the client keeps to
that: 32 members alone can therefore not post more than some 640/s."""
PROCESSES = """\
Two web processes share the sockets evenly, and the one processor of the servers with PostgreSQL and Redis:
this says what a second process costs, not what a second processor would give. In each of many rooms one
sender waits until all in the room have heard; how the baselines do it stands under *Ratios*."""


def write(plan: Plan, command: str, results: Results, *, name: str) -> None:
    (FOLDER / name).write_text(page(plan, command, results))


def page(plan: Plan, command: str, results: Results) -> str:
    lines = [
        "# Results",
        "",
        *_first_words(plan, command, results),
        "## Must hold",
        "",
        *table(
            ["figure", "target", "measured", "spread", "held"],
            [row.cells for row in held.must_hold(results)],
        ),
        "`make faults` proves the figures of faults and recovery, which are not measured here.",
        "",
        *_section("Ratios: deliveries a second, Dialogue against each baseline", tables.ratio_table(results)),
        *_section("Persisted posts a second", [*POSTS.splitlines(), "", *tables.posts_table(results)]),
        *_section("Two processes, many rooms", [*PROCESSES.splitlines(), "", *tables.special_table(results)]),
        *_section("Opening a long room", tables.long_room_table(results)),
        *_section("Catching up", tables.catch_up_table(results)),
        *_section("Entering", tables.entering_table(results)),
        *_section("Figures", tables.figure_table(results)),
        *_section("How it was measured", [*HOW.splitlines(), ""]),
        *_section("With", [", ".join(machine.versions()) + "."]),
    ]
    return "\n".join(lines)


def _first_words(plan: Plan, command: str, results: Results) -> list[str]:
    lines = [
        f"Written by `{command}` on {datetime.now(UTC):%Y-%m-%d} after {results.seconds / 60:.0f} minutes. "
        f"{machine.machine()}. Everything {_times(results.rounds_done)}, phases of a loop for "
        f"{plan.loop_seconds:g} s, paced ones for {plan.paced_seconds:g} s; medians, and the spread of the "
        f"runs. Phases in which others used more than {QUIET_SHARE:.0%} of a processor were measured again, "
        f"at most {plan.times_again} times; those never quiet are counted as noisy.",
        "",
    ]
    if results.rounds_done < plan.rounds:
        done = f"{results.rounds_done} of {plan.rounds} rounds are whole"
        lines += [f"**Partial: the run was cut short or goes on; {done}.**", ""]
    if results.failures:
        lines += ["**Not measured:**", "", *(f"- {failure}" for failure in results.failures), ""]
    return lines


def _times(number: int) -> str:
    return {1: "once", 2: "twice"}.get(number, f"{number} times")


def _section(title: str, lines: list[str]) -> list[str]:
    return [f"## {title}", "", *lines]
