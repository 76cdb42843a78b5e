"""What a digest says, as codes and names; the sentences are made in ``rendering``."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal


@dataclass(frozen=True)
class Thing:
    """A thread or an issue as a mail may call it.

    Without ``title`` its marking keeps it inside; without ``reference`` too it can only be counted.
    ``lang`` is the title's own, where it is not the reader's. ``path`` leads behind the sign-in and
    names no room that may not be named.
    """

    path: str
    reference: str = ""
    title: str = ""
    lang: str = ""

    @property
    def is_only_counted(self) -> bool:
        return not self.reference and not self.title


@dataclass(frozen=True)
class AskedOf:
    """An answer to the office's question, a view on closing, or a signature."""

    what: Literal["reply", "view", "sign"]
    thing: Thing
    due: date | None = None


@dataclass(frozen=True)
class Deadline:
    """``holder`` is who owes the next step: a code of ``rooms.models.Holder``."""

    thing: Thing
    due: date
    holder: str = ""


@dataclass(frozen=True)
class Change:
    """``source`` and ``target`` are shown states: of the first and of the newest move in the window.

    ``steps`` are kinds of entries of the issue, oldest first; ``days`` counts working days that
    ``holder`` has had the ball.
    """

    thing: Thing
    source: str = ""
    target: str = ""
    outcome: str = ""
    is_acknowledged: bool = False
    posts: int = 0
    steps: tuple[str, ...] = ()
    holder: str = ""
    days: int = 0

    @property
    def has_moved(self) -> bool:
        return bool(self.target)


@dataclass(frozen=True)
class RoomNews:
    """News of one room, or of all rooms that stay without ``name`` together: ``rooms`` says how many."""

    path: str
    name: str = ""
    rooms: int = 1
    concerns: int = 0
    discussions: int = 0
    posts: int = 0
    new: tuple[Thing, ...] = ()
    most_discussed: Thing | None = None


@dataclass(frozen=True)
class Digest:
    """One person's news, in the order in which it is told."""

    first_day: date
    last_day: date
    asked: tuple[AskedOf, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    changes: tuple[Change, ...] = ()
    rooms: tuple[RoomNews, ...] = ()

    @property
    def has_something_to_say(self) -> bool:
        return bool(self.asked or self.deadlines or self.changes or self.rooms)

    @property
    def counts(self) -> Mapping[str, int]:
        return {
            "asked": len(self.asked),
            "deadlines": len(self.deadlines),
            "changes": len(self.changes),
            "rooms": sum(news.rooms for news in self.rooms),
        }
