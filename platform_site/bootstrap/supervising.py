"""Runs the web process and the worker side by side until one is told to stop."""

import os
import signal
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from types import FrameType

from platform_site.bootstrap.children import Child, end, kill, start
from platform_site.bootstrap.places import ROOT, environment, manage
from platform_site.bootstrap.screen import note, say
from platform_site.bootstrap.trouble import Trouble

HOST = "127.0.0.1"
LOOK_EVERY_SECONDS = 0.2
LONGEST_BACK_OFF_SECONDS = 30.0
LIVED_WELL_SECONDS = 60.0


class Stopped(Exception):
    """Ctrl-C or SIGTERM came; not a fault."""


@dataclass
class Worker:
    """Started again when it dies, each time later, until it has lived well for a while."""

    begin: Callable[[], Child]
    child: Child = field(init=False)
    failures: int = 0
    began: float = 0.0
    again_at: float | None = None

    def __post_init__(self) -> None:
        self._start(time.monotonic())

    def look(self, now: float) -> None:
        if self.again_at is not None:
            if now >= self.again_at:
                self._start(now)
        elif self.child.poll() is not None:
            self.failures = 1 if now - self.began > LIVED_WELL_SECONDS else self.failures + 1
            wait = min(LONGEST_BACK_OFF_SECONDS, 2.0 ** (self.failures - 1))
            self.again_at = now + wait
            kill(self.child)  # and whatever it had started
            note(f"The worker ended (code {self.child.returncode}); starting it again in {wait:.0f} s")

    def _start(self, now: float) -> None:
        self.child, self.began, self.again_at = self.begin(), now, None


def port_from(value: str) -> int:
    if value.isascii() and value.isdecimal() and 1 <= int(value) <= 65535:
        return int(value)
    raise Trouble(f"PORT must be a number from 1 to 65535, and it is “{value}”.")


def refuse_taken(port: int) -> None:
    with socket.socket() as probe:
        # As daphne does it, so that a port of a site stopped a moment ago counts as free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except PermissionError as fault:
            raise Trouble(f"Port {port} needs rights you do not have. Try: make run PORT=8000") from fault
        except OSError as fault:
            other = port + 1 if port < 65535 else 8000
            raise Trouble(
                f"Port {port} is taken by another program. Choose another: make run PORT={other}"
            ) from fault


def serve_until_stopped(port: int) -> int:
    """The exit code: 0 after Ctrl-C or SIGTERM, the web process's own when it ended by itself."""
    _stop_on_signals()
    children: list[Child] = []
    worker = None
    try:
        # Both write addresses into pages and mails, so both know the port.
        env = environment(PORT=str(port))
        web = start(manage("serve", "--port", str(port)), folder=ROOT, env=env)
        children.append(web)
        worker = Worker(lambda: start(manage("qcluster"), folder=ROOT, env=env))
        return _watch(web, worker, port)
    except (Stopped, KeyboardInterrupt):
        say()
        note("Stopping …")
        return 0
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        end([*children, *([worker.child] if worker else [])])
        note("Stopped.")


def _watch(web: Child, worker: Worker, port: int) -> int:
    announced = False
    while web.poll() is None:
        worker.look(time.monotonic())
        if not announced and _answers(port):
            announced = True
            say()
            note(f"The site is ready: http://localhost:{port}   (Ctrl-C ends it)")
            say()
        time.sleep(LOOK_EVERY_SECONDS)
    code = web.returncode
    note(f"The web process ended by itself (code {code}).")
    return code if code >= 0 else 128 - code


def _answers(port: int) -> bool:
    try:
        socket.create_connection((HOST, port), timeout=0.5).close()
    except OSError:
        return False
    return True


def _stop_on_signals() -> None:
    def stop(_number: int, _frame: FrameType | None) -> None:
        raise Stopped

    signal.signal(signal.SIGINT, stop)
    signal.signal(signal.SIGTERM, stop)


def port_wanted() -> int:
    return port_from(os.environ.get("PORT") or "8000")
