"""``python -m bench``: all subjects in one run, each several times, one after the other.

``--short``: two sizes, twice each, in under five minutes. ``--only dialogue,websockets``: these.
"""

import argparse
import os
from collections import defaultdict
from dataclasses import asdict

from bench.measuring import SERVERS_CPU, Measured, measure
from bench.report import Phase, write
from bench.subjects import SUBJECTS

LOOPS = [
    *(Phase(sockets, 8) for sockets in (100, 500, 2_000)),
    *(Phase(sockets, 32) for sockets in (32, 100, 500)),
]
PACED = [Phase(sockets, per_second=speed) for sockets in (500, 2_000) for speed in (2_000, 20_000)]
WHOLE = ([*LOOPS, *PACED], 3, 6.0)
SHORT = ([Phase(100, 8), Phase(500, 32)], 2, 3.0)


def main() -> None:
    options = argparse.ArgumentParser(prog="make bench")
    options.add_argument("--short", action="store_true")
    options.add_argument("--only", default=",".join(SUBJECTS), help="of: " + ", ".join(SUBJECTS))
    wish = options.parse_args()
    phases, times, seconds = SHORT if wish.short else WHOLE
    # Whatever is started from here on shares one processor; the client takes another for itself.
    os.sched_setaffinity(0, {SERVERS_CPU})
    table: defaultdict[tuple[str, Phase], list[Measured]] = defaultdict(list)
    names: dict[str, str] = {}
    for number in range(times):
        for subject in wish.only.split(","):
            for phase in phases:
                with SUBJECTS[subject](phase.sockets) as running:
                    names[subject] = running.name
                    measured = measure(running, seconds=seconds, **asdict(phase))
                table[subject, phase].append(measured)
                speed = measured.figures.deliveries_per_second
                print(
                    f"{number + 1}/{times}  {names[subject]}, {phase}: {speed:,.0f} deliveries/s", flush=True
                )
    print()
    print(write(table, names=names, short=wish.short))


if __name__ == "__main__":
    main()
