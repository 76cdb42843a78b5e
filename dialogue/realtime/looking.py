"""What the hub asks the database, in threads: entries first, the versions of access after them (I5)."""

from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Final

from dialogue.accounts.models import User
from dialogue.accounts.queries import auth_versions
from dialogue.journal.entries import Place, entries_after, entries_within, ranges_of
from dialogue.realtime.cursor import Cursor
from dialogue.realtime.limits import MAX_PAGE_ENTRIES, MAX_WAITING_OUT_ENTRIES
from dialogue.realtime.listener import Hearing
from dialogue.realtime.told import Tell, Told

HearingOf = Callable[[User, str], Hearing | None]
AclVersions = Callable[[Collection[str]], dict[str, int]]
# Who is not further behind is served together with the others, from one read. Less than a page,
# so that the same read has room for what is new.
NEAR_ENTRIES: Final = MAX_WAITING_OUT_ENTRIES


class Gap(RuntimeError):
    """Positions that do not follow each other: nothing of it may be told."""


@dataclass(frozen=True)
class Sources:
    """What the hub is given to ask: frames and access are decided elsewhere."""

    tell: Tell
    hearing_of: HearingOf
    acl_versions: AclVersions


@dataclass(frozen=True)
class Versions:
    """People's ``auth_version`` by id, streams' ``acl_version`` by name, as they were at one moment."""

    people: dict[int, int]
    streams: dict[str, int]

    def are_those_of(self, cursor: Cursor) -> bool:
        """Whether nothing moved since this cursor's access was read. Inactive people have no version."""
        return (
            self.people.get(cursor.listener.person_id) == cursor.listener.auth_version
            and self.streams.get(cursor.stream, 0) == cursor.acl_version
            and not cursor.listener.has_run_out
        )


@dataclass(frozen=True)
class Wish:
    """``known`` is the place read so far, ``behind`` where those are who wait, ``people`` all of them."""

    stream: str
    known: Place | None
    behind: Collection[int]
    people: Collection[int]


@dataclass(frozen=True)
class Found:
    """What a stream holds after position ``after``, and who may hear it now.

    ``is_fresh`` says that the known place has lost its meaning, or that there was none.
    """

    place: Place
    floor: int
    is_fresh: bool
    after: int
    told: list[Told]
    versions: Versions

    @property
    def until(self) -> int:
        return self.after + len(self.told)

    @property
    def is_all(self) -> bool:
        return self.until >= self.place.position


def look(sources: Sources, wishes: Sequence[Wish]) -> list[Found | Exception]:
    """Read of several streams what is new and, anew, what those who wait nearby have not heard.

    What is wrong with one stream is told of that one: the others are then looked at by themselves.
    """
    try:
        return [*_look(sources, wishes)]
    except Exception as fault:
        if len(wishes) == 1:
            return [fault]
        return [found for wish in wishes for found in look(sources, [wish])]


def _look(sources: Sources, wishes: Sequence[Wish]) -> list[Found]:
    """Nothing is kept from one look to the next: a text taken back meanwhile must not be told."""
    ranges = ranges_of([wish.stream for wish in wishes])
    views = [_view_of(wish, *ranges[wish.stream]) for wish in wishes]
    told = _told_of(sources, views)
    people = frozenset[int]().union(*(wish.people for wish in wishes))
    versions = versions_of(sources, [wish.stream for wish in wishes], people)
    return [_found(view, told.get(view.place.stream, []), versions) for view in views]


@dataclass(frozen=True)
class View:
    """Of one stream, before its entries are read: from where on, and up to which place."""

    place: Place
    floor: int
    is_fresh: bool
    after: int

    @property
    def is_behind(self) -> bool:
        return self.after < self.place.position


def _view_of(wish: Wish, place: Place, floor: int) -> View:
    known = wish.known
    is_fresh = not (known and known.epoch == place.epoch and known.position <= place.position)
    start = place.position if is_fresh or known is None else known.position
    lowest = max(floor, start - NEAR_ENTRIES)
    return View(place, floor, is_fresh, min([start, *(one for one in wish.behind if one >= lowest)]))


def _told_of(sources: Sources, views: Sequence[View]) -> dict[str, list[Told]]:
    """By stream, built together."""
    windows = {view.place.stream: (view.after, view.place.position) for view in views if view.is_behind}
    told: dict[str, list[Told]] = defaultdict(list)
    if windows:
        for one in sources.tell(entries_within(windows, limit=MAX_PAGE_ENTRIES)):
            told[one.stream].append(one)
    return told


def _found(view: View, told: list[Told], versions: Versions) -> Found:
    _refuse_gap(told, after=view.after, epoch=view.place.epoch, is_expected=view.is_behind)
    return Found(view.place, view.floor, view.is_fresh, view.after, told, versions)


def look_at_page(
    sources: Sources, begins: Place, *, until: int, people: Collection[int]
) -> tuple[list[Told], Versions]:
    """What follows this place, for those who are that far behind: a page, and their access after it."""
    rows = entries_after(begins.stream, begins.position, limit=MAX_PAGE_ENTRIES, until=until)
    told = sources.tell(rows)
    _refuse_gap(told, after=begins.position, epoch=begins.epoch, is_expected=begins.position < until)
    return told, versions_of(sources, [begins.stream], people)


def versions_of(sources: Sources, streams: Collection[str], people: Collection[int]) -> Versions:
    return Versions(auth_versions(people), sources.acl_versions(streams))


def _refuse_gap(told: Sequence[Told], *, after: int, epoch: str, is_expected: bool) -> None:
    if bool(told) != is_expected or any(one.epoch != epoch for one in told):
        raise Gap
    if [one.position for one in told] != list(range(after + 1, after + 1 + len(told))):
        raise Gap
