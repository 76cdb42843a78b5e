"""Posts as a page draws them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q

from dialogue.rooms.access import Reading, can_edit, can_post, can_react, can_withdraw
from dialogue.rooms.access.posts import sees_post
from dialogue.rooms.models import Post, Purpose, Reaction, Thread
from dialogue.rooms.queries.pages.bylines import AuthorShown, author_shown
from dialogue.text.markdown import plain_excerpt

ICONS = {"same_here": "agree", "seen": "eyes", "thanks": "thanks", "important": "flag"}
_QUOTED_CHARACTERS = 90


@dataclass(frozen=True)
class SignShown:
    code: str
    count: int = 0
    is_mine: bool = False

    @property
    def label(self) -> str:
        return str(Reaction.Sign(self.code).label)

    @property
    def icon(self) -> str:
        return ICONS[self.code]

    @property
    def next(self) -> str:
        """What pressing the button asks for."""
        return f"{self.code}:{'off' if self.is_mine else 'on'}"


@dataclass(frozen=True)
class Quoted:
    id: str = ""
    author: str = ""
    lang: str = ""
    excerpt: str = ""


@dataclass(frozen=True)
class PostShown:
    """``is_blank`` is the copy for script, in which every part is drawn."""

    id: str
    at: datetime
    html: str = ""
    lang: str = ""
    version: int = 1
    position: int = 0
    author: str = ""
    organisation: str = ""
    initials: str = ""
    pseudonym: str = ""
    purpose: str = Purpose.PLAIN.value
    signs: tuple[SignShown, ...] = ()
    reply_to: Quoted | None = None
    is_office: bool = False
    is_note: bool = False
    is_shielded: bool = False
    is_mine: bool = False
    is_edited: bool = False
    is_stub: bool = False
    is_hidden: bool = False
    is_blank: bool = False
    may_react: bool = False
    may_reply: bool = False
    may_edit: bool = False
    may_withdraw: bool = False

    @property
    def has_signs(self) -> bool:
        return any(sign.count for sign in self.signs)


def posts_shown(posts: Sequence[Post], thread: Thread, reading: Reading) -> list[PostShown]:
    counted = _counted(posts, reading)
    may_reply = can_post(reading, thread)
    for post in posts:
        # One thread for all of them: the checks below then ask the database nothing.
        post.thread = thread
    return [_shown(post, reading, counted=counted, may_reply=may_reply) for post in posts]


def quoted(post: Post | None, reading: Reading) -> Quoted | None:
    """The beginning of what is answered, if this reader may see it."""
    if post is None or not post.is_told or post.current is None or not sees_post(reading, post):
        return None
    excerpt = plain_excerpt(post.current.body, _QUOTED_CHARACTERS)
    return Quoted(post.public_id, author_shown(post, reading).name, post.lang, excerpt)


def _shown(
    post: Post, reading: Reading, *, counted: dict[tuple[int, str], SignShown], may_reply: bool
) -> PostShown:
    if not post.is_told or post.current is None:
        is_hidden = post.hidden_at is not None
        return PostShown(
            post.public_id, post.posted_at, position=post.position_in_room, is_stub=True, is_hidden=is_hidden
        )
    by = author_shown(post, reading)
    return PostShown(
        id=post.public_id,
        at=post.posted_at,
        html=post.current.html,
        lang=post.lang,
        version=post.version,
        position=post.position_in_room,
        purpose=post.purpose,
        signs=tuple(counted.get((post.pk, code), SignShown(code)) for code in ICONS),
        reply_to=quoted(_answered(post), reading),
        is_note=post.office_only,
        is_edited=post.edited_at is not None,
        may_react=can_react(reading, post),
        may_reply=may_reply and not post.office_only,
        may_edit=can_edit(reading, post),
        may_withdraw=can_withdraw(reading, post),
        **_signature(by),
    )


def _signature(by: AuthorShown) -> dict[str, Any]:
    return {
        "author": by.name,
        "organisation": by.second,
        "initials": by.initials,
        "pseudonym": by.pseudonym,
        "is_office": by.is_office,
        "is_shielded": by.is_shielded,
        "is_mine": by.is_mine,
    }


def _answered(post: Post) -> Post | None:
    if post.reply_to is not None:
        post.reply_to.thread = post.thread
    return post.reply_to


def _counted(posts: Sequence[Post], reading: Reading) -> dict[tuple[int, str], SignShown]:
    rows = Reaction.objects.filter(post__in=posts).values_list("post_id", "sign")
    mine = Count("pk", filter=Q(person_id=reading.person_id))
    counted = rows.annotate(total=Count("pk"), mine=mine).order_by()
    return {(post, sign): SignShown(sign, total, bool(own)) for post, sign, total, own in counted}
