"""A run of several parts: each one runs even if an earlier one failed, and a table says how each ended."""

import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from platform_site.bootstrap.places import ROOT, environment
from platform_site.bootstrap.screen import note, say


@dataclass(frozen=True)
class Part:
    name: str
    command: Sequence[str]
    folder: Path = ROOT
    env: Mapping[str, str] = field(default_factory=dict)
    fine: frozenset[int] = frozenset({0})


@dataclass(frozen=True)
class Ending:
    name: str
    passed: bool
    seconds: float
    last_line: str


def run_parts(parts: Sequence[Part]) -> list[Ending]:
    return [run_part(part) for part in parts]


def run_part(part: Part) -> Ending:
    """Shows the output as it comes and keeps the last line that says something."""
    say()
    note(f"── {part.name}")
    began, last = time.monotonic(), ""
    env = environment(**part.env)
    with subprocess.Popen(
        part.command, cwd=part.folder, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as child:
        try:
            for line in child.stdout or ():
                sys.stdout.buffer.write(line)
                sys.stdout.flush()
                last = line.decode(errors="replace").strip() or last
        except BaseException:
            # pytest takes SIGINT as a wish to clean up and end; SIGTERM would leave servers' folders.
            child.send_signal(signal.SIGINT)
            raise
        code = child.wait()
    return Ending(part.name, code in part.fine, time.monotonic() - began, last)


@dataclass(frozen=True)
class Aside:
    """A part that runs beside others. What it prints is shown in one piece when it is waited for."""

    part: Part
    child: subprocess.Popen[bytes]
    output: Path
    began: float

    def wait(self) -> Ending:
        code = self.child.wait()
        seconds = time.monotonic() - self.began
        say()
        note(f"── {self.part.name} (ran beside the others)")
        printed = self.output.read_bytes()
        sys.stdout.buffer.write(printed)
        sys.stdout.flush()
        lines = [line for line in printed.decode(errors="replace").splitlines() if line.strip()]
        return Ending(self.part.name, code in self.part.fine, seconds, lines[-1].strip() if lines else "")


@contextmanager
def beside(part: Part) -> Iterator[Aside]:
    """Start ``part`` and go on; leaving early ends it as Ctrl-C would."""
    with tempfile.NamedTemporaryFile(prefix="dialogue-part-") as output:
        began, env = time.monotonic(), environment(**part.env)
        with subprocess.Popen(
            part.command, cwd=part.folder, env=env, stdout=output, stderr=subprocess.STDOUT
        ) as child:
            try:
                yield Aside(part, child, Path(output.name), began)
            except BaseException:
                child.send_signal(signal.SIGINT)
                raise


def summarise(endings: Sequence[Ending]) -> int:
    """Prints the table; returns the exit code."""
    say()
    note("── Summary")
    width = max(len(ending.name) for ending in endings)
    for ending in endings:
        say(f"  {ending.name:{width}}  {'passed' if ending.passed else 'FAILED'}  {ending.seconds:5.0f} s")
    return 0 if all(ending.passed for ending in endings) else 1
