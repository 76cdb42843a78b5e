"""What was said and what happened, in one line of time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import accumulate
from operator import itemgetter

from django.db.models import QuerySet
from django.utils import timezone

from dialogue.rooms.access import Reading, posts_visible_to
from dialogue.rooms.models import Post, Thread
from dialogue.rooms.queries.pages.days import long_day
from dialogue.rooms.queries.pages.events import EventShown
from dialogue.rooms.queries.pages.posts import PostShown

POSTS_ON_A_PAGE = 60


@dataclass
class LogItem:
    at: datetime
    post: PostShown | None = None
    event: EventShown | None = None
    is_new_day: bool = False
    is_first_new: bool = False

    @property
    def day(self) -> str:
        return long_day(self.at)


@dataclass(frozen=True)
class Stretch:
    """A stretch of posts, oldest first; ``earlier`` names the post before which there are more."""

    posts: list[Post]
    earlier: str = ""
    is_newest: bool = True


def stretch_of(thread: Thread, reading: Reading, *, before: str = "") -> Stretch:
    """The newest posts, or those before a post of this thread; an unknown one is passed over."""
    rows = _posts_of(thread, reading)
    edge = rows.filter(public_id=before).first() if before else None
    if edge is not None:
        rows = rows.filter(pk__lt=edge.pk)
    newest_first = list(rows.order_by("-pk")[: POSTS_ON_A_PAGE + 1])
    posts = newest_first[:POSTS_ON_A_PAGE][::-1]
    has_more = len(newest_first) > POSTS_ON_A_PAGE
    return Stretch(posts, posts[0].public_id if has_more else "", edge is None)


def log_of(
    stretch: Stretch, posts: Sequence[PostShown], events: Sequence[EventShown], *, read: int | None
) -> list[LogItem]:
    """Posts in their order; events before the first post that came after them."""
    # A clock that was set back must not bring posts out of their order.
    reached = accumulate((post.at for post in posts), max)
    told = [(at, LogItem(post.at, post=post)) for at, post in zip(reached, posts, strict=True)]
    told += [(event.at, LogItem(event.at, event=event)) for event in _within(stretch, events)]
    # Stable, and a post that an act wrote at the same moment stands before what is told of it.
    items = [item for _at, item in sorted(told, key=itemgetter(0))]
    _mark_days(items)
    _mark_first_new(items, read)
    return items


def _posts_of(thread: Thread, reading: Reading) -> QuerySet[Post]:
    # Order is by row, written under the lock of the stream: clocks of several processes differ, and
    # in a thread that was held positions count in two streams.
    return (
        posts_visible_to(reading)
        .filter(thread=thread)
        .select_related(
            *("author", "for_organisation", "current", "reply_to"),
            *("reply_to__author", "reply_to__for_organisation", "reply_to__current"),
        )
    )


def _within(stretch: Stretch, events: Sequence[EventShown]) -> list[EventShown]:
    since = stretch.posts[0].posted_at if stretch.earlier else None
    until = stretch.posts[-1].posted_at if stretch.posts and not stretch.is_newest else None
    return [e for e in events if (since is None or e.at >= since) and (until is None or e.at <= until)]


def _mark_days(items: list[LogItem]) -> None:
    day = None
    for item in items:
        today = timezone.localtime(item.at).date()
        item.is_new_day, day = today != day, today


def _mark_first_new(items: list[LogItem], read: int | None) -> None:
    """Nothing is new to whoever is here for the first time: then all of it is."""
    if read is None:
        return
    for item in items:
        post = item.post
        if post is not None and post.position > read and not post.is_mine:
            item.is_first_new = True
            return
