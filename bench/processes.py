"""What processes use, read from the kernel: Linux only, like the figures this is for."""

import os
import time
from collections.abc import Iterable
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
PAGE = os.sysconf("SC_PAGE_SIZE")
# In /proc/PID/stat, behind the name: time in user and system mode, and that of children which ended.
OWN_AND_ENDED = slice(11, 15)
# Of all processors: in user mode, the same "niced", in system mode, and taken by other machines.
USED = (1, 2, 3, 8)


def family_of(pid: int) -> list[int]:
    """A process and all that descend from it."""
    family = [pid]
    for child in _children(pid):
        family += family_of(child)
    return family


def cpu_seconds(parents: Iterable[int]) -> float:
    """What these processes and all that descend from them have used so far.

    Those that are born and end between two readings count too, once their parent has taken notice.
    """
    family = [pid for parent in parents for pid in family_of(parent)]
    return sum(sum(map(int, _stat(pid)[OWN_AND_ENDED])) for pid in family) / TICKS


def memory_bytes(parents: Iterable[int]) -> int:
    """Resident, of these processes and all that descend from them."""
    family = [pid for parent in parents for pid in family_of(parent)]
    return sum(int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * PAGE for pid in family)


class ForeignLoad:
    """How much others use the machine: all but this process and what it started, alive or ended."""

    def __init__(self) -> None:
        self._began, self._used = time.monotonic(), self._foreign_seconds()

    def share(self) -> float:
        """Of one processor, since this was made."""
        return (self._foreign_seconds() - self._used) / (time.monotonic() - self._began)

    @staticmethod
    def _foreign_seconds() -> float:
        words = Path("/proc/stat").read_text().split("\n", 1)[0].split()
        return sum(int(words[place]) for place in USED) / TICKS - cpu_seconds([os.getpid()])


def _children(pid: int) -> list[int]:
    """Of all its threads: who started a process from one of them is its parent too."""
    found: list[int] = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            found += [int(word) for word in task.read_text().split()]
        except (FileNotFoundError, ProcessLookupError):
            continue
    return found


def _stat(pid: int) -> list[str]:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return ["0"] * 40
