"""The author changes a post."""

import uuid

import pytest

from dialogue.rooms.actions.posts import edit, withdraw
from dialogue.rooms.models import Hold, Post, PostRevision, Room, Seat, Thread
from dialogue.rooms.states import Outcome, ThreadState
from dialogue.text.refusals import Conflict, Forbidden, Invalid, NotFound
from tests.cast import Cast, a_post, a_thread
from tests.rooms.refusals import head, journal_of, refused

pytestmark = pytest.mark.django_db


def change(post: Post, by: object, body: str = "Better", version: int = 1) -> str:
    return edit(post, by=by, key=uuid.uuid4(), version=version, body=body).thing  # type: ignore[arg-type]


def test_the_older_text_is_kept(cast: Cast) -> None:
    post = a_post(a_thread(cast.disability, cast.member), cast.second_member, "First")
    position = post.position
    change(post, cast.second_member, "*Second*")
    post.refresh_from_db()
    assert post.current is not None
    assert (post.version, post.current.html, post.position) == (2, "<p><em>Second</em></p>", position)
    assert post.edited_at is not None
    assert list(PostRevision.objects.filter(post=post).values_list("version", "body")) == [
        *((1, "First"), (2, "*Second*")),
    ]
    refs = {"thread": post.thread.public_id, "post": post.public_id, "version": 2}
    assert journal_of("room:disability")[-1] == ("post.edited", refs)


def test_a_stale_version_is_answered_with_the_present_text(cast: Cast) -> None:
    post = a_post(a_thread(cast.disability, cast.member), cast.second_member)
    change(post, cast.second_member, "Now **this**")
    with refused(Conflict, "conflict", field="body") as info:
        change(post, cast.second_member, "Or that", version=1)
    html = "<p>Now <strong>this</strong></p>"
    assert info.value.current == {"version": 2, "body": "Now **this**", "html": html}
    change(post, cast.second_member, "Or that", version=2)


def test_only_the_author_changes_it_and_others_learn_nothing(cast: Cast) -> None:
    post = a_post(a_thread(cast.torture, cast.member), cast.second_member)
    for person in (cast.member, cast.moderator, cast.safety):
        with refused(Forbidden, "forbidden") as info:
            change(post, person, version=9)
        assert info.value.current is None
    for person in (cast.outsider, cast.observer, cast.nobody):
        with refused(NotFound, "not_found") as info:
            change(post, person, version=9)
        assert info.value.current is None


def test_without_a_seat_the_own_post_is_out_of_reach(cast: Cast) -> None:
    post = a_post(a_thread(cast.torture, cast.member), cast.second_member)
    Seat.objects.filter(person=cast.second_member).update(left_at=post.posted_at)
    with refused(NotFound, "not_found"):
        change(post, cast.second_member)


def test_what_was_taken_back_stays_taken_back(cast: Cast) -> None:
    post = a_post(a_thread(cast.disability, cast.member), cast.member)
    withdraw(post, by=cast.member, key=uuid.uuid4())
    with refused(Conflict, "post_gone") as info:
        change(post, cast.member, version=9)
    assert info.value.current is None


def test_a_hidden_text_is_not_handed_back_by_a_conflict(cast: Cast) -> None:
    post = a_post(a_thread(cast.disability, cast.member), cast.member)
    Post.objects.filter(pk=post.pk).update(hidden_at=post.posted_at)
    with refused(Conflict, "post_gone") as info:
        change(post, cast.member, version=9)
    assert info.value.current is None


def test_not_in_closed_threads_nor_archived_rooms(cast: Cast) -> None:
    thread = a_thread(cast.disability, cast.member)
    post = thread.posts.get()
    Thread.objects.filter(pk=thread.pk).update(state=ThreadState.CLOSED, outcome=Outcome.ANSWERED)
    with refused(Conflict, "thread_closed"):
        change(post, cast.member)
    Room.objects.filter(pk=thread.room_id).update(archived_at=thread.raised_at)
    with refused(Conflict, "room_closed"):
        change(post, cast.member)


@pytest.mark.parametrize(("body", "code"), [(" ", "empty"), ("a" * 10_001, "too_long")])
def test_what_is_wrong_is_named(cast: Cast, body: str, code: str) -> None:
    post = a_thread(cast.disability, cast.member).posts.get()
    with refused(Invalid, code, field="body"):
        change(post, cast.member, body)


def test_it_is_told_where_the_post_stands(cast: Cast) -> None:
    thread = a_thread(cast.disability, cast.member)
    note = a_post(thread, cast.moderator, office_only=True)
    room_head = head("room:disability")
    change(note, cast.moderator)
    assert journal_of("room:disability:office")[-1][0] == "post.edited"
    Hold.objects.create(thread=thread, by=cast.moderator, at=thread.raised_at, reason="-")
    Thread.objects.filter(pk=thread.pk).update(held_at=thread.raised_at)
    change(thread.posts.first() or note, cast.member)
    change(note, cast.moderator, version=2)
    assert [kind for kind, _refs in journal_of("room:disability:safety")] == ["post.edited"] * 2
    assert head("room:disability") == room_head


def test_a_retry_after_a_lost_answer_is_no_conflict(cast: Cast) -> None:
    post, key = a_thread(cast.disability, cast.member).posts.get(), uuid.uuid4()
    first = edit(post, by=cast.member, key=key, version=1, body="Better")
    again = edit(post, by=cast.member, key=key, version=1, body="Better")
    assert (again.place, again.is_repeat) == (first.place, True)
    assert post.revisions.count() == 2
