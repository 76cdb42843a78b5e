"""Two at once: one order for everybody, nothing lost, and a truthful answer to the second."""

import uuid
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from dialogue.accounts.models import User
from dialogue.journal.acts import Done
from dialogue.journal.models import Act, Entry
from dialogue.rooms.actions.marks import mark_read
from dialogue.rooms.actions.posts import edit, post
from dialogue.rooms.actions.reactions import react
from dialogue.rooms.models import PostRevision, Reaction, ReadMark, Seat, Thread
from dialogue.text.refusals import Refusal
from tests.cast import Cast, a_thread
from tests.rooms.refusals import head, journal_of

pytestmark = pytest.mark.django_db(transaction=True)

Answer = Done | str


def at_once(acts: Sequence[Callable[[], Done]]) -> list[Answer]:
    """Run all together; a refusal counts by its code."""
    start = Barrier(len(acts))

    def run(act: Callable[[], Done]) -> Answer:
        try:
            start.wait(timeout=20)
            return act()
        except Refusal as refusal:
            return refusal.code
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def writing(thread: Thread, by: User, key: uuid.UUID) -> Callable[[], Done]:
    return lambda: post(thread, by=by, key=key, body="Once")


def refusals(answers: Sequence[Answer]) -> list[str]:
    return sorted(answer for answer in answers if isinstance(answer, str))


def test_of_eight_edits_of_one_version_one_is_kept(cast: Cast) -> None:
    first = a_thread(cast.disability, cast.member).posts.get()

    def change(number: int) -> Callable[[], Done]:
        return lambda: edit(first, by=cast.member, key=uuid.uuid4(), version=1, body=f"Text {number}")

    answers = at_once([change(number) for number in range(8)])
    assert refusals(answers) == ["conflict"] * 7
    assert list(PostRevision.objects.filter(post=first).values_list("version", flat=True)) == [1, 2]


def test_one_key_in_eight_tabs_is_one_post(cast: Cast) -> None:
    thread, key = a_thread(cast.disability, cast.member), uuid.uuid4()
    answers = at_once([writing(thread, cast.outsider, key)] * 8)
    assert refusals(answers) == []
    assert len({(answer.place, answer.thing) for answer in answers if isinstance(answer, Done)}) == 1
    assert thread.posts.count() == 2
    assert Seat.objects.filter(person=cast.outsider).count() == 1


def test_one_key_in_two_rooms_is_one_post_and_one_refusal(cast: Cast) -> None:
    """Neither waits for the other's lock: the table decides, and says what it is."""
    here, there = (a_thread(room, cast.member) for room in (cast.disability, cast.torture))
    for _turn in range(5):
        key = uuid.uuid4()
        answers = at_once([writing(thread, cast.member, key) for thread in (here, there)])
        assert refusals(answers) == ["key_reused"]
        assert Act.objects.filter(key=key).count() == 1
    assert here.posts.count() + there.posts.count() == 7


def test_many_writers_leave_no_hole_and_no_repeat(cast: Cast) -> None:
    thread = a_thread(cast.disability, cast.member)
    people = [cast.member, cast.second_member, cast.outsider, cast.moderator] * 4
    answers = at_once([writing(thread, person, uuid.uuid4()) for person in people])
    places = sorted(answer.place.position for answer in answers if isinstance(answer, Done))
    assert refusals(answers) == []
    assert len(set(places)) == 16
    positions = Entry.objects.filter(stream__name="room:disability").values_list("position", flat=True)
    assert sorted(positions) == list(range(1, head("room:disability") + 1))
    thread.refresh_from_db()
    assert (thread.post_count, thread.last_position) == (17, places[-1])
    assert Seat.objects.filter(person=cast.outsider).count() == 1


def test_a_sign_set_twice_at_once_is_one_sign(cast: Cast) -> None:
    first = a_thread(cast.disability, cast.member).posts.get()
    acts = [lambda: react(first, by=cast.member, key=uuid.uuid4(), reaction="seen", on=True)] * 6
    assert refusals(at_once(acts)) == []
    assert Reaction.objects.count() == 1
    assert [kind for kind, _refs in journal_of("room:disability")].count("post.reacted") == 1


def test_marks_of_many_tabs_keep_the_furthest_and_tell_once(cast: Cast) -> None:
    thread = a_thread(cast.disability, cast.member)
    last = post(thread, by=cast.member, key=uuid.uuid4(), body="More").place

    def mark(position: int) -> Callable[[], Done]:
        def act() -> Done:
            mark_read(thread, by=cast.moderator, position=position)
            return Done(last, "")

        return act

    at_once([mark(position) for position in (1, last.position, 2, last.position, 1, 3)])
    assert ReadMark.objects.get().position == last.position
    assert [kind for kind, _refs in journal_of("room:disability")].count("thread.seen_by_office") == 1
