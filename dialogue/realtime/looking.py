"""What the hub asks the database, in threads: entries first, the versions of access after them (I5)."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from dialogue.accounts.models import User
from dialogue.accounts.queries import auth_versions
from dialogue.journal.entries import Place, entries_after, floor_of, head_of, heads_of
from dialogue.realtime.buffer import Gap
from dialogue.realtime.cursor import Cursor
from dialogue.realtime.limits import MAX_PAGE_ENTRIES
from dialogue.realtime.listener import Hearing
from dialogue.realtime.told import Tell, Told

HearingOf = Callable[[User, str], Hearing | None]
AclVersions = Callable[[Collection[str]], dict[str, int]]
# After a restart those who come back are not all at the same place: reading a little more at first
# lets one read serve them all.
SLACK_ENTRIES = 50


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
        )


@dataclass(frozen=True)
class Found:
    """What a stream holds after ``after``, and who may hear it now."""

    place: Place
    floor: int
    after: int
    told: list[Told]
    versions: Versions

    @property
    def is_all(self) -> bool:
        return self.after + len(self.told) >= self.place.position


@dataclass(frozen=True)
class Wish:
    """``known`` is the place read so far, ``sinces`` where joining readers are, ``people`` all of them."""

    stream: str
    known: Place | None
    sinces: Collection[int]
    people: Collection[int]


def look(sources: Sources, wish: Wish) -> Found:
    """Read on from the known place; from a fresh one when there is none or it has lost its meaning."""
    place = heads_of([wish.stream]).get(wish.stream) or head_of(wish.stream)
    floor = floor_of(wish.stream)
    known = wish.known
    if known and known.epoch == place.epoch and known.position <= place.position:
        after = known.position
    else:
        after = max(_beginning(place, wish.sinces), floor)
    told = _told_after(sources, wish.stream, after, until=place)
    return Found(place, floor, after, told, versions_of(sources, [wish.stream], wish.people))


def look_at_page(
    sources: Sources, stream: str, after: int, *, until: Place, person: int
) -> tuple[list[Told], Versions]:
    told = _told_after(sources, stream, after, until=until)
    return told, versions_of(sources, [stream], [person])


def versions_of(sources: Sources, streams: Collection[str], people: Collection[int]) -> Versions:
    return Versions(auth_versions(people), sources.acl_versions(streams))


def _beginning(place: Place, sinces: Collection[int]) -> int:
    """The head, or a little before the oldest of those who come back, but at most one page back."""
    behind = [since for since in sinces if since < place.position]
    if not behind:
        return place.position
    return max(0, min(behind) - SLACK_ENTRIES, place.position - MAX_PAGE_ENTRIES)


def _told_after(sources: Sources, stream: str, after: int, *, until: Place) -> list[Told]:
    if after >= until.position:
        return []
    rows = entries_after(stream, after, limit=MAX_PAGE_ENTRIES, until=until.position)
    told = sources.tell(rows, until.epoch)
    if [one.position for one in told] != list(range(after + 1, after + 1 + len(rows))):
        raise Gap
    if not rows or any(row.stream.epoch != until.epoch for row in rows):
        raise Gap
    return told
