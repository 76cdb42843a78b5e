"""What builders of threads and of posts have in common: who may hear it, and whose it is."""

from typing import Any

from dialogue.organisations.models import Kind
from dialogue.realtime.frames.telling import OFFICE_WIDE, ROOM_WIDE, SAFETY_ALONE, Reader, by_of
from dialogue.realtime.server_frames import By
from dialogue.rooms.access import Audience, shown_by
from dialogue.rooms.models import Post, Thread


def open_to(thread: Thread) -> frozenset[Audience]:
    """A thread that was held, or marked for the office, after it was told is silent where it was told."""
    if thread.is_held:
        return SAFETY_ALONE
    return OFFICE_WIDE if thread.is_for_the_office_only else ROOM_WIDE


def words_of(post: Post) -> dict[str, Any]:
    return {"html": post.current.html if post.current else None, "lang": post.lang}


def ids_of(*, thread: Thread, post: Post | None = None) -> dict[str, Any]:
    ids: dict[str, Any] = {"thread": thread.public_id}
    return ids | {"post": post.public_id, "version": post.version} if post is not None else ids


def by_whom(thing: Post | Thread, reader: Reader) -> By:
    knows_the_person = reader.is_mine or reader.is_lead
    leads = (
        frozenset({thing.for_organisation_id})
        if knows_the_person and thing.for_organisation_id
        else frozenset()
    )
    return by_of(shown_by(thing, audience=reader.audience, is_mine=reader.is_mine, leads=leads))


def organisation_of(thing: Post | Thread) -> int | None:
    """Whose lead may know more; a shielded author is known to nobody's lead."""
    return None if thing.byline == "shielded" else thing.for_organisation_id


def audience_of_author(thing: Post | Thread) -> Audience:
    organisation = thing.for_organisation
    return "office" if organisation is not None and organisation.kind == Kind.OFFICE else "member"
