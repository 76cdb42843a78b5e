"""What processes use, read from the kernel: Linux only, like the figures this is for."""

import os
from collections.abc import Iterable
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
PAGE = os.sysconf("SC_PAGE_SIZE")


def family_of(pid: int) -> list[int]:
    """A process and all that descend from it."""
    family = [pid]
    for child in _children(pid):
        family += family_of(child)
    return family


def cpu_seconds(pids: Iterable[int]) -> float:
    """User and system time so far."""
    return sum(sum(map(int, _stat(pid)[11:13])) for pid in pids) / TICKS


def memory_bytes(pid: int) -> int:
    """Resident."""
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * PAGE


def busy_share(before: tuple[int, int], after: tuple[int, int]) -> float:
    """How much of a processor was used between two readings of ``processor``."""
    total = after[1] - before[1]
    return (after[0] - before[0]) / total if total else 0.0


def processor(number: int) -> tuple[int, int]:
    """(busy, all) ticks of one processor since the machine started."""
    line = next(
        line for line in Path("/proc/stat").read_text().splitlines() if line.startswith(f"cpu{number} ")
    )
    ticks = [int(word) for word in line.split()[1:9]]
    return sum(ticks) - ticks[3] - ticks[4], sum(ticks)


def _children(pid: int) -> list[int]:
    try:
        return [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except FileNotFoundError:
        return []


def _stat(pid: int) -> list[str]:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except FileNotFoundError:
        return ["0"] * 40
