"""A server process of our own that a test may stop, kill and freeze."""

import contextlib
import os
import shutil
import signal
import socket
import tempfile
import time
from abc import ABC, abstractmethod
from pathlib import Path
from types import TracebackType
from typing import Self

from platform_site.bootstrap.children import Child, end, kill, start

READY_WITHIN_SECONDS = 60.0
HOST = "127.0.0.1"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


class Server(ABC):
    """Keeps its port and its folder over stop and start; leaving ``with`` removes the folder."""

    user: str | None = None
    parting = signal.SIGTERM
    runs_in: Path | None = None

    def __init__(self, name: str) -> None:
        self.port = free_port()
        self.environment: dict[str, str] = {}
        self.folder = Path(tempfile.mkdtemp(prefix=f"dialogue-{name}-"))
        self.child: Child | None = None

    @abstractmethod
    def command(self) -> list[str]: ...

    @abstractmethod
    def is_ready(self) -> bool: ...

    def start(self) -> None:
        """Returns when the server answers."""
        with self.log.open("ab") as output:
            self.child = start(
                self.command(),
                folder=self.runs_in or self.folder,
                env={"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C.UTF-8", **self.environment},
                user=self.user,
                output=output,
            )
        deadline = time.monotonic() + READY_WITHIN_SECONDS
        while not self.is_ready():
            if self.child.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"{type(self).__name__} did not start:\n{self.log.read_text()[-2000:]}")
            time.sleep(0.05)

    def stop(self) -> None:
        """Politely: clients see their connections closed."""
        if self.child:
            self.child.send_signal(self.parting)
            end([self.child], patience_seconds=10)

    def kill(self) -> None:
        """As a crash would: no word to anybody."""
        if self.child:
            kill(self.child)

    def freeze(self) -> None:
        """SIGSTOP: connections stay open and nobody answers, until ``thaw``."""
        self._signal_all(signal.SIGSTOP)

    def thaw(self) -> None:
        self._signal_all(signal.SIGCONT)

    def close(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            self.thaw()
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def log(self) -> Path:
        return self.folder / "server.log"

    def _signal_all(self, number: signal.Signals) -> None:
        if self.child and self.child.poll() is None:
            os.killpg(self.child.pid, number)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
