"""A sign is left under a post."""

import uuid

import pytest

from dialogue.rooms.actions.posts import withdraw
from dialogue.rooms.actions.reactions import react
from dialogue.rooms.models import Reaction, Room, Seat, Thread
from dialogue.rooms.states import Outcome, ThreadState
from dialogue.text.refusals import Conflict, Forbidden, Invalid, NotFound
from tests.cast import Cast, a_post, a_thread
from tests.rooms.refusals import head, journal_of, refused

pytestmark = pytest.mark.django_db


def test_it_is_set_and_taken_away(cast: Cast) -> None:
    post = a_thread(cast.disability, cast.member).posts.get()
    react(post, by=cast.moderator, key=uuid.uuid4(), reaction="seen", on=True)
    assert Reaction.objects.get().sign == Reaction.Sign.SEEN
    react(post, by=cast.moderator, key=uuid.uuid4(), reaction="seen", on=False)
    assert not Reaction.objects.exists()
    refs = {"thread": post.thread.public_id, "post": post.public_id, "sign": "seen"}
    assert journal_of("room:disability")[-2:] == [
        ("post.reacted", {**refs, "on": True}),
        ("post.reacted", {**refs, "on": False}),
    ]


def test_what_changes_nothing_is_acknowledged_and_not_told(cast: Cast) -> None:
    post = a_thread(cast.disability, cast.member).posts.get()
    done = react(post, by=cast.member, key=uuid.uuid4(), reaction="thanks", on=True)
    again = react(post, by=cast.member, key=uuid.uuid4(), reaction="thanks", on=True)
    never = react(post, by=cast.member, key=uuid.uuid4(), reaction="important", on=False)
    assert done.place == again.place == never.place
    assert done.place.position == head("room:disability")


def test_it_takes_no_seat(cast: Cast) -> None:
    post = a_thread(cast.disability, cast.member).posts.get()
    react(post, by=cast.outsider, key=uuid.uuid4(), reaction="same_here", on=True)
    assert not Seat.objects.filter(person=cast.outsider).exists()


def test_the_list_of_signs_is_closed(cast: Cast) -> None:
    post = a_thread(cast.disability, cast.member).posts.get()
    with refused(Invalid, "not_a_choice", field="reaction"):
        react(post, by=cast.member, key=uuid.uuid4(), reaction="👍", on=True)


def test_only_by_those_who_may_write(cast: Cast) -> None:
    post = a_thread(cast.disability, cast.member).posts.get()
    with refused(Forbidden, "not_a_member"):
        react(post, by=cast.observer, key=uuid.uuid4(), reaction="seen", on=True)
    elsewhere = a_thread(cast.torture, cast.member).posts.get()
    with refused(NotFound, "not_found"):
        react(elsewhere, by=cast.outsider, key=uuid.uuid4(), reaction="seen", on=True)
    note = a_post(post.thread, cast.moderator, office_only=True)
    with refused(NotFound, "not_found"):
        react(note, by=cast.member, key=uuid.uuid4(), reaction="seen", on=True)


def test_an_answer_that_closed_a_thread_may_be_thanked_for(cast: Cast) -> None:
    post = a_thread(cast.disability, cast.member).posts.get()
    Thread.objects.update(state=ThreadState.CLOSED, outcome=Outcome.ANSWERED)
    react(post, by=cast.second_member, key=uuid.uuid4(), reaction="thanks", on=True)
    Room.objects.update(archived_at=post.posted_at)
    with refused(Conflict, "room_closed"):
        react(post, by=cast.second_member, key=uuid.uuid4(), reaction="seen", on=True)


def test_not_under_what_was_taken_back(cast: Cast) -> None:
    post = a_thread(cast.disability, cast.member).posts.get()
    withdraw(post, by=cast.member, key=uuid.uuid4())
    with refused(Conflict, "post_gone"):
        react(post, by=cast.second_member, key=uuid.uuid4(), reaction="seen", on=True)


def test_under_a_note_it_is_told_to_the_office(cast: Cast) -> None:
    note = a_post(a_thread(cast.disability, cast.member), cast.moderator, office_only=True)
    room_head = head("room:disability")
    react(note, by=cast.officer, key=uuid.uuid4(), reaction="seen", on=True)
    kind, refs = journal_of("room:disability:office")[-1]
    assert (kind, refs["after"]) == ("post.reacted", room_head)
    assert head("room:disability") == room_head
