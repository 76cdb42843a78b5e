"""What each of the cast sees. The two ways to ask (a query, a thing at hand) must agree on everything."""

from collections.abc import Iterator

import pytest

from dialogue.accounts.models import User
from dialogue.organisations.actions.delegations import delegate
from dialogue.organisations.actions.organisations import suspend_organisation
from dialogue.organisations.models import Role
from dialogue.rooms import access
from dialogue.rooms.access.posts import sees_post
from dialogue.rooms.access.rooms import enters
from dialogue.rooms.access.threads import sees
from dialogue.rooms.actions.seats import leave, take_seat
from dialogue.rooms.models import Hold, Post, Room, Seat, Thread
from dialogue.text.refusals import NotFound
from tests.cast import NAMES, Cast, a_post, a_thread

pytestmark = pytest.mark.django_db

HANDLERS = {"moderator", "officer", "approver", "safety"}
MEMBERS = {"member", "lead", "second_member", "outsider"}
SEATED = {"member", "second_member"}


def who_sees(cast: Cast, thing: Room | Thread | Post) -> set[str]:
    rows = {
        Room: access.rooms_visible_to,
        Thread: access.threads_visible_to,
        Post: access.posts_visible_to,
    }[type(thing)]
    return {name for name in NAMES if rows(cast.named(name)).filter(pk=thing.pk).exists()}


def hold(thread: Thread, by: User) -> None:
    Hold.objects.create(thread=thread, by=by, at=thread.raised_at, reason="-")
    Thread.objects.filter(pk=thread.pk).update(held_at=thread.raised_at)
    thread.refresh_from_db()


def test_rooms(cast: Cast) -> None:
    assert who_sees(cast, cast.disability) == MEMBERS | HANDLERS | {"observer"}
    assert who_sees(cast, cast.torture) == SEATED | HANDLERS


def test_a_stranger_and_a_missing_room_look_alike(cast: Cast) -> None:
    answers = []
    for slug in ("torture", "no-such-room"):
        with pytest.raises(NotFound) as refused:
            access.visible_room(cast.outsider, slug)
        answers.append((refused.value.code, str(refused.value.sentence), refused.value.current))
    assert answers[0] == answers[1]


def test_threads_and_posts_of_a_room(cast: Cast) -> None:
    thread = a_thread(cast.disability, cast.member)
    assert who_sees(cast, thread) == MEMBERS | HANDLERS | {"observer"}
    assert who_sees(cast, a_post(thread, cast.moderator)) == MEMBERS | HANDLERS | {"observer"}
    assert who_sees(cast, a_thread(cast.torture, cast.member)) == SEATED | HANDLERS


def test_office_notes_are_for_handlers(cast: Cast) -> None:
    note = a_post(a_thread(cast.disability, cast.member), cast.officer, office_only=True)
    assert who_sees(cast, note) == HANDLERS


def test_a_thread_for_the_office_only(cast: Cast) -> None:
    thread = a_thread(cast.disability, cast.member, marking="office")
    assert who_sees(cast, thread) == HANDLERS | {"member"}
    assert who_sees(cast, a_post(thread, cast.moderator)) == HANDLERS | {"member"}


def test_a_held_thread(cast: Cast) -> None:
    thread = a_thread(cast.disability, cast.member)
    a_post(thread, cast.outsider)
    hold(thread, cast.officer)
    assert who_sees(cast, thread) == {"safety", "officer", "member"}
    assert {who for post in thread.posts.all() for who in who_sees(cast, post)} == {
        *("safety", "officer", "member")
    }
    thread.holds.update(released_at=thread.raised_at)
    assert who_sees(cast, thread) == {"safety", "member"}


def test_a_thread_held_twice_comes_out_once(cast: Cast) -> None:
    thread = a_thread(cast.disability, cast.member)
    for _turn in range(2):
        hold(thread, cast.officer)
        thread.holds.update(released_at=thread.raised_at)
    Thread.objects.update(held_at=None)
    assert access.threads_visible_to(cast.officer).count() == 1


def test_who_came_later_reads_from_there(cast: Cast) -> None:
    before = a_thread(cast.torture, cast.member)
    running = a_thread(cast.torture, cast.member)
    early = running.posts.get()
    take_seat(
        cast.torture,
        person=cast.outsider,
        for_organisation=cast.organisations["far-lake"],
        by=cast.moderator,
        visible_from=running.last_position,
    )
    late = a_post(running, cast.member)
    assert "outsider" not in who_sees(cast, before)
    assert "outsider" in who_sees(cast, running)
    assert "outsider" not in who_sees(cast, early)
    assert "outsider" in who_sees(cast, late)
    hearing = access.hearing_of(cast.outsider, "room:torture")
    assert hearing == access.Hearing("member", early.position)


@pytest.mark.parametrize("fault", ["left", "over", "suspended", "delegation"])
def test_a_seat_that_is_not_valid_opens_nothing(cast: Cast, fault: str) -> None:
    home = cast.organisations["open-steppe"]
    if fault == "left":
        leave(cast.torture, person=cast.second_member, by=cast.moderator)
    elif fault == "over":
        seats = Seat.objects.filter(person=cast.second_member)
        seats.update(until=seats.first().taken_at)  # type: ignore[union-attr]
    elif fault == "suspended":
        suspend_organisation(home, by=None)
    else:
        cast.second_member.delegations.update(ended_at=home.verified_at)
    assert not access.rooms_visible_to(cast.second_member).filter(pk=cast.torture.pk).exists()
    assert access.hearing_of(cast.second_member, "room:torture") is None


def test_a_seat_does_not_follow_its_person_to_another_organisation(cast: Cast) -> None:
    cast.second_member.delegations.update(ended_at=cast.organisations["open-steppe"].verified_at)
    delegate(cast.second_member, cast.organisations["far-lake"], Role.MEMBER, given_by=None)
    seen = access.rooms_visible_to(cast.second_member).values_list("slug", flat=True)
    assert list(seen) == ["disability"]


def every_thing(cast: Cast) -> Iterator[Room | Thread | Post]:
    yield from (cast.disability, cast.torture)
    for room in (cast.disability, cast.torture):
        for marking in (None, "office"):
            thread = a_thread(room, cast.member, marking=marking)
            a_post(thread, cast.moderator)
            a_post(thread, cast.moderator, office_only=True)
            held = a_thread(room, cast.second_member, marking=marking)
            a_post(held, cast.moderator, office_only=True)
            hold(held, cast.moderator)
    yield from Thread.objects.select_related("room")
    yield from Post.objects.select_related("thread__room")


def test_the_query_and_the_sentence_agree(cast: Cast) -> None:
    floor = a_thread(cast.torture, cast.member).last_position
    Seat.objects.filter(person=cast.second_member, room=cast.torture).update(visible_from=floor + 3)
    readings = {name: access.reading_of(cast.named(name)) for name in NAMES}
    for thing in every_thing(cast):
        agreed = {name for name, reading in readings.items() if says(reading, thing)}
        assert agreed == who_sees(cast, thing), (type(thing).__name__, thing.pk)


def says(reading: access.Reading, thing: Room | Thread | Post) -> bool:
    if isinstance(thing, Room):
        return enters(reading, thing)
    return sees(reading, thing) if isinstance(thing, Thread) else sees_post(reading, thing)
