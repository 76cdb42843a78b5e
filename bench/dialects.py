"""How each measured server is spoken to: who asks to be let in, how something is said, what is answered."""

import json
import re
import uuid
from abc import ABC, abstractmethod
from typing import Any, ClassVar

# What is said carries its number like this, and is found again in whatever a server makes of it.
NUMBER = re.compile(rb"#(\d+)#")
POSITION = re.compile(rb'"position":(\d+)')
CONFIRMS_EVERY = 50


class Dialect(ABC):
    """One connection's side of it; texts in and out are those of websocket messages."""

    path: ClassVar[str] = "/"
    # When this was heard, the connection is in the room.
    joined_by: ClassVar[bytes] = b""

    def __init__(self, place: dict[str, Any]) -> None:
        self.place = place

    def on_open(self) -> list[str]:
        return []

    @abstractmethod
    def say(self, number: int) -> str: ...

    def answers_to(self, data: bytes, heard: int) -> list[str]:
        """What the server wants to hear after ``data``; ``heard`` deliveries in all so far."""
        return []

    def beat(self) -> list[str]:
        """Every ten seconds."""
        return []


class Plain(Dialect):
    """The baseline of python websockets: a text in, the same text out to everybody."""

    joined_by = b"welcome"

    def say(self, number: int) -> str:
        return f'{{"message":"#{number}#"}}'


class Tutorial(Dialect):
    path = "/ws/chat/hall/"

    def say(self, number: int) -> str:
        return f'{{"message":"#{number}#"}}'


class SocketIo(Dialect):
    """Engine.IO 4 over a websocket: 0 opens, 40 joins, 42 is an event, 2 asks and 3 answers."""

    path = "/socket.io/?EIO=4&transport=websocket"
    joined_by = b'42["welcome"]'

    def on_open(self) -> list[str]:
        return ["40"]

    def say(self, number: int) -> str:
        return f'42["say","#{number}#"]'

    def answers_to(self, data: bytes, heard: int) -> list[str]:
        return ["3"] if data.endswith(b"\x81\x012") else []


class Dialogue(Dialect):
    """``dialogue.v1``: subscribe from a place, post with a key, confirm every fifty entries, beat."""

    path = "/ws/"
    joined_by = b'"t":"live"'

    def __init__(self, place: dict[str, Any]) -> None:
        super().__init__(place)
        self._confirmed = 0
        self._position = place["position"]

    def on_open(self) -> list[str]:
        place = self.place
        where = {"stream": place["stream"], "epoch": place["epoch"], "since": place["position"]}
        return [json.dumps({"t": "subscribe", **where})]

    def say(self, number: int) -> str:
        said = {"stream": self.place["stream"], "thread": self.place["thread"], "body": f"#{number}#"}
        return json.dumps({"t": "post", "key": str(uuid.uuid4()), "lang": "en", **said})

    def answers_to(self, data: bytes, heard: int) -> list[str]:
        at = data.rfind(b'"t":"entry"')
        if at >= 0 and (found := POSITION.search(data, at)):
            self._position = max(self._position, int(found[1]))
        if heard - self._confirmed < CONFIRMS_EVERY:
            return []
        self._confirmed = heard
        return [self._got()]

    def beat(self) -> list[str]:
        return [self._got(), '{"t":"beat"}']

    def _got(self) -> str:
        return json.dumps({"t": "got", "positions": {self.place["stream"]: self._position}})


DIALECTS: dict[str, type[Dialect]] = {
    "plain": Plain,
    "tutorial": Tutorial,
    "socketio": SocketIo,
    "dialogue": Dialogue,
}
