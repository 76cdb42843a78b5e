"""``python -m tests.faults.hand``: does in the database what it is told, line by line, and says when.

A process of its own beside the web processes, as a console or a worker is. ``Hand`` tells it.
"""

import json
import os
import subprocess
import sys
import time
from importlib import import_module
from threading import Lock
from types import TracebackType
from typing import Any, Self

from tests.servers.web_server import ROOT, WebServer


class Hand:
    """Every answer has ``began`` and ``done``: ``time.monotonic()``, the same for all processes here."""

    def __init__(self, web: WebServer) -> None:
        self._environment = {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C.UTF-8"}
        self._environment |= web.environment
        self._lock = Lock()

    def do(self, deed: str, **how: Any) -> dict[str, Any]:
        with self._lock:
            assert self._child.stdin is not None
            assert self._child.stdout is not None
            self._child.stdin.write(json.dumps({"deed": deed, **how}) + "\n")
            self._child.stdin.flush()
            line = self._child.stdout.readline()
        assert line, f"{deed}: the hand is gone"
        answer: dict[str, Any] = json.loads(line)
        assert "fault" not in answer, f"{deed}: {answer}"
        return answer

    def __enter__(self) -> Self:
        self._child = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.hand"],
            cwd=ROOT,
            env=self._environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._child.stdin is not None
        self._child.stdin.close()
        try:
            self._child.wait(20)
        except subprocess.TimeoutExpired:
            self._child.kill()
            self._child.wait()


def serve() -> None:
    deeds = import_module("tests.faults.deeds")
    for line in sys.stdin:
        asked = json.loads(line)
        began = time.monotonic()
        try:
            answer = getattr(deeds, asked.pop("deed"))(**asked) or {}
        except Exception as fault:
            answer = {"fault": repr(fault)}
        print(json.dumps({"began": began, "done": time.monotonic(), **answer}), flush=True)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "platform_site.settings")
    import_module("django").setup()
    serve()
