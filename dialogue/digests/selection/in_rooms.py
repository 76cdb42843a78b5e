"""News of rooms: each that may be named, and all others together."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Final

from django.urls import reverse

from dialogue.accounts.models import User
from dialogue.digests.access import can_room_be_named, can_thread_be_named, posts_told_to
from dialogue.digests.selection.heard import Heard
from dialogue.digests.selection.naming import path_of, thread_as
from dialogue.digests.selection.news import RoomNews
from dialogue.rooms.models import Room, Thread, ThreadKind

MOST_TITLES: Final = 3
_AT_ONCE: Final = 1_000


@dataclass
class _InRoom:
    room: Room
    new: list[Thread] = field(default_factory=list)
    posts: Counter[Thread] = field(default_factory=Counter)

    def new_of(self, kind: ThreadKind) -> list[Thread]:
        return [thread for thread in self.new if thread.kind == kind]


def news_of_rooms(
    heard: Heard, threads: Mapping[str, Thread], posts: Mapping[str, int], *, reader: User
) -> list[RoomNews]:
    """``threads`` are those that may be told; ``posts`` counts the told ones by thread."""
    rooms: dict[int, _InRoom] = {}
    for public_id, thread in threads.items():
        news = rooms.setdefault(thread.room_id, _InRoom(thread.room))
        if heard.threads[public_id].is_new:
            news.new.append(thread)
        if posts.get(public_id):
            news.posts[thread] = posts[public_id]
    told = [news for news in rooms.values() if news.new or news.posts]
    named = [_named(news, reader) for news in told if can_room_be_named(news.room)]
    unnamed = [news for news in told if not can_room_be_named(news.room)]
    return sorted(named, key=_weight) + ([_together(unnamed)] if unnamed else [])


def told_posts_by_thread(person: User, heard: Heard) -> dict[str, int]:
    """How many of the posts heard of may still be told, by thread."""
    wanted = iter([post for thread in heard.threads.values() for post in thread.posts])
    found: Counter[str] = Counter()
    while batch := list(islice(wanted, _AT_ONCE)):
        rows = posts_told_to(person).filter(public_id__in=batch)
        found.update(rows.values_list("thread__public_id", flat=True))
    return dict(found)


def _named(news: _InRoom, reader: User) -> RoomNews:
    """The reader's own threads are told by name above, among their concerns."""
    concerns = news.new_of(ThreadKind.CONCERN)
    titled = [thread for thread in sorted(concerns, key=_newest) if can_thread_be_named(thread)][:MOST_TITLES]
    others = (t for t, _count in news.posts.most_common() if t not in titled and t.raised_by_id != reader.pk)
    discussed = next(filter(can_thread_be_named, others), None)
    return RoomNews(
        path=path_of(news.room),
        name=str(news.room.name),
        concerns=len(concerns),
        discussions=len(news.new_of(ThreadKind.DISCUSSION)),
        posts=news.posts.total(),
        new=tuple(map(thread_as, titled)),
        most_discussed=thread_as(discussed) if discussed else None,
    )


def _together(rooms: Iterable[_InRoom]) -> RoomNews:
    rooms = list(rooms)
    return RoomNews(
        path=reverse("rooms:list"),
        rooms=len(rooms),
        concerns=sum(len(news.new_of(ThreadKind.CONCERN)) for news in rooms),
        discussions=sum(len(news.new_of(ThreadKind.DISCUSSION)) for news in rooms),
        posts=sum(news.posts.total() for news in rooms),
    )


def _newest(thread: Thread) -> tuple[float, int]:
    return -thread.raised_at.timestamp(), -thread.pk


def _weight(news: RoomNews) -> tuple[int, int, str]:
    return -news.concerns, -news.posts, news.name
