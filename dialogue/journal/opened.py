"""What an act holds while it runs: its streams, and what is written together at its end."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from dialogue.accounts.models import User
from dialogue.journal import locks
from dialogue.journal.models import Entry
from dialogue.questions.inserting import insert

T = TypeVar("T")
Write = Callable[[Sequence[T]], object]


@dataclass(frozen=True)
class Place:
    """Where an entry stands. (epoch, position) is one value: neither means anything alone."""

    stream: str
    epoch: str
    position: int


class StreamNotOpen(RuntimeError):
    """An act wrote to a stream that the outermost act did not open: a programming error."""


@dataclass(frozen=True)
class Mark:
    """How far the work of a transaction was at one moment."""

    heads: dict[str, tuple[int, int]]
    waiting: int
    answers: dict[Hashable, Any]


@dataclass
class Opened:
    """The streams held by the running transaction.

    ``is_shared``: acts follow each other in it, and ``has_moved`` once one of them changed more than
    it left for the end. ``before_writing`` is told before what was left is written. ``answers`` are
    those that are known to keys: what no query finds yet, or needs not be asked again.
    """

    heads: dict[str, locks.Head]
    at: datetime
    is_shared: bool = False
    has_moved: bool = False
    before_writing: Callable[[], None] | None = None
    waiting: list[tuple[Write[Any], Any]] = field(default_factory=list)
    answers: dict[Hashable, Any] = field(default_factory=dict)

    def record(self, kind: str, *, stream: str, actor: User | None = None, **refs: Any) -> Place:
        """Take the next place of ``stream`` for this entry. ``refs`` are ids, never prose."""
        head = self.head(stream)
        head.position += 1
        head.written += 1
        entry = Entry(
            stream_id=head.stream_id,
            position=head.position,
            kind=kind,
            actor=actor,
            refs=refs,
            happened_at=self.at,
        )
        self.at_end(write_entries, entry)
        return Place(stream, head.epoch, head.position)

    def at_end(self, write: Write[T], item: T) -> None:
        """``write`` gets everything that was left for it at once, before the commit: one statement for many.

        Until then no query finds it.
        """
        self.waiting.append((write, item))

    def write(self) -> None:
        """Do now what was left for the end."""
        if self.before_writing is not None:
            self.before_writing()
        self.write_first(len(self.waiting))

    def write_first(self, count: int) -> None:
        """Do now the first so many of what was left for the end."""
        due, self.waiting = self.waiting[:count], self.waiting[count:]
        together: dict[Write[Any], list[Any]] = {}
        for write, item in due:
            together.setdefault(write, []).append(item)
        for write, items in together.items():
            write(items)

    def position_of(self, stream: str) -> int:
        """The position of the newest entry, under the lock."""
        return self.head(stream).position

    def begin(self, stream: str) -> None:
        """Open a stream that this act gives birth to, under a name nobody else can know yet.

        Only for those: without waiters the order of locks cannot matter, for others it does.
        """
        self.heads.update(locks.take_heads([stream]))

    def head(self, stream: str) -> locks.Head:
        try:
            return self.heads[stream]
        except KeyError:
            raise StreamNotOpen(stream.split(":")[0]) from None

    def holds(self, names: Iterable[str]) -> bool:
        return all(name in self.heads for name in names)

    def take_moved(self) -> bool:
        """Whether an act changed more than it left for the end, since this was asked last."""
        has_moved, self.has_moved = self.has_moved, False
        return has_moved

    def mark(self) -> Mark:
        heads = {name: (head.position, head.written) for name, head in self.heads.items()}
        return Mark(heads, len(self.waiting), dict(self.answers))

    def back_to(self, mark: Mark) -> None:
        """Forget what was done since; what reached the database is the caller's to undo."""
        for name in self.heads.keys() - mark.heads.keys():
            del self.heads[name]
        for name, (position, written) in mark.heads.items():
            self.heads[name].position, self.heads[name].written = position, written
        del self.waiting[mark.waiting :]
        self.answers = dict(mark.answers)


def write_entries(entries: Sequence[Entry]) -> None:
    insert(entries)
