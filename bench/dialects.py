"""How each measured server is spoken to: who asks to be let in, how something is said, what is answered."""

import json
import re
import time
import uuid
from abc import ABC, abstractmethod
from random import randrange
from typing import Any, ClassVar

# What is said carries its number like this, and is found again in whatever a server makes of it.
NUMBER = re.compile(rb"#(\d+)#")
# Of an entry: in acks and heads no kind follows.
POSITION = re.compile(rb'"position":(\d+),"kind"')
CONFIRMS_EVERY = 50
CONFIRMS_AT_LAST = 200  # of 300 that the server lets wait


class Allowance:
    """A bucket that refills with so many frames a second: a client that keeps to it is never refused."""

    def __init__(self, *, per_second: float, burst: float) -> None:
        self._per_second, self._burst = per_second, burst
        self._left, self._at = burst, time.monotonic()

    def take(self, *, keep: float = 0.0) -> bool:
        """Take one, if more than ``keep`` would be left."""
        now = time.monotonic()
        self._left = min(self._burst, self._left + (now - self._at) * self._per_second)
        self._at = now
        if self._left < 1 + keep:
            return False
        self._left -= 1
        return True


class Dialect(ABC):
    """One connection's side of it; texts in and out are those of websocket messages.

    ``place`` says where in the server this connection is: at least ``room``, a number.
    """

    # When this was heard, the connection is in the room.
    joined_by: ClassVar[bytes] = b""
    # What must rise from one delivery to the next, if the server promises an order.
    order: ClassVar[re.Pattern[bytes] | None] = None

    def __init__(self, place: dict[str, Any]) -> None:
        self.place = place

    @property
    def path(self) -> str:
        return f"/{self.place['room']}"

    def on_open(self) -> list[str]:
        return []

    @abstractmethod
    def say(self, number: int) -> str: ...

    def may_say(self) -> bool:
        """Whether the server's bounds let this connection say something now; counts it."""
        return True

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
    @property
    def path(self) -> str:
        return f"/ws/chat/hall{self.place['room']}/"

    def say(self, number: int) -> str:
        return f'{{"message":"#{number}#"}}'


class SocketIo(Dialect):
    """Engine.IO 4 over a websocket: 0 opens, 40 joins, 42 is an event, 2 asks and 3 answers."""

    joined_by = b'42["welcome"]'

    @property
    def path(self) -> str:
        return f"/socket.io/?EIO=4&transport=websocket&room={self.place['room']}"

    def on_open(self) -> list[str]:
        return ["40"]

    def say(self, number: int) -> str:
        return f'42["say","#{number}#"]'

    def answers_to(self, data: bytes, heard: int) -> list[str]:
        return ["3"] if data.endswith(b"\x81\x012") else []


class Dialogue(Dialect):
    """``dialogue.v1``: subscribe from a place, post with a key, confirm every fifty entries, beat.

    Twenty frames a second are let in, confirmations among them; when they come to be too many, the
    client confirms more at a time.
    """

    joined_by = b'"t":"live"'
    order = POSITION

    def __init__(self, place: dict[str, Any]) -> None:
        super().__init__(place)
        # Pages begin somewhere, so that they do not all confirm the same entry.
        self._confirmed = -randrange(CONFIRMS_EVERY)  # noqa: S311 — spreads them, hides nothing
        self._position = place["position"]
        self._allowance = Allowance(per_second=19, burst=36)

    @property
    def path(self) -> str:
        return "/ws/"

    def on_open(self) -> list[str]:
        return [self.subscribe()]

    def subscribe(self) -> str:
        place = self.place
        where = {"stream": place["stream"], "epoch": place["epoch"], "since": place["position"]}
        return json.dumps({"t": "subscribe", **where})

    def say(self, number: int) -> str:
        said = {"stream": self.place["stream"], "thread": self.place["thread"], "body": f"#{number}#"}
        return json.dumps({"t": "post", "key": str(uuid.uuid4()), "lang": "en", **said})

    def may_say(self) -> bool:
        return self._allowance.take(keep=6)

    def answers_to(self, data: bytes, heard: int) -> list[str]:
        if found := POSITION.findall(data):
            self._position = max(self._position, int(found[-1]))
        waiting = heard - self._confirmed
        if waiting < CONFIRMS_EVERY:
            return []
        if not self._allowance.take(keep=12) and waiting < CONFIRMS_AT_LAST:
            return []
        self._confirmed = heard
        return [self._got()]

    def beat(self) -> list[str]:
        return [self._got(), '{"t":"beat"}']

    def _got(self) -> str:
        return json.dumps({"t": "got", "positions": {self.place["stream"]: self._position}})


class DialogueLater(Dialogue):
    """Subscribes only when it is told to: what is measured then begins for all at once."""

    joined_by = b'"t":"hello"'

    def on_open(self) -> list[str]:
        return []


DIALECTS: dict[str, type[Dialect]] = {
    "plain": Plain,
    "tutorial": Tutorial,
    "socketio": SocketIo,
    "dialogue": Dialogue,
    "dialogue_later": DialogueLater,
}
