"""A text is written down, inside an opening and after access was checked: post, raise and triage share it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F

from dialogue.accounts.models import User
from dialogue.journal.entries import Opened, Place
from dialogue.questions.changing import Change, changed_once
from dialogue.questions.inserting import insert
from dialogue.rooms.access import Reading
from dialogue.rooms.actions.opening import after_in, refuse_if_moved, tell
from dialogue.rooms.actions.seats import sit_down
from dialogue.rooms.kinds import POST_ADDED
from dialogue.rooms.models import Byline, Post, PostRevision, Purpose, Thread, sha256_of
from dialogue.rooms.public_ids import new_row_id
from dialogue.text.cleaning import clean_body
from dialogue.text.languages import Language
from dialogue.text.markdown import RENDERER_VERSION, render


@dataclass(frozen=True)
class ReadyText:
    """A text ready to be kept: cleaned and rendered before any lock."""

    body: str
    html: str


def ready_text(raw: str | ReadyText) -> ReadyText:
    """Refuses with ``empty``, ``too_long`` or ``bad_text``."""
    if isinstance(raw, ReadyText):
        return raw
    body = clean_body(raw)
    return ReadyText(body, render(body))


@dataclass(frozen=True)
class Draft:
    """What one post will be; triage makes questions, answers and signposts of it."""

    words: ReadyText
    lang: Language
    byline: Byline = Byline.ORGANISATION
    purpose: Purpose = Purpose.PLAIN
    reply_to: Post | None = None
    office_only: bool = False


def add_post(
    opened: Opened, thread: Thread, draft: Draft, *, by: User, reading: Reading
) -> tuple[Post, Place]:
    """Record ``post.added`` where this post is to be told; the caller has checked access."""
    post = Post(
        thread=thread,
        author=by,
        for_organisation_id=reading.organisation_in(thread.room_id),
        byline=draft.byline,
        purpose=draft.purpose,
        lang=draft.lang,
        reply_to=draft.reply_to,
        office_only=draft.office_only,
        posted_at=opened.at,
    )
    refuse_if_moved(opened, post.stream_name)
    sit_down(opened, thread, by=by, reading=reading, byline=draft.byline)
    post.after = after_in(opened, thread.room, post.stream_name)
    place = tell(opened, post, POST_ADDED, by=by, version=1)
    keep(opened, post, draft.words, place=place)
    if not post.office_only:
        # Office notes are not counted: a number that grows would tell of them.
        opened.at_end(_count, (thread.pk, place, opened.at))
    return post, place


def keep(opened: Opened, post: Post, words: ReadyText, *, place: Place) -> None:
    """Written at the end of the transaction, together with the other posts of it."""
    post.position = place.position
    opened.at_end(_write_posts, (post, words))


def add_revision(post: Post, words: ReadyText, *, at: datetime) -> PostRevision:
    revision = _revision(post, words, at=at, row_id=new_row_id())
    revision.save()
    return revision


def _write_posts(written: Sequence[tuple[Post, ReadyText]]) -> None:
    """A post points to its text from the start: the database looks at the commit whether that is there."""
    for post, _words in written:
        post.current_id = new_row_id()
    insert([post for post, _words in written])
    insert([_revision(post, words, at=post.posted_at, row_id=post.current_id) for post, words in written])


def _revision(post: Post, words: ReadyText, *, at: datetime, row_id: int | None) -> PostRevision:
    return PostRevision(
        id=row_id,
        post=post,
        version=post.version,
        body=words.body,
        html=words.html,
        renderer_version=RENDERER_VERSION,
        sha256=sha256_of(words.body),
        written_at=at,
    )


def _count(counted: Sequence[tuple[int, Place, datetime]]) -> None:
    """Counted by the database: a step of triage comes with the thread as it was before the lock."""
    newest = {thread: (place.position, at) for thread, place, at in counted}
    numbers = Counter(thread for thread, _place, _at in counted)
    _count_in.each([(thread, numbers[thread], *newest[thread]) for thread in sorted(newest)])


@changed_once
def _count_in(thread: int, number: int, position: int, at: datetime) -> Change:
    counted = {"post_count": F("post_count") + number, "last_position": position, "last_posted_at": at}
    return Thread.objects.filter(pk=thread), counted
