"""One measurement: the subject is idle, then under load by the client's process, and both are read."""

import json
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from typing import IO, Any, cast

from bench.loops import OPEN, Figures, Request
from bench.processes import busy_share, cpu_seconds, family_of, memory_bytes, processor
from bench.subjects import ROOT, Subject

SERVERS_CPU, CLIENTS_CPU = 0, 1
QUIET_SHARE = 0.15
WAITS_FOR_QUIET_SECONDS = 60
ENDS_WITHIN_SECONDS = 300


@dataclass(frozen=True)
class Measured:
    """What the client saw, and what the server used for it. ``is_noisy``: others used the machine."""

    figures: Figures
    cpu_seconds_per_million: float
    bytes_a_socket: float
    is_noisy: bool


def measure(subject: Subject, **wish: Any) -> Measured:
    """``wish``: fields of ``Request``."""
    request = Request(
        port=subject.port,
        dialect=subject.dialect,
        cpu=CLIENTS_CPU,
        headers=subject.headers,
        place=subject.place,
        **wish,
    )
    is_noisy = not _became_quiet()
    family = [pid for parent in subject.pids for pid in family_of(parent)]
    idle = sum(map(memory_bytes, family))
    with subprocess.Popen(
        [sys.executable, "-m", "bench.loops"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as client:
        told, heard = cast(IO[str], client.stdin), cast(IO[str], client.stdout)
        told.write(json.dumps(asdict(request)) + "\n")
        told.flush()
        is_open = heard.readline().strip() == OPEN
        bytes_a_socket = (sum(map(memory_bytes, family)) - idle) / request.sockets
        used = cpu_seconds(family)
        printed, _ = client.communicate("\n", timeout=ENDS_WITHIN_SECONDS)
        used = cpu_seconds(family) - used
    if not is_open or client.returncode:
        raise RuntimeError(f"{subject.name}: the load client ended with {client.returncode}")
    figures = Figures(**json.loads(printed))
    deliveries = figures.deliveries_per_second * request.seconds
    million = 1_000_000 * used / deliveries if deliveries else float("nan")
    return Measured(figures, million, bytes_a_socket, is_noisy)


def _became_quiet() -> bool:
    """Nobody else uses these two processors, or does not stop using them."""
    ends = time.monotonic() + WAITS_FOR_QUIET_SECONDS
    while time.monotonic() < ends:
        before = [processor(number) for number in (SERVERS_CPU, CLIENTS_CPU)]
        time.sleep(1)
        after = [processor(number) for number in (SERVERS_CPU, CLIENTS_CPU)]
        if all(busy_share(*pair) < QUIET_SHARE for pair in zip(before, after, strict=True)):
            return True
    return False
