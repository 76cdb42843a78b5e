"""Finds the real parts the tests need, or installs them where we may (Debian's packages, as root)."""

import os
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

from platform_site.bootstrap.steps import step
from platform_site.bootstrap.trouble import Trouble

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
POSTGRES_FOLDERS = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/usr/local/pgsql/bin",
    "/opt/homebrew/opt/postgresql@*/bin",
)
PLAYWRIGHT_FOLDERS = (".cache/ms-playwright/chromium-*/chrome-linux*/chrome",)


def find_postgres() -> Path | None:
    """The folder with initdb and postgres, the newest version where there are several."""
    candidates = [path for pattern in POSTGRES_FOLDERS for path in Path("/").glob(pattern[1:])]
    on_path = shutil.which("initdb")
    if on_path:
        candidates.append(Path(on_path).resolve().parent)
    whole = [path for path in candidates if (path / "initdb").exists() and (path / "postgres").exists()]
    return max(whole, key=_version, default=None)


def find_redis() -> Path | None:
    found = shutil.which("redis-server") or shutil.which("valkey-server")
    return Path(found) if found else None


def find_chromium() -> Path | None:
    """``CHROMIUM`` in the environment names another one."""
    named = os.environ.get("CHROMIUM")
    if named:
        return Path(named)
    installed: Iterable[str | None] = map(shutil.which, CHROMIUM_NAMES)
    downloaded = [str(path) for pattern in PLAYWRIGHT_FOLDERS for path in Path.home().glob(pattern)]
    return next((Path(path) for path in (*installed, *sorted(downloaded, reverse=True)) if path), None)


PARTS: dict[str, tuple[Callable[[], Path | None], str]] = {
    "PostgreSQL": (find_postgres, "postgresql"),
    "Redis": (find_redis, "redis-server"),
    "Chromium": (find_chromium, "chromium"),
}


def ensure_servers() -> None:
    """Nothing when all are here; raises ``Trouble`` with the command to type when one cannot be had."""
    missing = missing_parts()
    if missing and _may_install():
        packages = [PARTS[name][1] for name in missing]
        # Runlevel 1: Debian's packages would otherwise start servers of their own on the usual ports.
        apt = ["env", "RUNLEVEL=1", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q"]
        step("Looking for Debian packages", [*apt, "update"])
        install = [*apt, "install", "--yes", "--no-install-recommends", *packages]
        step(f"Installing {', '.join(missing)}", install)
        missing = missing_parts()
    if missing:
        packages = [PARTS[name][1] for name in missing]
        raise Trouble(
            f"The tests need {', '.join(missing)}, which this machine lacks. "
            f"On Debian: sudo apt install {' '.join(packages)}"
        )


def missing_parts() -> list[str]:
    return [name for name, (find, _package) in PARTS.items() if find() is None]


def _may_install() -> bool:
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def _version(folder: Path) -> float:
    digits = "".join(letter for letter in str(folder) if letter.isdigit() or letter == ".")
    try:
        return float(digits.strip("."))
    except ValueError:
        return 0.0
