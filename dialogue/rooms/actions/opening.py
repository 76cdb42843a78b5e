"""How every act of the rooms begins, and how it is told: streams by their present names, one key one act."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from dialogue.accounts.models import User
from dialogue.journal import acts, entries
from dialogue.organisations.standing import one_look
from dialogue.rooms.models import Post, Room, Thread
from dialogue.text.refusals import Conflict


@contextmanager
def opening(*names: str, by: User, key: UUID, now: datetime | None) -> Iterator[entries.Opened]:
    """Like ``entries.opening``, for acts with a key. Who ``by`` is gets looked at anew, under the lock, once.

    The same key at the same moment in two streams: neither waits for the other's lock, so the
    table refuses the second, and that is told as what it is.
    """
    try:
        with entries.opening(names, now=now) as opened, one_look():
            yield opened
    except IntegrityError:
        nothing_of_ours: dict[str, Any] = {}
        acts.already_done(by, key, nothing_of_ours)
        raise


def streams_of_thread(thread: Thread) -> tuple[str, ...]:
    """The room's too: what is told elsewhere notes the room's position."""
    return tuple(dict.fromkeys((thread.room.stream_name, thread.stream_name)))


def refuse_if_moved(opened: entries.Opened, stream: str) -> None:
    """A thread was held, or its marking raised, between the look at it and the lock."""
    if stream not in opened.heads:
        raise try_again()


def try_again() -> Conflict:
    return Conflict("try_again", _("Something changed just now. Send it again."), retry=True, after_ms=500)


def after_in(opened: entries.Opened, room: Room, stream: str) -> int | None:
    """The room's position, for what is told in another stream; None in the room's own."""
    return None if stream == room.stream_name else opened.position_of(room.stream_name)


def tell(
    opened: entries.Opened, thing: Thread | Post, kind: str, *, by: User | None, **refs: Any
) -> entries.Place:
    """Where it is told now; beside the room's own stream with ``after``, the room's position."""
    thread = thing if isinstance(thing, Thread) else thing.thread
    if isinstance(thing, Post):
        refs["post"] = thing.public_id
    refuse_if_moved(opened, thing.stream_name)
    after = after_in(opened, thread.room, thing.stream_name)
    if after is not None:
        refs["after"] = after
    return opened.record(kind, stream=thing.stream_name, actor=by, thread=thread.public_id, **refs)
