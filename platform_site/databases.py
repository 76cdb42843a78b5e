"""What each of the two databases needs to be told, besides where it is."""

from pathlib import Path
from typing import Any, Final

# The pool doubles its pause up to this and then tries anew for whoever asks. With psycopg's five
# minutes, a database that was away for 20 s was found again 9 s after it was back; so, within 1 s.
GIVES_UP_SECONDS: Final = 10


def database(address: dict[str, Any], *, var_dir: Path, pool_size: int) -> dict[str, Any]:
    """For ``DATABASES``: the parsed address, completed."""
    if address["ENGINE"].endswith("sqlite3"):
        return {**address, **_sqlite(var_dir)}
    # Django's own would fail somebody once for each connection that was cut.
    pool = {"min_size": 2, "max_size": pool_size, "timeout": 10, "reconnect_timeout": GIVES_UP_SECONDS}
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
