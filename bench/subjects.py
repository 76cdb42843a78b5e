"""What is measured: each is started anew, on the processor of the servers, and ended again."""

import json
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.servers.postgres_server import PostgresServer
from tests.servers.redis_server import RedisServer
from tests.servers.server import HOST, Server
from tests.servers.web_server import WebServer

ROOT = Path(__file__).resolve().parents[1]
SOCKETIO = ROOT / "bench" / "socketio"
SOCKETS_A_PERSON = 8


@dataclass
class Subject:
    """A running server: where it listens, how it is spoken to, which processes it is made of."""

    name: str
    dialect: str
    port: int
    pids: list[int]
    place: dict[str, Any] = field(default_factory=dict)
    headers: list[dict[str, str]] = field(default_factory=list)


class Listening(Server):
    """A server that is one command with its port in it; ready when the port answers."""

    runs_in = ROOT

    def __init__(self, name: str, *words: str, environment: dict[str, str] | None = None) -> None:
        super().__init__(name)
        self.words = words
        self.environment = {"HOME": os.environ.get("HOME", "/"), **(environment or {})}

    def command(self) -> list[str]:
        return [word.replace("PORT", str(self.port)) for word in self.words]

    def is_ready(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex((HOST, self.port)) == 0


def pids_of(server: Server) -> list[int]:
    return [server.child.pid] if server.child else []


@contextmanager
def dialogue(sockets: int) -> Iterator[Subject]:
    """The product, whole: sessions, access, journal, PostgreSQL that keeps what it acknowledges, Redis."""
    with ExitStack() as ending:
        postgres = ending.enter_context(PostgresServer(durable=True))
        redis = ending.enter_context(RedisServer())
        web = WebServer({"DATABASE_URL": postgres.create_database("bench"), "REDIS_URL": redis.url})
        web.manage("migrate", "--verbosity", "0")
        people = max(2, -(-sockets // SOCKETS_A_PERSON))
        stage = json.loads(web.run("-m", "tests.faults", "set", str(people)))
        ending.enter_context(web)
        origin = {"Origin": web.address, "Sec-WebSocket-Protocol": "dialogue.v1"}
        headers = [{"Cookie": f"sessionid={session}", **origin} for session in stage.pop("sessions")]
        yield Subject("Dialogue", "dialogue", web.port, pids_of(web), stage, headers)


@contextmanager
def broadcast(_sockets: int) -> Iterator[Subject]:
    with Listening("broadcast", sys.executable, "-m", "bench.broadcast", "PORT") as server:
        yield Subject("python websockets, broadcast", "plain", server.port, pids_of(server))


@contextmanager
def tutorial(_sockets: int) -> Iterator[Subject]:
    with _tutorial(keeps=False) as subject:
        yield subject


@contextmanager
def tutorial_with_insert(_sockets: int) -> Iterator[Subject]:
    with _tutorial(keeps=True) as subject:
        yield subject


@contextmanager
def _tutorial(*, keeps: bool) -> Iterator[Subject]:
    with ExitStack() as ending:
        postgres = ending.enter_context(PostgresServer(durable=True))
        redis = ending.enter_context(RedisServer())
        environment = {
            "DATABASE_URL": postgres.create_database("bench"),
            "REDIS_URL": redis.url,
            "KEEPS_MESSAGES": str(int(keeps)),
            "DJANGO_SETTINGS_MODULE": "bench.tutorial.settings",
        }
        subprocess.run(
            [sys.executable, "-m", "django", "migrate", "--run-syncdb", "--verbosity", "0"],
            cwd=ROOT,
            env={**os.environ, **environment},
            check=True,
        )
        words = ("-m", "daphne", "-b", HOST, "-p", "PORT", "bench.tutorial.asgi:application")
        server = ending.enter_context(Listening("tutorial", sys.executable, *words, environment=environment))
        name = "Channels' tutorial, with an ORM insert" if keeps else "Channels' tutorial"
        yield Subject(name, "tutorial", server.port, pids_of(server))


@contextmanager
def socketio(_sockets: int) -> Iterator[Subject]:
    npm, node = shutil.which("npm"), shutil.which("node")
    if npm is None or node is None:
        raise FileNotFoundError("Node is needed to measure Socket.IO")
    subprocess.run([npm, "ci", "--no-audit", "--no-fund", "--silent"], cwd=SOCKETIO, check=True)
    with ExitStack() as ending:
        redis = ending.enter_context(RedisServer())
        words = (node, str(SOCKETIO / "server.mjs"), "PORT", redis.url)
        server = ending.enter_context(Listening("socketio", *words))
        yield Subject("Socket.IO, Redis adapter", "socketio", server.port, pids_of(server))


SUBJECTS: dict[str, Callable[[int], AbstractContextManager[Subject]]] = {
    "dialogue": dialogue,
    "websockets": broadcast,
    "tutorial": tutorial,
    "tutorial_with_insert": tutorial_with_insert,
    "socketio": socketio,
}
