"""``python -m bench``: all subjects in one run, each several times, one after the other.

``--short``: a part of it, once, in under five minutes. ``--only dialogue,websockets``: these. Both
write ``bench/RESULTS.part.md`` and leave the page of the last whole run alone.
"""

import argparse
import os
import signal
import sys
from functools import partial
from types import FrameType

from bench.measuring import SERVERS_CPU
from bench.phases import SHORT, WHOLE
from bench.report.results import write
from bench.run import Run
from bench.subjects import SUBJECTS

WHOLE_PAGE, PART = "RESULTS.md", "RESULTS.part.md"


def main() -> None:
    options = argparse.ArgumentParser(prog="make bench")
    options.add_argument("--short", action="store_true")
    options.add_argument("--only", default=",".join(SUBJECTS), help="of: " + ", ".join(SUBJECTS))
    wish = options.parse_args()
    plan = SHORT if wish.short else WHOLE
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, leave)
    # Whatever is started from here on shares one processor; the client takes another for itself.
    os.sched_setaffinity(0, {SERVERS_CPU})
    subjects = set(wish.only.split(","))
    name = PART if wish.short or subjects != set(SUBJECTS) else WHOLE_PAGE
    command = "make bench" + (f' ARGS="{words}"' if (words := " ".join(sys.argv[1:])) else "")
    results = Run(plan, subjects=subjects, write=partial(write, plan, command, name=name)).all()
    print(f"\nWritten to bench/{name}")
    for failure in results.failures:
        print("Not measured:", failure)
    sys.exit(1 if results.failures else 0)


def leave(number: int, _frame: FrameType | None) -> None:
    """Once: what is running is ended in order, and a second signal would cut that short."""
    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, signal.SIG_IGN)
    sys.exit(128 + number)


if __name__ == "__main__":
    main()
