"""Runs one preparing command and shows that it is alive: a line a step, never seconds of silence."""

import threading
import time
from collections.abc import Callable
from pathlib import Path
from subprocess import PIPE, STDOUT, Popen

from platform_site.bootstrap.places import LOGS, ROOT, environment
from platform_site.bootstrap.screen import note, say, seconds_between_signs_of_life, still_at_it
from platform_site.bootstrap.trouble import Trouble

TAIL_LINES = 15
NOT_WORTH_SHOWING = ("npm warn", "warning")
WORTH_A_SECOND_LINE_SECONDS = 4.0


def step(
    title: str, command: list[str], *, folder: Path = ROOT, explain: Callable[[str], str] | None = None
) -> None:
    """Runs the command to its end; its output goes to var/log and, if it fails, its tail to the screen.

    ``explain`` gets the output of a failed command and may return a better sentence than ours.
    """
    note(f"{title} …")
    began = time.monotonic()
    running = _Running(command, folder)
    code = running.wait()
    log = _kept(title, running.text)
    if code:
        say("\n".join(f"    {line}" for line in running.text.splitlines()[-TAIL_LINES:]))
        reason = explain(running.text) if explain else ""
        raise Trouble(reason or f"“{title}” failed (code {code}). Its whole output is in {log}.")
    took = time.monotonic() - began
    if took >= WORTH_A_SECOND_LINE_SECONDS:
        note(f"{title}: done in {took:.0f} s")


class _Running:
    """Reads a child's output in a thread, so that the main thread can report and be interrupted."""

    def __init__(self, command: list[str], folder: Path) -> None:
        self.text = ""
        self.last = "no word yet"
        try:
            self.child = Popen(
                command,
                cwd=folder,
                env=environment(),
                stdout=PIPE,
                stderr=STDOUT,
                text=True,
                errors="replace",
            )
        except OSError as fault:
            raise Trouble(f"{command[0]} could not be started: {fault.strerror}.") from fault
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()

    def wait(self) -> int:
        try:
            while self.reader.is_alive():
                self.reader.join(seconds_between_signs_of_life())
                if self.reader.is_alive():
                    still_at_it(self.last)
            return self.child.wait()
        except BaseException:  # Ctrl-C or SIGTERM: nothing we started may outlive us
            self.child.terminate()
            self.child.wait()
            raise

    def _read(self) -> None:
        if self.child.stdout is None:
            return
        for line in self.child.stdout:
            self.text += line
            if line.strip() and not line.lower().startswith(NOT_WORTH_SHOWING):
                self.last = line.strip()


def _kept(title: str, text: str) -> Path:
    LOGS.mkdir(parents=True, exist_ok=True)
    words = "".join(letter if letter.isalnum() else " " for letter in title.lower()).split()
    path = LOGS / f"{'-'.join(words)}.log"
    path.write_text(text)
    return path.relative_to(ROOT)
