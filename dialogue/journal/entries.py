"""The door to the journal: open streams, record what happened, read it again.

The outermost ``opening`` is one short transaction; nothing slow and nothing that leaves the
house belongs inside. Acts that call acts open inside it and share its lock.
"""

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Min
from django.utils import timezone

from dialogue.accounts.models import User
from dialogue.journal import bells, guards, locks
from dialogue.journal.models import Entry, Stream

_open = threading.local()


@dataclass(frozen=True)
class Place:
    """Where an entry stands. (epoch, position) is one value: neither means anything alone."""

    stream: str
    epoch: str
    position: int


class StreamNotOpen(RuntimeError):
    """An act wrote to a stream that the outermost act did not open: a programming error."""


@dataclass
class Opened:
    """The streams held by the running transaction."""

    heads: dict[str, locks.Head]
    at: datetime

    def record(self, kind: str, *, stream: str, actor: User | None = None, **refs: Any) -> Place:
        """Write the next entry of ``stream`` and return its place. ``refs`` are ids, never prose."""
        head = self.head(stream)
        head.position += 1
        head.written += 1
        Entry.objects.create(
            stream_id=head.stream_id,
            position=head.position,
            kind=kind,
            actor=actor,
            refs=refs,
            happened_at=self.at,
        )
        return Place(stream, head.epoch, head.position)

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


@contextmanager
def opening(names: Iterable[str], *, now: datetime | None = None) -> Iterator[Opened]:
    """Hold these streams until the block ends; then commit, then ring.

    Inside another ``opening`` it becomes a savepoint of that one and may only name streams
    which are already open; a refusal undoes the inner part alone.
    """
    outer: Opened | None = getattr(_open, "held", None)
    if outer is not None:
        with _nested(outer, names) as opened:
            yield opened
        return
    with locks.one_writer_a_process(), transaction.atomic():
        opened = Opened(locks.take_heads(sorted(set(names))), now or timezone.now())
        guards.ask()
        _open.held = opened
        try:
            yield opened
        finally:
            _open.held = None
        locks.put_heads(opened.heads)
        bells.ring_on_commit({h.name: h.position for h in opened.heads.values() if h.written})


@contextmanager
def _nested(outer: Opened, names: Iterable[str]) -> Iterator[Opened]:
    for name in names:
        outer.head(name)
    before = {name: (head.position, head.written) for name, head in outer.heads.items()}
    try:
        with transaction.atomic():
            yield outer
    except BaseException:
        for name in outer.heads.keys() - before.keys():
            del outer.heads[name]
        for name, (position, written) in before.items():
            outer.heads[name].position, outer.heads[name].written = position, written
        raise


def ensure_stream(name: str) -> Stream:
    return Stream.objects.get_or_create(name=name)[0]


def head_of(name: str) -> Place:
    """The newest place of a stream; position 0 of a fresh epoch for one that has no row yet."""
    stream = ensure_stream(name)
    return Place(name, stream.epoch, stream.position)


def heads_of(names: Iterable[str]) -> dict[str, Place]:
    rows = Stream.objects.filter(name__in=list(names))
    return {row.name: Place(row.name, row.epoch, row.position) for row in rows}


def floor_of(name: str) -> int:
    return Stream.objects.filter(name=name).values_list("floor", flat=True).first() or 0


def entries_after(name: str, position: int, *, limit: int, until: int | None = None) -> list[Entry]:
    """Entries of a stream after ``position``, oldest first, actors loaded."""
    rows = Entry.objects.filter(stream__name=name, position__gt=position)
    if until is not None:
        rows = rows.filter(position__lte=until)
    return list(rows.select_related("actor", "stream").order_by("position")[:limit])


def entries_between(windows: dict[str, tuple[int, int]]) -> Iterator[Entry]:
    """Entries of several streams, each from its (after, until] window, by stream and position."""
    for name, (after, until) in sorted(windows.items()):
        rows = Entry.objects.filter(stream__name=name, position__gt=after, position__lte=until)
        yield from rows.select_related("actor", "stream").order_by("position").iterator(500)


def first_positions_since(names: Iterable[str], moment: datetime) -> dict[str, int]:
    """Where in each stream the entries of ``moment`` and later begin; silent streams are missing."""
    rows = Entry.objects.filter(stream__name__in=list(names), happened_at__gte=moment)
    return dict(rows.values_list("stream__name").annotate(Min("position")).order_by())
