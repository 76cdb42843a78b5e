"""What it was measured on and with. No name and no folder of the machine."""

import json
import os
import platform
import subprocess
from importlib.metadata import version
from pathlib import Path

from bench.subjects import SOCKETIO
from platform_site.bootstrap.servers import find_postgres, find_redis

LIBRARIES = (
    *("django", "channels", "channels-redis", "daphne", "twisted", "autobahn", "websockets", "psycopg"),
    "redis",
)
PACKAGES = ("socket.io", "@socket.io/redis-adapter")


def machine() -> str:
    gigabytes = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1024**3
    return f"{os.cpu_count()} × {_processor()}, {gigabytes:.0f} GiB, {platform.system()}"


def versions() -> list[str]:
    """Of what could be asked; a word for what could not."""
    postgres = find_postgres()
    programs = {
        "PostgreSQL": [str(postgres / "postgres"), "--version"] if postgres else [],
        "Redis": [str(find_redis() or ""), "--version"],
        "Node": ["node", "--version"],
    }
    return [
        f"{platform.python_implementation()} {platform.python_version()}",
        *(f"{name} {_told(command)}" for name, command in programs.items()),
        *(f"{name} {version(name)}" for name in LIBRARIES),
        *(f"{name} {_package(name)}" for name in PACKAGES),
    ]


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()


def _told(command: list[str]) -> str:
    """The first word that begins like a number."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=10)
    except (OSError, IndexError, subprocess.TimeoutExpired):
        return "of unknown version"
    words = [word.removeprefix("v=").removeprefix("v") for word in done.stdout.split()]
    return next((word for word in words if word[:1].isdigit()), "of unknown version")


def _package(name: str) -> str:
    lock = json.loads((SOCKETIO / "package-lock.json").read_text())
    return str(lock["packages"][f"node_modules/{name}"]["version"])
