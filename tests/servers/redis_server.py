"""A Redis on the loopback that forgets everything when it ends."""

import redis

from platform_site.bootstrap.servers import find_redis
from tests.servers.server import HOST, Server


class RedisServer(Server):
    """Restarted after ``kill`` it is empty, as after the loss of a machine."""

    def __init__(self) -> None:
        super().__init__("redis")

    @property
    def url(self) -> str:
        return f"redis://{HOST}:{self.port}/0"

    def command(self) -> list[str]:
        program = find_redis()
        if program is None:
            raise RuntimeError("redis-server is not installed (Debian: apt install redis-server)")
        private = ["--bind", HOST, "--port", str(self.port), "--dir", str(self.folder)]
        return [str(program), *private, "--save", "", "--appendonly", "no", "--daemonize", "no"]

    def is_ready(self) -> bool:
        try:
            with self._client() as client:
                return bool(client.ping())
        except redis.ConnectionError:
            return False

    def flush(self) -> None:
        with self._client() as client:
            client.flushall()

    def drop_clients(self) -> None:
        """Cuts every connection, subscriptions too; the server goes on."""
        with self._client() as client:
            for kind in ("normal", "pubsub"):
                client.client_kill_filter(_type=kind, skipme=True)

    def _client(self) -> redis.Redis:
        return redis.Redis(port=self.port, socket_connect_timeout=1, socket_timeout=5)
