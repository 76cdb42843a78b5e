"""What the hub asks the database, in threads: entries first, the versions of access after them (I5)."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Final

from dialogue.accounts.models import User
from dialogue.accounts.queries import auth_versions
from dialogue.journal.entries import Place, entries_after, range_of
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


def look(sources: Sources, wish: Wish) -> Found:
    """Read what is new and, anew, what those who wait nearby have not heard.

    Nothing is kept from one look to the next: a text taken back meanwhile must not be told.
    """
    place, floor = range_of(wish.stream)
    known = wish.known
    is_fresh = not (known and known.epoch == place.epoch and known.position <= place.position)
    start = place.position if is_fresh or known is None else known.position
    lowest = max(floor, start - NEAR_ENTRIES)
    after = min([start, *(one for one in wish.behind if one >= lowest)])
    told = _told_after(sources, wish.stream, after, until=place)
    versions = versions_of(sources, [wish.stream], wish.people)
    return Found(place, floor, is_fresh, after, told, versions)


def look_at_page(
    sources: Sources, begins: Place, *, until: int, people: Collection[int]
) -> tuple[list[Told], Versions]:
    """What follows this place, for those who are that far behind: a page, and their access after it."""
    told = _told_after(
        sources, begins.stream, begins.position, until=Place(begins.stream, begins.epoch, until)
    )
    return told, versions_of(sources, [begins.stream], people)


def versions_of(sources: Sources, streams: Collection[str], people: Collection[int]) -> Versions:
    return Versions(auth_versions(people), sources.acl_versions(streams))


def _told_after(sources: Sources, stream: str, after: int, *, until: Place) -> list[Told]:
    if after >= until.position:
        return []
    rows = entries_after(stream, after, limit=MAX_PAGE_ENTRIES, until=until.position)
    told = sources.tell(rows, until.epoch)
    if not rows or any(row.stream.epoch != until.epoch for row in rows):
        raise Gap
    if [one.position for one in told] != list(range(after + 1, after + 1 + len(rows))):
        raise Gap
    return told
