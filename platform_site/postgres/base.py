"""Django's PostgreSQL, with a pool that heals at once when all its connections were cut (F16).

The pool's own check hands out one dead connection after the other and waits twice as long before
each: 0, 1, 2, 4 seconds and more. Five dead ones outlasted the ten seconds it has for an answer.
"""

from typing import Any

import psycopg
from django.db.backends.postgresql import base
from psycopg_pool import ConnectionPool


class DatabaseWrapper(base.DatabaseWrapper):
    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Whoever meets a dead connection clears the pool of all of them, without waiting."""
        connection = super().get_new_connection(conn_params)
        pool = self.pool
        # More than all there are: one may come back dead from somebody who did not notice.
        tries = pool.max_size if pool is not None else 0
        while tries and not _is_alive(connection):
            tries -= 1
            pool.putconn(connection)
            pool.check()
            connection = super().get_new_connection(conn_params)
        return connection


def _is_alive(connection: Any) -> bool:
    try:
        ConnectionPool.check_connection(connection)
    except psycopg.Error:
        return False
    return True
