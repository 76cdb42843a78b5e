"""What each of the two databases needs to be told, besides where it is."""

from pathlib import Path
from typing import Any


def database(address: dict[str, Any], *, var_dir: Path, pool_size: int) -> dict[str, Any]:
    """For ``DATABASES``: the parsed address, completed."""
    if address["ENGINE"].endswith("sqlite3"):
        return {**address, **_sqlite(var_dir)}
    # Django's own would fail somebody once for each connection that was cut.
    pool = {"min_size": 2, "max_size": pool_size, "timeout": 10}
    return {**address, "ENGINE": "platform_site.postgres", "OPTIONS": {"pool": pool}}


def _sqlite(var_dir: Path) -> dict[str, Any]:
    return {
        # A file for tests too: in memory, readers and the writer of several threads refuse each other.
        "TEST": {"NAME": str(var_dir / "test.sqlite3")},
        "OPTIONS": {
            # Without IMMEDIATE, eight writing threads gave 2,464 lock errors in five seconds.
            "transaction_mode": "IMMEDIATE",
            "timeout": 5,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
        },
    }
