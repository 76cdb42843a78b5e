"""Marks of what was read, and what they leave unread."""

from datetime import timedelta

import pytest
from django.utils import timezone

from dialogue.rooms.actions.marks import mark_read
from dialogue.rooms.actions.posts import withdraw
from dialogue.rooms.models import ReadMark, Room, Thread
from dialogue.rooms.queries.unread import read_up_to, unread_by_room, unread_by_thread
from dialogue.text.refusals import NotFound
from tests.cast import Cast, a_post, a_thread
from tests.rooms.refusals import head, journal_of, refused

pytestmark = pytest.mark.django_db

NOW = timezone.now()


def seen_entries(stream: str = "room:disability") -> int:
    return [kind for kind, _refs in journal_of(stream)].count("thread.seen_by_office")


def test_a_mark_never_goes_back_nor_ahead_of_what_is_written(cast: Cast) -> None:
    thread = a_thread(cast.disability, cast.member)
    last = a_post(thread, cast.member).position
    mark_read(thread, by=cast.second_member, position=10**15)
    assert read_up_to(cast.second_member, thread) == last
    mark_read(thread, by=cast.second_member, position=1)
    assert read_up_to(cast.second_member, thread) == last
    assert read_up_to(cast.member, thread) is None


def test_members_marks_are_their_own_affair(cast: Cast) -> None:
    thread = a_thread(cast.disability, cast.member)
    before = head("room:disability")
    mark_read(thread, by=cast.second_member, position=thread.last_position)
    assert head("room:disability") == before


def test_who_may_not_see_it_leaves_no_mark(cast: Cast) -> None:
    thread = a_thread(cast.torture, cast.member)
    with refused(NotFound, "not_found"):
        mark_read(thread, by=cast.outsider, position=1)


def test_the_office_is_told_of_once_in_ten_seconds_and_by_no_name(cast: Cast) -> None:
    thread = a_thread(cast.disability, cast.member)
    for person, seconds in ((cast.moderator, 0), (cast.officer, 9), (cast.moderator, 11), (cast.safety, 20)):
        last = a_post(thread, cast.member).position
        mark_read(thread, by=person, position=last, now=NOW + timedelta(seconds=seconds))
    assert seen_entries() == 2
    assert [refs for kind, refs in journal_of("room:disability") if kind == "thread.seen_by_office"] == [
        *({"thread": thread.public_id}, {"thread": thread.public_id}),
    ]


def test_reading_nothing_new_is_not_told(cast: Cast) -> None:
    thread = a_thread(cast.disability, cast.member)
    for seconds in (0, 60):
        at = NOW + timedelta(seconds=seconds)
        mark_read(thread, by=cast.moderator, position=thread.last_position, now=at)
    assert seen_entries() == 1


def test_in_a_thread_for_the_office_the_room_hears_nothing(cast: Cast) -> None:
    thread = a_thread(cast.disability, cast.member, marking="office")
    before = head("room:disability")
    mark_read(thread, by=cast.moderator, position=thread.last_position)
    assert head("room:disability") == before
    assert seen_entries("room:disability:office") == 1


def unread(cast: Cast, room: Room) -> int:
    return unread_by_room(cast.second_member).get(room.pk, 0)


def test_unread_is_what_others_wrote_beyond_the_mark(cast: Cast) -> None:
    thread = a_thread(cast.disability, cast.member)
    a_post(thread, cast.second_member)
    assert unread(cast, cast.disability) == 1
    mark_read(thread, by=cast.second_member, position=head("room:disability"))
    assert unread_by_room(cast.second_member) == {}
    a_post(thread, cast.member)
    a_post(thread, cast.moderator, office_only=True)
    second = a_thread(cast.disability, cast.member)
    a_thread(cast.torture, cast.member)
    a_thread(cast.disability, cast.member, marking="office")
    assert unread_by_room(cast.second_member) == {cast.disability.pk: 2, cast.torture.pk: 1}
    assert unread_by_thread(cast.second_member, cast.disability) == {thread.pk: 1, second.pk: 1}
    assert unread_by_room(cast.nobody) == unread_by_room(cast.visitor) == {}


def test_what_was_taken_back_is_not_unread(cast: Cast) -> None:
    post = a_post(a_thread(cast.disability, cast.second_member), cast.member)
    assert unread(cast, cast.disability) == 1
    withdraw(post, by=cast.member, key="0b9f5a52-6f0e-4c0e-9d55-3c1a7e2b4d10")
    assert unread(cast, cast.disability) == 0


def test_two_marks_of_one_person_are_one(cast: Cast) -> None:
    thread = a_thread(cast.disability, cast.member)
    last = a_post(thread, cast.member).position
    for position in (thread.first_position, last, thread.first_position):
        mark_read(thread, by=cast.second_member, position=position)
    assert ReadMark.objects.get().position == last
    assert Thread.objects.get().seen_by_office_at is None
