"""The author takes a post back."""

import uuid

import pytest

from dialogue.rooms import access
from dialogue.rooms.actions.posts import withdraw
from dialogue.rooms.models import Post, Room, Thread
from dialogue.rooms.states import Outcome, ThreadState
from dialogue.text.refusals import Conflict, Forbidden, NotFound
from tests.cast import Cast, a_post, a_thread
from tests.rooms.refusals import journal_of, refused

pytestmark = pytest.mark.django_db


def test_a_marker_stays_and_names_nobody(cast: Cast) -> None:
    post = a_post(a_thread(cast.disability, cast.member), cast.second_member, byline="named")
    withdraw(post, by=cast.second_member, key=uuid.uuid4())
    seen = access.visible_post(cast.member, post.public_id)
    assert not seen.is_told
    shown = access.shown_by(seen, audience="office")
    assert (shown.name, shown.organisation, shown.pseudonym) == (None, None, None)
    refs = {"thread": post.thread.public_id, "post": post.public_id, "version": 1}
    assert journal_of("room:disability")[-1] == ("post.withdrawn", refs)


def test_only_by_its_author_and_once(cast: Cast) -> None:
    post = a_post(a_thread(cast.torture, cast.member), cast.second_member)
    with refused(Forbidden, "forbidden"):
        withdraw(post, by=cast.moderator, key=uuid.uuid4())
    with refused(NotFound, "not_found"):
        withdraw(post, by=cast.outsider, key=uuid.uuid4())
    withdraw(post, by=cast.second_member, key=uuid.uuid4())
    with refused(Conflict, "post_gone"):
        withdraw(post, by=cast.second_member, key=uuid.uuid4())


def test_a_danger_may_show_late(cast: Cast) -> None:
    """In a closed thread of an archived room the author may still take it back."""
    post = a_thread(cast.disability, cast.member).posts.get()
    Thread.objects.update(state=ThreadState.CLOSED, outcome=Outcome.ANSWERED)
    Room.objects.update(archived_at=post.posted_at)
    withdraw(post, by=cast.member, key=uuid.uuid4())
    assert Post.objects.get(pk=post.pk).withdrawn_at is not None


def test_the_same_key_is_answered_again(cast: Cast) -> None:
    post, key = a_thread(cast.disability, cast.member).posts.get(), uuid.uuid4()
    first = withdraw(post, by=cast.member, key=key)
    assert withdraw(post, by=cast.member, key=key).place == first.place
