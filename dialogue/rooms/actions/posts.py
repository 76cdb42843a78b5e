"""A post is written, changed by its author, taken back by its author."""

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from dialogue.accounts.models import User
from dialogue.journal.acts import Done, Key, already_done, parse_key, remember
from dialogue.journal.entries import Opened
from dialogue.rooms import access
from dialogue.rooms.actions import refused
from dialogue.rooms.actions.moves import receive_reply
from dialogue.rooms.actions.opening import opening, streams_of_thread, tell
from dialogue.rooms.actions.writing import Draft, ReadyText, add_post, add_revision, ready_text
from dialogue.rooms.kinds import POST_EDITED, POST_WITHDRAWN
from dialogue.rooms.models import Byline, Post, Purpose, Thread
from dialogue.text.refusals import Conflict, Forbidden, Invalid


def post(
    thread: Thread,
    *,
    by: User,
    key: Key,
    body: str | ReadyText,
    lang: str | None = None,
    byline: str = Byline.ORGANISATION,
    reply_to: str | None = None,
    office_only: bool = False,
    purpose: str = Purpose.PLAIN,
    now: datetime | None = None,
) -> Done:
    """``Done.thing`` is the post's public id; the first post of a member takes a seat.

    The author's reply to a question of the office moves the thread on. ``office_only`` makes a
    note that stands in the office's stream.
    """
    act_key = parse_key(key)
    draft = Draft(
        words=ready_text(body),
        lang=refused.language(lang or thread.lang),
        byline=refused.choice(Byline, byline, field="byline"),
        purpose=refused.choice(Purpose, purpose, field="purpose"),
        office_only=office_only,
    )
    content = _content(thread, draft, lang=lang, reply_to=reply_to)
    return _post(thread, draft, by=by, key=act_key, content=content, now=now)


def edit(post: Post, *, by: User, key: Key, version: int, body: str, now: datetime | None = None) -> Done:
    """A new revision; the old one stays. Another version than the present: ``conflict``, with the text."""
    act_key, words = parse_key(key), ready_text(body)
    post = access.visible_post(by, post.public_id)
    content = {"act": "edit", "post": post.public_id, "version": version, "body": words.body}
    with opening(*_streams_about(post), by=by, key=act_key, now=now) as opened:
        reading = access.reading_of(by)
        post = access.visible_post(reading, post.public_id)
        if (done := already_done(by, act_key, content)) is not None:
            return done
        _refuse_change(reading, post)
        _refuse_edit(reading, post, version)
        post.version, post.edited_at = post.version + 1, opened.at
        place = tell(opened, post, POST_EDITED, by=by, version=post.version)
        post.current = add_revision(post, words, at=opened.at)
        post.save(update_fields=["version", "edited_at", "current"])
        return remember(by, act_key, content, place=place, thing=post.public_id)


def withdraw(post: Post, *, by: User, key: Key, now: datetime | None = None) -> Done:
    """A marker stays in its place; nobody is shown the text or its author from now on."""
    act_key = parse_key(key)
    post = access.visible_post(by, post.public_id)
    content = {"act": "withdraw", "post": post.public_id}
    with opening(*_streams_about(post), by=by, key=act_key, now=now) as opened:
        reading = access.reading_of(by)
        post = access.visible_post(reading, post.public_id)
        if (done := already_done(by, act_key, content)) is not None:
            return done
        _refuse_change(reading, post)
        post.withdrawn_at = opened.at
        place = tell(opened, post, POST_WITHDRAWN, by=by, version=post.version)
        post.save(update_fields=["withdrawn_at"])
        return remember(by, act_key, content, place=place, thing=post.public_id)


def _post(
    thread: Thread, draft: Draft, *, by: User, key: UUID, content: dict[str, Any], now: datetime | None
) -> Done:
    thread = access.visible_thread(by, thread.public_id)
    with opening(*_streams_for(thread, draft), by=by, key=key, now=now) as opened:
        reading = access.reading_of(by)
        thread = access.visible_thread(reading, thread.public_id)
        if (done := already_done(by, key, content)) is not None:
            return done
        _refuse_post(reading, thread, draft)
        draft = _answering(draft, content["reply_to"], by=reading, thread=thread)
        written, place = add_post(opened, thread, draft, by=by, reading=reading)
        _move_on(opened, thread, written)
        return remember(by, key, content, place=place, thing=written.public_id)


def _content(thread: Thread, draft: Draft, *, lang: str | None, reply_to: str | None) -> dict[str, Any]:
    return {
        "act": "post",
        "thread": thread.public_id,
        "body": draft.words.body,
        "lang": lang,
        "byline": draft.byline.value,
        "reply_to": reply_to,
        "office_only": draft.office_only,
        "purpose": draft.purpose.value,
    }


def _streams_for(thread: Thread, draft: Draft) -> tuple[str, ...]:
    note = (Post(thread=thread, office_only=True).stream_name,) if draft.office_only else ()
    return (*streams_of_thread(thread), *note)


def _streams_about(post: Post) -> tuple[str, ...]:
    return (*streams_of_thread(post.thread), post.stream_name)


def _refuse_post(by: access.Reading, thread: Thread, draft: Draft) -> None:
    refused.refuse_writing(by, thread.room)
    is_of_the_office = draft.office_only or draft.purpose is not Purpose.PLAIN
    if is_of_the_office and not access.can_write_office_note(by, thread):
        raise Forbidden("forbidden", _("Only the office writes this."))
    if not draft.office_only:
        refused.refuse_closed_thread(thread)
    # A hold ends one day, and then the room reads what was written meanwhile.
    refused.refuse_thin_shield(
        by, thread.room, byline=draft.byline, is_for_the_office=thread.is_for_the_office_only
    )


def _answering(draft: Draft, reply_to: str | None, *, by: access.Reading, thread: Thread) -> Draft:
    """The post it replies to stands in the same thread, and is open to all who will read the reply."""
    if reply_to is None:
        return draft
    found = access.posts_visible_to(by).filter(thread=thread, public_id=reply_to).first()
    if found is None or not found.is_told or (found.office_only and not draft.office_only):
        raise Invalid("not_a_choice", _("The post you reply to is not here any more."), "reply_to")
    return replace(draft, reply_to=found)


def _move_on(opened: Opened, thread: Thread, post: Post) -> None:
    """The author's reply counts from behind the same shield only: else the move would tell who it was."""
    is_alike = (thread.byline == Byline.SHIELDED) == (post.byline == Byline.SHIELDED)
    if is_alike and not post.office_only:
        receive_reply(opened, thread, by=post.author)


def _refuse_change(by: access.Reading, post: Post) -> None:
    if post.author_id != by.person_id:
        raise Forbidden("forbidden", _("Only its author may change a post."))
    if not access.can_withdraw(by, post):
        raise Conflict("post_gone", _("This post was taken back already."))


def _refuse_edit(by: access.Reading, post: Post, version: int) -> None:
    refused.refuse_writing(by, post.thread.room)
    refused.refuse_closed_thread(post.thread)
    if not access.can_edit(by, post):
        raise Forbidden("forbidden", _("This post can no longer be changed."))
    if version != post.version and post.current is not None:
        raise Conflict(
            "conflict",
            _("This post was changed meanwhile. Compare the two texts and send again."),
            field="body",
            current={"version": post.version, "body": post.current.body, "html": post.current.html},
        )
