"""What each of the two databases needs to be told, besides where it is."""

from pathlib import Path
from typing import Any, Final

# The pool doubles its pause up to this and then tries anew for whoever asks. With psycopg's five
# minutes, a database that was away for 20 s was found again 9 s after it was back; so, within 1 s.
GIVES_UP_SECONDS: Final = 10
# Whoever waits for a lock keeps a thread from everybody else. What lasts less than five seconds is shown
# to nobody (F15); after this one is told to try again, and the text is kept.
LOCKED_FOR_SECONDS: Final = 8
PLANNED_AFTER_TIMES: Final = 5


def database(address: dict[str, Any], *, var_dir: Path, pool_size: int) -> dict[str, Any]:
    """For ``DATABASES``: the parsed address, completed."""
    if address["ENGINE"].endswith("sqlite3"):
        return {**address, **_sqlite(var_dir)}
    # Django's own would fail somebody once for each connection that was cut.
    pool = {"min_size": 2, "max_size": pool_size, "timeout": 10, "reconnect_timeout": GIVES_UP_SECONDS}
    options = {
        "pool": pool,
        "options": f"-c lock_timeout={LOCKED_FOR_SECONDS}s",
        # What a connection is asked again and again, PostgreSQL plans once (decision 0030).
        "server_side_binding": True,
        "prepare_threshold": PLANNED_AFTER_TIMES,
    }
    return {**address, "ENGINE": "platform_site.postgres", "OPTIONS": options}


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
