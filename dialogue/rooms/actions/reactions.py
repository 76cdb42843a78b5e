"""A sign is left under a post, or taken away."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from dialogue.accounts.models import User
from dialogue.journal.acts import Done, Key, already_done, parse_key, remember
from dialogue.journal.entries import Opened, Place
from dialogue.rooms import access
from dialogue.rooms.actions import refused
from dialogue.rooms.actions.opening import opening, refuse_if_moved, streams_of_thread, tell
from dialogue.rooms.kinds import POST_REACTED
from dialogue.rooms.models import Post, Reaction
from dialogue.text.refusals import Conflict


def react(post: Post, *, by: User, key: Key, reaction: str, on: bool, now: datetime | None = None) -> Done:
    """A sign that stands already, or is gone already, is acknowledged and nobody is told anew."""
    act_key, sign = parse_key(key), refused.choice(Reaction.Sign, reaction, field="reaction")
    post = access.visible_post(by, post.public_id)
    content = {"act": "react", "post": post.public_id, "sign": sign.value, "on": on}
    streams = (*streams_of_thread(post.thread), post.stream_name)
    with opening(*streams, by=by, key=act_key, now=now) as opened:
        reading = access.reading_of(by)
        post = access.visible_post(reading, post.public_id)
        if (done := already_done(by, act_key, content)) is not None:
            return done
        _refuse_reaction(reading, post)
        refuse_if_moved(opened, post.stream_name)
        if _put(post, by, sign, on=on, at=opened.at):
            place = tell(opened, post, POST_REACTED, by=by, sign=sign.value, on=on)
        else:
            place = _head(opened, post)
        return remember(by, act_key, content, place=place, thing=post.public_id)


def _refuse_reaction(by: access.Reading, post: Post) -> None:
    refused.refuse_writing(by, post.thread.room)
    if not access.can_react(by, post):
        raise Conflict("post_gone", _("This post was taken back already."))


def _put(post: Post, person: User, sign: Reaction.Sign, *, on: bool, at: datetime) -> bool:
    if on:
        _row, is_new = Reaction.objects.get_or_create(
            post=post, person=person, sign=sign, defaults={"since": at}
        )
        return is_new
    gone, _by_model = Reaction.objects.filter(post=post, person=person, sign=sign).delete()
    return gone > 0


def _head(opened: Opened, post: Post) -> Place:
    head = opened.head(post.stream_name)
    return Place(head.name, head.epoch, head.position)
