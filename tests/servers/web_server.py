"""A web process as `make run` starts it, on a database of its own or one shared with others."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

from tests.servers.server import HOST, Server

ROOT = Path(__file__).resolve().parents[2]


class WebServer(Server):
    """``environment`` names the database, Redis and the folder of files; nothing else is inherited."""

    runs_in = ROOT

    def __init__(self, environment: Mapping[str, str]) -> None:
        super().__init__("web")
        home = {name: os.environ[name] for name in ("HOME", "LANG") if name in os.environ}
        own = {"VAR_DIR": str(self.folder), "PORT": str(self.port)}
        self.environment = {**home, **own, **environment}

    @property
    def address(self) -> str:
        return f"http://{HOST}:{self.port}"

    @property
    def socket_address(self) -> str:
        return f"ws://{HOST}:{self.port}/ws/"

    def command(self) -> list[str]:
        return [sys.executable, "manage.py", "serve", "--port", str(self.port)]

    def is_ready(self) -> bool:
        try:
            with urlopen(f"{self.address}/healthz", timeout=2):  # noqa: S310 — our own process
                return True
        except (HTTPError, URLError, TimeoutError, ConnectionError):
            return False

    def manage(self, *words: str) -> str:
        """Run another command against the same database and return what it printed."""
        return self.run("manage.py", *words)

    def run(self, *words: str, given: str = "") -> str:
        environment = {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C.UTF-8", **self.environment}
        done = subprocess.run(
            [sys.executable, *words],
            cwd=ROOT,
            env=environment,
            input=given,
            capture_output=True,
            text=True,
            timeout=300,
        )
        if done.returncode:
            raise RuntimeError(f"{words} ended with {done.returncode}:\n{done.stderr[-3000:]}")
        return done.stdout
