"""The door to the journal: open streams, record what happened, read it again.

The outermost ``opening`` is one short transaction; nothing slow and nothing that leaves the
house belongs inside. Acts that call acts open inside it and share its lock.
"""

import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import Min, QuerySet
from django.utils import timezone

from dialogue.journal import bells, guards, locks, nesting
from dialogue.journal.models import Entry, Stream
from dialogue.journal.nesting import NotTogether
from dialogue.journal.opened import Opened, Place, StreamNotOpen
from dialogue.journal.windows import ids_within
from dialogue.questions.written_once import written_once

__all__ = [
    "NotTogether",
    "Opened",
    "Place",
    "StreamNotOpen",
    "ensure_stream",
    "entries_after",
    "entries_between",
    "entries_within",
    "first_positions_since",
    "head_of",
    "heads_of",
    "held",
    "opening",
    "ranges_of",
    "together",
    "together_where_free",
]

END_OF_TIME: Final = 2**63 - 1
# After which position, and up to which.
Window = tuple[int, int]
TakeHeads = Callable[[], dict[str, locks.Head]]
_open = threading.local()


@contextmanager
def opening(names: Iterable[str], *, now: datetime | None = None) -> Iterator[Opened]:
    """Hold these streams until the block ends; then commit, then ring.

    Inside another ``opening`` it becomes a savepoint of that one and may only name streams
    which are already open; a refusal undoes the inner part alone.
    """
    outer = held()
    if outer is None:
        with _outermost(lambda: locks.take_heads(sorted(set(names))), now=now) as opened:
            guards.ask()
            yield opened
    else:
        nested = nesting.beside if outer.is_shared else nesting.inside
        with nested(outer, names) as opened:
            yield opened


@contextmanager
def together(names: Iterable[str], *, expected: int = 1) -> Iterator[Opened]:
    """Some ``expected`` acts that follow each other inside commit together, each refused or done by itself.

    Those that name other streams raise ``NotTogether``. Any error of the database inside, or at the
    end, undoes all of them: what was to be told must wait until the block has ended.
    """
    with _outermost(lambda: locks.take_heads(sorted(set(names)), expected=expected), now=None) as opened:
        opened.is_shared = True
        yield opened


@contextmanager
def together_where_free(expected: Mapping[str, int]) -> Iterator[Opened]:
    """Like ``together``, with those of these streams alone that nobody holds: see ``Opened.holds``."""
    with _outermost(lambda: locks.take_free_heads(expected), now=None) as opened:
        opened.is_shared = True
        yield opened


def held() -> Opened | None:
    """What the act that runs in this thread has opened."""
    opened: Opened | None = getattr(_open, "held", None)
    return opened


@contextmanager
def _outermost(take: TakeHeads, *, now: datetime | None) -> Iterator[Opened]:
    with locks.one_writer_a_process(), transaction.atomic():
        opened = Opened(take(), now or timezone.now())
        _open.held = opened
        try:
            yield opened
            opened.write()
        finally:
            _open.held = None
        locks.put_heads(opened.heads)
        bells.ring_on_commit({h.name: h.position for h in opened.heads.values() if h.written})


def ensure_stream(name: str) -> Stream:
    return Stream.objects.get_or_create(name=name)[0]


def head_of(name: str) -> Place:
    """The newest place of a stream; position 0 of a fresh epoch for one that has no row yet."""
    stream = ensure_stream(name)
    return Place(name, stream.epoch, stream.position)


def heads_of(names: Iterable[str]) -> dict[str, Place]:
    return {row.name: Place(row.name, row.epoch, row.position) for row in _streams(list(names))}


def ranges_of(names: Collection[str]) -> dict[str, tuple[Place, int]]:
    """The newest place of each stream, and the floor: what is at or below it cannot be read any more."""
    rows = {row.name: row for row in _streams(names)}
    for name in names:
        rows[name] = rows.get(name) or ensure_stream(name)
    return {name: (Place(name, rows[name].epoch, rows[name].position), rows[name].floor) for name in names}


def entries_after(name: str, position: int, *, limit: int, until: int | None = None) -> list[Entry]:
    """Entries of a stream after ``position``, oldest first, actors loaded."""
    return _entries(name, position, END_OF_TIME if until is None else until, limit=limit)


def entries_within(windows: Mapping[str, Window], *, limit: int) -> list[Entry]:
    """Of each stream what follows its first position, up to the last and at most so many; in order."""
    if len(windows) == 1:
        ((name, (after, until)),) = windows.items()
        return entries_after(name, after, limit=limit, until=until)
    cut = [(name, after, min(until, after + limit)) for name, (after, until) in windows.items()]
    return _entries_with(ids_within(cut))


def entries_between(windows: Mapping[str, Window]) -> Iterator[Entry]:
    """Entries of several streams, each from its (after, until] window, by stream and position."""
    for name, (after, until) in sorted(windows.items()):
        rows = Entry.objects.filter(stream__name=name, position__gt=after, position__lte=until)
        yield from rows.select_related("actor", "stream").order_by("position").iterator(500)


def first_positions_since(names: Iterable[str], moment: datetime) -> dict[str, int]:
    """Where in each stream the entries of ``moment`` and later begin; silent streams are missing."""
    rows = Entry.objects.filter(stream__name__in=list(names), happened_at__gte=moment)
    return dict(rows.values_list("stream__name").annotate(Min("position")).order_by())


@written_once
def _streams(names: Collection[str]) -> QuerySet[Stream]:
    return Stream.objects.filter(name__in=names)


@written_once
def _entries_with(ids: Collection[int]) -> QuerySet[Entry]:
    return (
        Entry.objects.filter(pk__in=ids).select_related("actor", "stream").order_by("stream_id", "position")
    )


@written_once
def _entries(name: str, after: int, until: int, *, limit: int) -> QuerySet[Entry]:
    rows = Entry.objects.filter(stream__name=name, position__gt=after, position__lte=until)
    return rows.select_related("actor", "stream").order_by("position")[:limit]
