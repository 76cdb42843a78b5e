"""What the page for taking a concern up shows: posts to choose from, and who was faster."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from dialogue.issues.models import Escalation
from dialogue.rooms.access import Reading, posts_visible_to
from dialogue.rooms.models import Post, Thread
from dialogue.rooms.queries.pages.bylines import author_shown
from dialogue.rooms.queries.pages.days import short_day
from dialogue.text.markdown import plain_excerpt

_SHOWN_CHARACTERS: Final = 600


@dataclass(frozen=True)
class PostOffered:
    """Who wrote it as everybody in the room sees it: for an issue, not even a pseudonym."""

    id: str
    author: str
    day: str
    lang: str
    excerpt: str
    is_chosen: bool = False


def posts_offered(thread: Thread, reading: Reading, *, chosen: Sequence[str] | None) -> list[PostOffered]:
    """In the order of the thread; neither office notes nor what was taken away. At first, the first."""
    posts = posts_visible_to(reading).for_everyone_here().filter(thread=thread)
    rows = posts.select_related("current", "author", "for_organisation", "thread__room")
    told = list(rows.order_by("posted_at", "pk"))
    wanted = [post.public_id for post in told[:1]] if chosen is None else chosen
    return [_offered(post, reading, is_chosen=post.public_id in wanted) for post in told]


def first_escalation(thread: Thread) -> Escalation | None:
    """By whom and as what it was taken up already, if it was."""
    rows = Escalation.objects.filter(thread=thread, returned_at=None).select_related("issue", "by")
    return rows.first()


def _offered(post: Post, reading: Reading, *, is_chosen: bool) -> PostOffered:
    by = author_shown(post, reading)
    return PostOffered(
        id=post.public_id,
        author=by.name,
        day=short_day(post.posted_at),
        lang=post.lang,
        excerpt=plain_excerpt(post.current.body, _SHOWN_CHARACTERS) if post.current else "",
        is_chosen=is_chosen,
    )
