"""A PostgreSQL cluster in a temporary folder, reachable on the loopback with a password of its own."""

import os
import pwd
import secrets
import shutil
import signal
import subprocess
from pathlib import Path

import psycopg
from psycopg import sql

from platform_site.bootstrap.servers import find_postgres
from tests.servers.server import HOST, Server

OWNER = "dialogue"
UNPRIVILEGED = ("postgres", "nobody")
# Data of a test need not survive a power cut. Killing processes loses nothing without these two;
# synchronous_commit stays on, because without it killing PostgreSQL does lose what was committed.
FAST = ("fsync=off", "full_page_writes=off")


class PostgresServer(Server):
    """``durable=True`` keeps fsync and full page writes, for measurements that mean something."""

    parting = signal.SIGINT  # "fast": ends sessions; SIGTERM would wait for them

    def __init__(self, *, durable: bool = False, max_connections: int = 200) -> None:
        super().__init__("postgres")
        self.password = secrets.token_hex(16)
        self.settings = [f"max_connections={max_connections}", *(() if durable else FAST)]
        self.user = _unprivileged_user() if os.geteuid() == 0 else None
        self._own(self.folder)
        self._create_cluster()

    def url(self, database: str = "postgres") -> str:
        return f"postgres://{OWNER}:{self.password}@{HOST}:{self.port}/{database}"

    def command(self) -> list[str]:
        fixed = [f"listen_addresses={HOST}", "unix_socket_directories=", f"port={self.port}"]
        options = [word for setting in (*fixed, *self.settings) for word in ("-c", setting)]
        return [str(_bin() / "postgres"), "-D", str(self.folder / "data"), *options]

    def is_ready(self) -> bool:
        try:
            psycopg.connect(self.url(), connect_timeout=2).close()
        except psycopg.OperationalError:
            return False
        return True

    def kill(self) -> None:
        """Every backend ends at once without a checkpoint; the next start recovers from the log."""
        if self.child:
            self.child.send_signal(signal.SIGQUIT)
            self.child.wait(20)

    def create_database(self, name: str) -> str:
        """Empty; returns its address for ``DATABASE_URL``."""
        self._execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        return self.url(name)

    def drop_database(self, name: str) -> None:
        self._execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

    def cut_connections(self, database: str) -> None:
        """All sessions of that database end now, in the middle of whatever they do."""
        self._execute(
            sql.SQL(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = {} AND pid <> pg_backend_pid()"
            ).format(sql.Literal(database))
        )

    def _execute(self, statement: sql.Composed) -> None:
        with psycopg.connect(self.url(), autocommit=True) as connection:
            connection.execute(statement)

    def _create_cluster(self) -> None:
        secret = self.folder / "password"
        secret.write_text(self.password)
        secret.chmod(0o600)
        self._own(secret)
        subprocess.run(
            [
                *(str(_bin() / "initdb"), "-D", str(self.folder / "data"), "--username", OWNER),
                *("--pwfile", str(secret), "--auth=scram-sha-256", "--no-sync"),
                *("--encoding=UTF8", "--locale=C.UTF-8"),
            ],
            check=True,
            capture_output=True,
            cwd=self.folder,
            user=self.user,
            extra_groups=[] if self.user else None,
        )

    def _own(self, path: Path) -> None:
        if self.user:
            shutil.chown(path, self.user)


def _bin() -> Path:
    folder = find_postgres()
    if folder is None:
        raise RuntimeError("PostgreSQL is not installed (Debian: apt install postgresql)")
    return folder


def _unprivileged_user() -> str:
    """PostgreSQL refuses to run as root, and is right."""
    known = {entry.pw_name for entry in pwd.getpwall()}
    return next(name for name in UNPRIVILEGED if name in known)
