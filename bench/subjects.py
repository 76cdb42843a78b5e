"""What is measured: each is started anew, on the processor of the servers, and ended again."""

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path
from typing import Any

from bench.house import House
from bench.phases import Hall
from tests.servers.server import HOST, Server
from tests.servers.web_server import WebServer

ROOT = Path(__file__).resolve().parents[1]
SOCKETIO = ROOT / "bench" / "socketio"
SOCKETS_A_PERSON = 8
MOST_SOCKETS = 2_000

NAMES = {
    "dialogue": "Dialogue",
    "websockets": "python websockets, broadcast",
    "socketio": "Socket.IO, Redis adapter",
    "tutorial": "Channels' tutorial",
    "tutorial_with_insert": "Channels' tutorial, with an ORM insert",
}


@dataclass
class Subject:
    """A running server: where it listens, how it is spoken to, which processes it is made of.

    ``pids`` answer the sockets; ``database_pids`` are PostgreSQL and Redis, where it uses them.
    """

    dialect: str
    ports: list[int]
    pids: list[int]
    places: list[dict[str, Any]]
    database_pids: list[int] = field(default_factory=list)
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


def pids_of(*servers: Server) -> list[int]:
    return [server.child.pid for server in servers if server.child]


@contextmanager
def dialogue(house: House, hall: Hall) -> Iterator[Subject]:
    """The product, whole: sessions, access, journal, PostgreSQL that keeps what it acknowledges, Redis."""
    people = str(MOST_SOCKETS // SOCKETS_A_PERSON)
    with ExitStack() as ending:
        staged = house.stage(f"rooms_{hall.rooms}", "rooms", str(hall.rooms), people)
        url, stage = ending.enter_context(staged)
        webs = [ending.enter_context(a_web(house, url)) for _ in range(hall.processes)]
        yield Subject(
            "dialogue",
            [web.port for web in webs],
            pids_of(*webs),
            stage["places"],
            database_pids=house.pids,
            headers=headers_of(stage["sessions"]),
        )


def a_web(house: House, url: str) -> WebServer:
    return WebServer({"DATABASE_URL": url, "REDIS_URL": house.redis.url})


def headers_of(sessions: list[str]) -> list[dict[str, str]]:
    protocol = {"Sec-WebSocket-Protocol": "dialogue.v1"}
    return [{"Cookie": f"sessionid={session}", **protocol} for session in sessions]


@contextmanager
def broadcast(_house: House, hall: Hall) -> Iterator[Subject]:
    with Listening("broadcast", sys.executable, "-m", "bench.broadcast", "PORT") as server:
        yield Subject("plain", [server.port], pids_of(server), rooms_of(hall))


@contextmanager
def tutorial(house: House, hall: Hall, *, keeps: bool) -> Iterator[Subject]:
    environment = {"REDIS_URL": house.redis.url, "DJANGO_SETTINGS_MODULE": "bench.tutorial.settings"}

    def prepare(url: str) -> dict[str, Any]:
        subprocess.run(
            [sys.executable, "-m", "django", "migrate", "--run-syncdb", "--verbosity", "0"],
            cwd=ROOT,
            env={**os.environ, **environment, "DATABASE_URL": url},
            check=True,
        )
        return {}

    with house.copied("tutorial", prepare) as (url, _told):
        words = ("-m", "daphne", "-b", HOST, "-p", "PORT", "bench.tutorial.asgi:application")
        own = {"DATABASE_URL": url, "KEEPS_MESSAGES": str(int(keeps))}
        with Listening("tutorial", sys.executable, *words, environment=environment | own) as server:
            yield Subject(
                "tutorial", [server.port], pids_of(server), rooms_of(hall), database_pids=house.pids
            )


@contextmanager
def socketio(house: House, hall: Hall) -> Iterator[Subject]:
    words = (installed_node(), str(SOCKETIO / "server.mjs"), "PORT", house.redis.url)
    with Listening("socketio", *words) as server:
        yield Subject("socketio", [server.port], pids_of(server), rooms_of(hall), database_pids=house.pids)


@cache
def installed_node() -> str:
    """With what the lock file names, as npm installs it."""
    npm, node = shutil.which("npm"), shutil.which("node")
    if npm is None or node is None:
        raise FileNotFoundError("Node is needed to measure Socket.IO")
    subprocess.run([npm, "ci", "--no-audit", "--no-fund", "--silent"], cwd=SOCKETIO, check=True)
    return node


def rooms_of(hall: Hall) -> list[dict[str, Any]]:
    return [{"room": number} for number in range(hall.rooms)]


SUBJECTS: dict[str, Callable[[House, Hall], AbstractContextManager[Subject]]] = {
    "dialogue": dialogue,
    "websockets": broadcast,
    "tutorial": partial(tutorial, keeps=False),
    "tutorial_with_insert": partial(tutorial, keeps=True),
    "socketio": socketio,
}
