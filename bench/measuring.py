"""One measurement: the subject is idle, then under load by the client's process, and both are read."""

import json
import subprocess
import sys
from dataclasses import asdict, dataclass
from typing import Any

from bench.loops import Figures, Request
from bench.processes import cpu_seconds, family_of, memory_bytes
from bench.subjects import ROOT, Subject

SERVERS_CPU, CLIENTS_CPU = 0, 1


@dataclass(frozen=True)
class Measured:
    """What the client saw, and what the server used for it."""

    figures: Figures
    cpu_seconds_per_million: float
    idle_bytes: int


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
    family = [pid for parent in subject.pids for pid in family_of(parent)]
    idle, used = sum(map(memory_bytes, family)), cpu_seconds(family)
    done = subprocess.run(
        [sys.executable, "-m", "bench.loops"],
        cwd=ROOT,
        input=json.dumps(asdict(request)),
        capture_output=True,
        text=True,
        timeout=300,
    )
    if done.returncode:
        raise RuntimeError(f"{subject.name}: {done.stderr[-2000:]}")
    figures = Figures(**json.loads(done.stdout))
    deliveries = figures.deliveries_per_second * request.seconds
    used = cpu_seconds(family) - used
    return Measured(figures, 1_000_000 * used / deliveries if deliveries else float("nan"), idle)
