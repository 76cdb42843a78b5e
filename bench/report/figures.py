"""From runs to what stands in a cell: medians and their spread."""

from collections.abc import Callable, Sequence
from statistics import median

from bench.measuring import Entered, Measured
from bench.phases import Hall, Pace
from bench.run import Results

UNKNOWN = "–"
Of = Callable[[Measured], float]


def deliveries(run: Measured) -> float:
    return run.figures.deliveries_per_second


def posts(run: Measured) -> float:
    return run.figures.said_per_second


def p99(run: Measured) -> float:
    return run.figures.p99_ms


def server_seconds(run: Measured) -> float:
    return run.cpu_seconds


def all_seconds(run: Measured) -> float:
    return run.cpu_seconds + run.database_seconds


def kib_a_socket(entered: Entered) -> float:
    return entered.bytes_a_socket / 1024


def runs_of(results: Results, subject: str, hall: Hall, pace: Pace, *, of: Of) -> list[float]:
    return [of(run) for run in results.measured.get((subject, hall, pace), ())]


def entries_of(results: Results, subject: str, hall: Hall, *, of: Callable[[Entered], float]) -> list[float]:
    return [of(entered) for entered in results.entered.get((subject, hall), ())]


def ratio(ours: Sequence[float], theirs: Sequence[float]) -> float | None:
    """Of the medians."""
    return median(ours) / median(theirs) if ours and theirs and median(theirs) else None


def ratios(ours: Sequence[float], theirs: Sequence[float]) -> list[float]:
    """Round by round, for the spread."""
    return [one / other for one, other in zip(ours, theirs, strict=False) if other]


def middle(values: Sequence[float], digits: int = 0) -> str:
    return f"{median(values):,.{digits}f}" if values else UNKNOWN


def spread(values: Sequence[float], digits: int = 0) -> str:
    return f"{min(values):,.{digits}f}–{max(values):,.{digits}f}" if values else UNKNOWN


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """In Markdown, with an empty line behind."""
    lines = [head, ["---"] * len(head), *rows]
    return [*(f"| {' | '.join(cells)} |" for cells in lines), ""]
