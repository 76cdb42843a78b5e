"""``bench/RESULTS.md``: ratios first, because they hold; absolute figures drift with the machine."""

import platform
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from statistics import median

from bench.measuring import Measured

RESULTS = Path(__file__).with_name("RESULTS.md")
LIBRARIES = ("django", "channels", "channels-redis", "daphne", "twisted", "autobahn", "websockets", "psycopg")


@dataclass(frozen=True)
class Phase:
    """So many sockets in one room; so much under way at once, or so many deliveries a second."""

    sockets: int
    window: int = 0
    per_second: int = 0

    def __str__(self) -> str:
        if self.per_second:
            return f"{self.sockets} sockets, paced at {self.per_second:,}/s"
        return f"{self.sockets} sockets, loop of {self.window}"


Table = Mapping[tuple[str, Phase], Sequence[Measured]]


def write(table: Table, *, names: Mapping[str, str], short: bool) -> str:
    """Returns what it wrote."""
    phases = list(dict.fromkeys(phase for _subject, phase in table))
    lines = [
        "# Results",
        "",
        f"Written by `make bench{' ARGS=--short' if short else ''}` on {datetime.now(UTC):%Y-%m-%d}. "
        f"{platform.machine()}, {platform.python_implementation()} {platform.python_version()}; "
        + ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
        + ". Servers and databases on one processor, the load client on another. Medians; the spread is "
        "that of the runs.",
        "",
        "Dialogue asks who each socket is and what it may hear, persists every message and numbers it; the "
        "baselines keep nothing, but for the tutorial with an insert.",
        "",
        "## Ratios: deliveries a second, Dialogue against each baseline",
        "",
        *_ratios(table, phases, names),
        "",
        "## Figures",
        "",
        *_figures(table, phases, names),
        "",
    ]
    text = "\n".join(lines)
    RESULTS.write_text(text)
    return text


def _ratios(table: Table, phases: Sequence[Phase], names: Mapping[str, str]) -> list[str]:
    baselines = [subject for subject in names if subject != "dialogue"]
    lines = ["| | " + " | ".join(names[one] for one in baselines) + " |", "|---" * (len(baselines) + 1) + "|"]
    for phase in [phase for phase in phases if phase.window]:
        ours = _median(table.get(("dialogue", phase), ()))
        cells = [_ratio(ours, _median(table.get((one, phase), ()))) for one in baselines]
        lines.append(f"| {phase} | " + " | ".join(cells) + " |")
    return lines


def _figures(table: Table, phases: Sequence[Phase], names: Mapping[str, str]) -> list[str]:
    lines = [
        "| | deliveries/s | spread | messages/s | p50 ms | p99 ms | CPU s a million | connections/s "
        "| KiB a socket | lost | doubled | load client | noisy |",
        "|---|---|---|---|---|---|---|---|---|---|---|---|---|",
    ]
    for phase in phases:
        lines += [
            _line(f"{names[subject]}, {phase}", table[subject, phase])
            for subject in names
            if (subject, phase) in table
        ]
    return lines


def _line(title: str, runs: Sequence[Measured]) -> str:
    figures = [run.figures for run in runs]
    speeds = [one.deliveries_per_second for one in figures]
    cells = [
        f"{median(speeds):,.0f}",
        f"{min(speeds):,.0f}–{max(speeds):,.0f}",
        f"{median(one.said_per_second for one in figures):,.0f}",
        f"{median(one.p50_ms for one in figures):,.1f}",
        f"{median(one.p99_ms for one in figures):,.1f}",
        f"{median(run.cpu_seconds_per_million for run in runs):,.1f}",
        f"{median(one.connections_per_second for one in figures):,.0f}",
        f"{median(run.bytes_a_socket for run in runs) / 1024:,.0f}",
        str(sum(one.lost for one in figures)),
        str(sum(one.doubled for one in figures)),
        f"{median(one.cpu_of_client for one in figures):.0%}",
        str(sum(run.is_noisy for run in runs)),
    ]
    return f"| {title} | " + " | ".join(cells) + " |"


def _median(runs: Sequence[Measured]) -> float | None:
    return median(run.figures.deliveries_per_second for run in runs) if runs else None


def _ratio(ours: float | None, theirs: float | None) -> str:
    return f"{ours / theirs:.2f}" if ours and theirs else "–"
