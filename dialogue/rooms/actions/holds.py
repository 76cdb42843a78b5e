"""A thread goes out of sight while somebody may be in danger, and comes back."""

from datetime import datetime
from typing import Final

from django.db.models import F

from dialogue.accounts.models import User
from dialogue.journal import acts, entries
from dialogue.journal.acts import Done
from dialogue.rooms import kinds
from dialogue.rooms.access.triage import can_hold, can_release, keeps_people_safe
from dialogue.rooms.actions import moves
from dialogue.rooms.actions.opening import opening, tell
from dialogue.rooms.models import Hold, Post, Thread
from dialogue.text.cleaning import clean_body

MAX_REASON: Final = 2_000


def hold(thread: Thread, *, by: User, key: acts.Key, reason: str, now: datetime | None = None) -> Done:
    """At once only ``by``, the safety officers and the author see it; a stub is told where it stood."""
    parsed, reason = acts.parse_key(key), clean_body(reason, field="reason", max_characters=MAX_REASON)
    content = {"act": "holds.hold", "thread": thread.public_id, "reason": reason}
    with opening(*_streams(thread), by=by, key=parsed, now=now) as opened:
        if (done := acts.already_done(by, parsed, content)) is not None:
            return done
        _refuse_unless(can_hold(by, thread), thread, by=by)
        Hold.objects.create(thread=thread, by=by, at=opened.at, reason=reason)
        stub = tell(opened, thread, kinds.THREAD_HELD, by=by)
        _set(thread, held_at=opened.at)
        tell(opened, thread, kinds.THREAD_HELD, by=by)
        return acts.remember(by, parsed, content, place=stub, thing=thread.public_id)


def release(thread: Thread, *, by: User, key: acts.Key, now: datetime | None = None) -> Done:
    """Back where it stood, with the state it had, and with what was written while it was held."""
    parsed, content = acts.parse_key(key), {"act": "holds.release", "thread": thread.public_id}
    with opening(*_streams(thread), by=by, key=parsed, now=now) as opened:
        if (done := acts.already_done(by, parsed, content)) is not None:
            return done
        _refuse_unless(can_release(by, thread), thread, by=by)
        held = Hold.objects.get(thread=thread, released_at=None)
        tell(opened, thread, kinds.THREAD_RELEASED, by=by)
        _set(thread, held_at=None)
        place = tell(opened, thread, kinds.THREAD_RELEASED, by=by)
        _bring_back_posts(thread, since=held.at, place=place)
        Hold.objects.filter(pk=held.pk).update(released_by=by, released_at=opened.at)
        return acts.remember(by, parsed, content, place=place, thing=thread.public_id)


def _streams(thread: Thread) -> tuple[str, ...]:
    """Where it is told, where it will be told, and the room whose position both note."""
    room = thread.room
    names = [room.stream_name, room.safety_stream_name, thread.stream_name]
    return (*names, room.office_stream_name) if thread.is_for_the_office_only else tuple(names)


def _refuse_unless(may: bool, thread: Thread, *, by: User) -> None:
    """Told apart: a stranger, somebody whose step it never is, and one who came too late."""
    movers = moves.movers_who_see(thread, by=by)
    moves.refuse_if_changed(thread, movers)
    if may:
        return
    raise moves.not_from_here(thread, movers) if keeps_people_safe(by) else moves.not_yours()


def _set(thread: Thread, *, held_at: datetime | None) -> None:
    as_seen = Thread.objects.filter(pk=thread.pk, version=thread.version)
    if not as_seen.update(held_at=held_at, version=F("version") + 1):
        raise moves.already_moved(thread)
    moves.read_again(thread)


def _bring_back_posts(thread: Thread, *, since: datetime, place: entries.Place) -> None:
    """Their positions counted in the stream of safety; for readers they begin with the release."""
    written = Post.objects.filter(thread=thread, posted_at__gte=since, office_only=False)
    beside_the_room = {} if thread.is_for_the_office_only else {"after": None}
    if written.exclude(after=None).update(position=place.position, **beside_the_room):
        Thread.objects.filter(pk=thread.pk).update(last_position=place.position)
        moves.read_again(thread)
