"""Somebody writes into a thread."""

import uuid
from typing import Any

import pytest

from dialogue.accounts.models import User
from dialogue.organisations.actions.delegations import end_delegation
from dialogue.organisations.models import Delegation
from dialogue.organisations.standing import one_look
from dialogue.rooms import access
from dialogue.rooms.actions.posts import post
from dialogue.rooms.models import Hold, Marking, Post, Purpose, Room, Seat, Thread, TriageStep
from dialogue.rooms.states import Outcome, ThreadState
from dialogue.text.refusals import Conflict, Forbidden, Invalid, NotFound
from tests.cast import Cast, a_post, a_thread, crowd
from tests.rooms.refusals import acts_of, head, journal_of, refused

pytestmark = pytest.mark.django_db


def put_into(thread: Thread, state: ThreadState) -> None:
    outcome = Outcome.RESOLVED if state is ThreadState.CLOSED else ""
    Thread.objects.filter(pk=thread.pk).update(state=state, outcome=outcome)


def hold(thread: Thread, by: User) -> None:
    Hold.objects.create(thread=thread, by=by, at=thread.raised_at, reason="-")
    Thread.objects.filter(pk=thread.pk).update(held_at=thread.raised_at)


def test_a_post_stands_at_its_place(cast: Cast) -> None:
    thread = a_thread(cast.disability, cast.member)
    done = post(thread, by=cast.second_member, key=uuid.uuid4(), body="Here *too*.")
    written = Post.objects.get(public_id=done.thing)
    thread.refresh_from_db()
    assert written.current is not None
    assert (written.current.html, written.lang) == ("<p>Here <em>too</em>.</p>", "en")
    assert written.for_organisation == cast.organisations["open-steppe"]
    assert done.place.position == written.position == thread.last_position == head("room:disability")
    assert (thread.post_count, thread.last_posted_at) == (2, written.posted_at)
    refs = {"thread": thread.public_id, "post": written.public_id, "version": 1}
    assert journal_of("room:disability")[-1] == ("post.added", refs)


@pytest.mark.parametrize("state", [state for state in ThreadState if state is not ThreadState.CLOSED])
def test_every_state_but_closed_takes_posts(cast: Cast, state: ThreadState) -> None:
    thread = a_thread(cast.disability, cast.member)
    put_into(thread, state)
    assert a_post(thread, cast.second_member).thread == thread


def test_a_closed_thread_refuses_posts_and_takes_office_notes(cast: Cast) -> None:
    thread = a_thread(cast.disability, cast.member)
    put_into(thread, ThreadState.CLOSED)
    for person in (cast.member, cast.moderator):
        with refused(Conflict, "thread_closed"):
            post(thread, by=person, key=uuid.uuid4(), body="One more thing")
    assert a_post(thread, cast.moderator, office_only=True).office_only


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("body", "\n\t ", "empty"),
        ("body", "\u200b\u2060", "empty"),
        ("body", "б" * 10_001, "too_long"),
        ("body", "a" + "\u0301" * 5_000, "bad_text"),
        ("lang", "tr", "bad_lang"),
        ("byline", "nobody", "not_a_choice"),
        ("purpose", "poem", "not_a_choice"),
        ("reply_to", "no-such-post", "not_a_choice"),
        ("key", "", "bad_key"),
    ],
)
def test_what_is_wrong_is_named_by_its_field(cast: Cast, field: str, value: str, code: str) -> None:
    thread = a_thread(cast.disability, cast.member)
    fields: dict[str, Any] = {"key": uuid.uuid4(), "body": "-", field: value}
    with refused(Invalid, code, field=field):
        post(thread, by=cast.member, **fields)


@pytest.mark.parametrize("name", ["outsider", "observer", "authority", "data_officer", "nobody"])
def test_strangers_find_no_thread(cast: Cast, name: str) -> None:
    thread = a_thread(cast.torture, cast.member)
    with refused(NotFound, "not_found") as info:
        post(thread, by=getattr(cast, name), key=uuid.uuid4(), body="Let me in")
    assert info.value.current is None


def test_observers_read_and_do_not_write(cast: Cast) -> None:
    thread = a_thread(cast.disability, cast.member)
    with refused(Forbidden, "not_a_member"):
        post(thread, by=cast.observer, key=uuid.uuid4(), body="We noticed")


def test_an_archived_room_takes_nothing_more(cast: Cast) -> None:
    thread = a_thread(cast.disability, cast.member)
    Room.objects.filter(pk=cast.disability.pk).update(archived_at=thread.raised_at)
    with refused(Conflict, "room_closed"):
        post(thread, by=cast.member, key=uuid.uuid4(), body="Late")


def test_access_is_looked_at_when_it_is_written(cast: Cast) -> None:
    """The thread was fetched while the seat was valid; the seat ended before the post came."""
    thread = a_thread(cast.torture, cast.second_member)
    Seat.objects.filter(person=cast.second_member).update(left_at=thread.raised_at)
    with refused(NotFound, "not_found"):
        post(thread, by=cast.second_member, key=uuid.uuid4(), body="Still here?")


def test_the_first_post_takes_a_seat_in_open_rooms_only(cast: Cast) -> None:
    thread = a_thread(cast.disability, cast.member)
    a_post(thread, cast.outsider)
    assert Seat.objects.get(person=cast.outsider).room == cast.disability
    a_post(thread, cast.moderator)
    assert not Seat.objects.filter(person=cast.moderator).exists()


def test_a_shielded_author_takes_no_seat(cast: Cast) -> None:
    """Who sits down in the second of a shielded post would be who wrote it."""
    crowd(cast.disability, 3)
    thread = a_thread(cast.disability, cast.outsider, byline="shielded")
    a_post(thread, cast.outsider, byline="shielded")
    assert not Seat.objects.filter(person=cast.outsider).exists()
    assert [kind for kind, _refs in journal_of("room:disability")][-2:] == ["thread.raised", "post.added"]


def test_an_office_note_leaves_no_trace_for_members(cast: Cast) -> None:
    thread = a_thread(cast.disability, cast.member)
    Thread.objects.filter(pk=thread.pk).update(version=7)
    before, room_head = Thread.objects.values().get(), head("room:disability")
    note = a_post(thread, cast.moderator, "Call them.", office_only=True)
    assert Thread.objects.values().get() == before
    assert head("room:disability") == room_head
    assert (note.position, note.after) == (head("room:disability:office"), room_head)
    kind, refs = journal_of("room:disability:office")[-1]
    assert (kind, refs["after"]) == ("post.added", room_head)


def test_only_the_office_writes_what_is_the_offices(cast: Cast) -> None:
    thread = a_thread(cast.disability, cast.member)
    with refused(Forbidden, "forbidden"):
        post(thread, by=cast.member, key=uuid.uuid4(), body="-", office_only=True)
    with refused(Forbidden, "forbidden"):
        post(thread, by=cast.member, key=uuid.uuid4(), body="-", purpose=Purpose.ANSWER)
    assert a_post(thread, cast.officer, purpose=Purpose.ANSWER).purpose == Purpose.ANSWER


def test_a_held_thread_is_written_on_out_of_sight(cast: Cast) -> None:
    thread = a_thread(cast.disability, cast.member)
    hold(thread, cast.moderator)
    room_head = head("room:disability")
    for person in (cast.member, cast.moderator, cast.safety):
        assert a_post(thread, person).after == room_head
    note = a_post(thread, cast.safety, office_only=True)
    assert note.position == head("room:disability:safety") == 4
    assert head("room:disability") == room_head
    assert head("room:disability:office") == 0
    for person in (cast.second_member, cast.officer):
        with refused(NotFound, "not_found"):
            post(thread, by=person, key=uuid.uuid4(), body="What happened?")


def test_a_thread_for_the_office_is_answered_in_the_office_stream(cast: Cast) -> None:
    thread = a_thread(cast.disability, cast.member, marking=Marking.OFFICE)
    room_head = head("room:disability")
    written = a_post(thread, cast.moderator)
    assert head("room:disability") == room_head
    assert (written.position, written.after) == (head("room:disability:office"), room_head)


def test_a_reply_names_a_post_of_the_same_thread(cast: Cast) -> None:
    thread, other = a_thread(cast.disability, cast.member), a_thread(cast.disability, cast.member)
    first = thread.posts.get()
    assert a_post(thread, cast.second_member, reply_to=first.public_id).reply_to == first
    with refused(Invalid, "not_a_choice", field="reply_to"):
        a_post(other, cast.second_member, reply_to=first.public_id)


def test_nobody_replies_to_what_not_all_may_see(cast: Cast) -> None:
    thread = a_thread(cast.disability, cast.member)
    note = a_post(thread, cast.moderator, office_only=True)
    for person in (cast.member, cast.officer):
        with refused(Invalid, "not_a_choice", field="reply_to"):
            a_post(thread, person, reply_to=note.public_id)
    assert a_post(thread, cast.officer, office_only=True, reply_to=note.public_id).reply_to == note


def test_the_authors_reply_brings_the_thread_back(cast: Cast) -> None:
    thread = a_thread(cast.disability, cast.member)
    put_into(thread, ThreadState.AWAITING_INFO)
    a_post(thread, cast.second_member)
    thread.refresh_from_db()
    assert thread.state == ThreadState.AWAITING_INFO
    a_post(thread, cast.member)
    thread.refresh_from_db()
    assert thread.state == ThreadState.IN_REVIEW
    assert TriageStep.objects.get().verb == "reply"
    kinds = [kind for kind, _refs in journal_of("room:disability")]
    assert kinds[-2:] == ["post.added", "thread.moved"]


def test_a_shielded_author_is_not_given_away_by_the_move(cast: Cast) -> None:
    crowd(cast.disability, 3)
    thread = a_thread(cast.disability, cast.outsider, byline="shielded")
    put_into(thread, ThreadState.AWAITING_INFO)
    a_post(thread, cast.outsider)
    thread.refresh_from_db()
    assert thread.state == ThreadState.AWAITING_INFO
    a_post(thread, cast.outsider, byline="shielded")
    thread.refresh_from_db()
    assert thread.state == ThreadState.IN_REVIEW


def test_a_shield_needs_company(cast: Cast) -> None:
    thread = a_thread(cast.disability, cast.member)
    with refused(Invalid, "shield_too_thin", field="byline"):
        a_post(thread, cast.outsider, byline="shielded")


def test_markup_of_others_is_kept_as_typed(cast: Cast) -> None:
    body = "<script>alert(1)</script> {{7*7}} ${x} %s '; --"
    written = a_post(a_thread(cast.disability, cast.member), cast.member, body)
    assert written.current is not None
    assert written.current.body == body
    assert "<script" not in written.current.html


def test_the_same_key_posts_once_even_when_the_thread_has_closed(cast: Cast) -> None:
    """The answer was lost, the thread closed meanwhile: what was said is still said."""
    thread, key = a_thread(cast.disability, cast.member), uuid.uuid4()
    first = post(thread, by=cast.second_member, key=key, body="Once")
    put_into(thread, ThreadState.CLOSED)
    again = post(thread, by=cast.second_member, key=key, body=" Once ")
    assert (again.place, again.thing, again.is_repeat) == (first.place, first.thing, True)
    assert acts_of(cast.second_member) == 1
    assert thread.posts.count() == 2


def test_what_a_page_saw_is_not_what_an_act_goes_by(cast: Cast) -> None:
    thread = a_thread(cast.disability, cast.member)
    with one_look():
        assert access.can_post(cast.second_member, thread)
        for delegation in Delegation.objects.filter(person=cast.second_member):
            end_delegation(delegation, by=cast.moderator)
        with refused(NotFound, "not_found"):
            post(thread, by=cast.second_member, key=uuid.uuid4(), body="late")
