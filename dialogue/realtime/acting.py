"""Acts asked for by frames, in a bounded pool of threads: the same acts that forms call."""

import copy
from collections.abc import Callable
from functools import partial
from uuid import UUID

import structlog
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from dialogue.accounts.models import User
from dialogue.journal.acts import Done
from dialogue.journal.guards import guarded
from dialogue.organisations.standing import one_look
from dialogue.realtime import client_frames as said
from dialogue.realtime.listener import Listener
from dialogue.realtime.pools import Pool
from dialogue.realtime.protocol import encode, error_frame
from dialogue.realtime.revocation import SignedOut, refuse_signed_out
from dialogue.realtime.server_frames import AckFrame
from dialogue.realtime.streams import room_of
from dialogue.rooms import access
from dialogue.rooms.access.refused import not_found
from dialogue.rooms.actions import marks, posts, reactions, threads
from dialogue.rooms.actions.writing import ReadyText
from dialogue.rooms.models import Thread
from dialogue.text.refusals import Invalid, Refusal

ActFrame = said.Raise | said.Post | said.Edit | said.Withdraw | said.React | said.Read

log = structlog.get_logger(__name__)
in_pool = Pool("act", settings.ACT_THREADS)


def answer(user: User, listener: Listener, frame: ActFrame) -> str | None:
    """Do the act and return the encoded ``ack`` or ``error``; nothing for what needs no answer.

    Raises ``SignedOut``, with nothing written, once the session has ended.
    """
    still_here = partial(refuse_signed_out, listener, is_writing=True)
    with one_look():
        return attempt(user, frame, still_here=still_here, recheck=partial(refuse_signed_out, listener))


def attempt(
    user: User,
    frame: ActFrame,
    *,
    still_here: Callable[[], None],
    recheck: Callable[[], None],
    text: ReadyText | None = None,
    passing: tuple[type[Exception], ...] = (SignedOut,),
) -> str | None:
    """``still_here`` is asked under the lock, ``recheck`` after a refusal; both raise ``SignedOut``.

    ``text``: the body, if it was rendered before. Errors of the kinds ``passing`` are not answered.
    """
    # A copy, so that nothing read about the person outlives one act.
    by, key = copy.copy(user), _key_of(frame)
    with translation.override(user.language), guarded(still_here):
        try:
            done = perform(by, frame, text)
        except passing:
            raise
        except Refusal as refusal:
            # Whoever is signed out is told that, and not that they find nothing any more.
            recheck()
            return encode(error_frame(refusal, key))
        except Exception as fault:
            return encode(error_frame(server_fault(frame.t, fault), key))
    return encode(_ack(key, done)) if done and key else None


def perform(by: User, frame: ActFrame, text: ReadyText | None = None) -> Done | None:
    """Raises Refusal."""
    match frame:
        case said.Raise():
            return _raise(by, frame)
        case said.Post():
            return _post(by, frame, text)
        case said.Edit():
            post = access.visible_post(by, frame.post)
            return posts.edit(post, by=by, key=frame.key, version=frame.version, body=frame.body)
        case said.Withdraw():
            return posts.withdraw(access.visible_post(by, frame.post), by=by, key=frame.key)
        case said.React():
            post = access.visible_post(by, frame.post)
            return reactions.react(post, by=by, key=frame.key, reaction=frame.reaction, on=frame.on)
        case said.Read():
            marks.mark_read(thread_in(by, frame.stream, frame.thread), by=by, position=frame.position)
            return None


def thread_in(by: User, stream: str, public_id: str) -> Thread:
    """A thread is reached through its room: one of another room is not there."""
    thread = access.visible_thread(by, public_id)
    if room_of(stream) != thread.room.slug:
        raise not_found()
    return thread


def server_fault(kind: str, problem: BaseException) -> Refusal:
    """What is told and logged of an error nobody foresaw: neither names what was being said.

    Whether the act was done is known by asking again with the same key.
    """
    log.error("frame.failed", kind=kind, exception_type=type(problem).__name__)
    return Refusal(
        "server_fault", _("Something went wrong here. Your text is kept; send it again."), retry=True
    )


def _raise(by: User, frame: said.Raise) -> Done:
    return threads.raise_thread(
        access.visible_room(by, room_of(frame.stream)),
        by=by,
        key=frame.key,
        kind=frame.kind,
        title=frame.title,
        body=frame.body,
        lang=frame.lang,
        region=frame.region,
        theme=frame.theme,
        groups=tuple(frame.groups),
        urgency=frame.urgency,
        duty_bearer=frame.duty_bearer,
        byline=frame.byline,
        marking=frame.marking,
    )


def _post(by: User, frame: said.Post, text: ReadyText | None) -> Done:
    thread = thread_in(by, frame.stream, frame.thread)
    if frame.attachments:
        raise Invalid("bad_frame", _("Attachments cannot be sent yet."), "attachments")
    return posts.post(
        thread,
        by=by,
        key=frame.key,
        body=frame.body if text is None else text,
        lang=frame.lang,
        byline=frame.byline,
        reply_to=frame.reply_to,
        office_only=frame.office_only,
    )


def _key_of(frame: ActFrame) -> UUID | None:
    return None if isinstance(frame, said.Read) else frame.key


def _ack(key: UUID, done: Done) -> AckFrame:
    place = done.place
    return AckFrame(key=key, stream=place.stream, epoch=place.epoch, position=place.position, id=done.thing)
