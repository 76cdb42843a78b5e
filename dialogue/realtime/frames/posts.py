"""What is told of a post, in the words it has now; one taken back is a stub wherever it was told."""

from collections.abc import Callable
from typing import Any

from dialogue.journal.models import Entry
from dialogue.realtime.frames.audiences import (
    audience_of_author,
    by_whom,
    ids_of,
    open_to,
    organisation_of,
    words_of,
)
from dialogue.realtime.frames.scene import Scene
from dialogue.realtime.frames.telling import NOBODY, OFFICE_WIDE, ROOM_WIDE, Reader, Telling, without_absent
from dialogue.realtime.server_frames import By
from dialogue.rooms.models import Post


def post_told(entry: Entry, scene: Scene) -> Telling:
    """Added or edited: the words it has now."""
    post = scene.post_of(entry)
    if post is None:
        return Telling()

    def content(reader: Reader) -> dict[str, Any]:
        facts = without_absent(
            reply_to=post.reply_to.public_id if post.reply_to else None,
            purpose=post.purpose,
            office_note=post.office_only or None,
            after=post.after,
            edited=post.edited_at is not None or None,
        )
        facts |= {"reactions": dict(scene.signs.get(post.pk, {})), "posts": post.thread.post_count}
        return words_of(post) | {"by": by_whom(post, reader), "facts": facts}

    return _about_post(post, content, author_id=post.author_id, organisation_id=organisation_of(post))


def post_withdrawn(entry: Entry, scene: Scene) -> Telling:
    post = scene.post_of(entry)
    ids = ids_of(thread=post.thread, post=post) if post is not None else {}
    return Telling(ids=ids, open_to=NOBODY, is_open_to_author=False)


def post_reacted(entry: Entry, scene: Scene) -> Telling:
    """How many left which sign. Who did is told to that person alone."""
    post = scene.post_of(entry)
    if post is None:
        return Telling()
    sign = entry.refs.get("sign")
    facts: dict[str, Any] = {"reactions": dict(scene.signs.get(post.pk, {}))}
    if sign:
        facts |= {"sign": sign, "on": (post.pk, entry.actor_id, sign) in scene.signs_by_person}

    def content(reader: Reader) -> dict[str, Any]:
        return {"by": By(byline="organisation", mine=reader.is_mine), "facts": facts}

    return _about_post(post, content, author_id=entry.actor_id)


def _about_post(
    post: Post,
    content: Callable[[Reader], dict[str, Any]],
    *,
    author_id: int | None,
    organisation_id: int | None = None,
) -> Telling:
    heard_by = open_to(post.thread) & (OFFICE_WIDE if post.office_only else ROOM_WIDE)
    return Telling(
        ids=ids_of(thread=post.thread, post=post),
        open_to=heard_by if post.is_told else NOBODY,
        is_open_to_author=post.is_told and author_id == post.thread.raised_by_id,
        content=content,
        author_id=author_id,
        organisation_id=organisation_id,
        place=(post.position if post.after is None else post.after) or None,
        author_audience=audience_of_author(post) if author_id == post.author_id else "member",
    )
