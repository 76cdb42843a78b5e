"""A held thread is out of sight at once, leaves a stub, and comes back whole."""

import uuid

import pytest

from dialogue.accounts.models import User
from dialogue.journal import entries
from dialogue.organisations.models import Role
from dialogue.rooms import access, kinds
from dialogue.rooms.actions import holds, triage
from dialogue.rooms.models import Hold, Post, Thread
from dialogue.text.refusals import Conflict, Forbidden, Invalid, NotFound
from tests.cast import Cast, a_delegate, a_post, a_thread

pytestmark = pytest.mark.django_db

REASON = "Somebody may be in danger."
LOSES_SIGHT = ("second_member", "lead", "outsider", "officer", "approver", "observer")


def held(thread: Thread, by: User) -> Thread:
    holds.hold(thread, by=by, key=uuid.uuid4(), reason=REASON)
    return thread


def kinds_in(stream: str) -> list[str]:
    return [entry.kind for entry in entries.entries_after(stream, 0, limit=99)]


@pytest.mark.parametrize("who", ["moderator", "safety"])
def test_holding_hides_it_from_all_but_its_handlers_and_the_author(cast: Cast, who: str) -> None:
    by = getattr(cast, who)
    thread = held(a_thread(cast.disability, cast.member, urgency="urgent"), by)
    for keeps in {who, "member", "safety"}:
        assert access.visible_thread(cast.named(keeps), thread.public_id), keeps
    for loses in {*LOSES_SIGHT, "moderator"} - {who}:
        with pytest.raises(NotFound):
            access.visible_thread(cast.named(loses), thread.public_id)
    assert (thread.state, thread.is_held) == ("open", True)
    assert Hold.objects.get().reason == REASON


def test_a_stub_is_told_in_the_room_and_the_rest_in_the_stream_of_safety(cast: Cast) -> None:
    thread = a_thread(cast.disability, cast.member)
    done = holds.hold(thread, by=cast.moderator, key=uuid.uuid4(), reason=REASON)
    assert done.place.stream == cast.disability.stream_name
    head = entries.head_of(cast.disability.stream_name).position
    assert head == done.place.position
    triage.take(thread, by=cast.moderator, key=uuid.uuid4())
    assert entries.head_of(cast.disability.stream_name).position == head
    assert kinds_in(cast.disability.safety_stream_name) == [kinds.THREAD_HELD, kinds.THREAD_MOVED]
    stub = entries.entries_after(cast.disability.stream_name, head - 1, limit=1)[0]
    assert stub.refs == {"thread": thread.public_id}


@pytest.mark.parametrize("who", ["member", "second_member", "lead", "officer", "approver", "observer"])
def test_nobody_else_holds(cast: Cast, who: str) -> None:
    person, thread = getattr(cast, who), a_thread(cast.disability, cast.member)
    assert not access.can_hold(person, thread)
    with pytest.raises(Forbidden):
        holds.hold(thread, by=person, key=uuid.uuid4(), reason=REASON)
    assert not Hold.objects.exists()


def test_a_hold_needs_a_reason(cast: Cast) -> None:
    thread = a_thread(cast.disability, cast.member)
    with pytest.raises(Invalid) as refused:
        holds.hold(thread, by=cast.moderator, key=uuid.uuid4(), reason=" ")
    assert refused.value.field == "reason"


def test_it_is_held_once_and_a_retry_finds_that(cast: Cast) -> None:
    thread, key = a_thread(cast.disability, cast.member), uuid.uuid4()
    holds.hold(thread, by=cast.moderator, key=key, reason=REASON)
    assert holds.hold(thread, by=cast.moderator, key=key, reason=REASON).is_repeat
    with pytest.raises(Conflict) as refused:
        holds.hold(thread, by=cast.safety, key=uuid.uuid4(), reason=REASON)
    assert refused.value.code == "transition_not_allowed"
    assert Hold.objects.count() == 1


def test_another_moderator_neither_moves_nor_releases_it(cast: Cast) -> None:
    thread = held(a_thread(cast.disability, cast.member), cast.moderator)
    other = a_delegate("other-moderator", cast.organisations["office"], Role.MODERATOR)
    for act in (triage.take, triage.acknowledge, holds.release):
        with pytest.raises(NotFound):
            act(thread, by=other, key=uuid.uuid4())
    with pytest.raises(Forbidden):
        holds.release(thread, by=cast.member, key=uuid.uuid4())


def test_the_safety_officer_handles_what_is_held_and_nothing_else(cast: Cast) -> None:
    free = a_thread(cast.disability, cast.member)
    with pytest.raises(Forbidden):
        triage.take(free, by=cast.safety, key=uuid.uuid4())
    thread = held(a_thread(cast.disability, cast.member), cast.moderator)
    triage.answer(thread, by=cast.safety, key=uuid.uuid4(), body="You are safe now.")
    assert (thread.state, thread.is_held) == ("closed", True)


@pytest.mark.parametrize("who", ["moderator", "safety"])
def test_released_it_has_its_state_and_the_posts_written_meanwhile(cast: Cast, who: str) -> None:
    thread = a_thread(cast.disability, cast.member)
    triage.take(thread, by=cast.moderator, key=uuid.uuid4())
    held(thread, cast.moderator)
    written = a_post(thread, cast.member, "Only for you.")
    thread = access.visible_thread(cast.safety, thread.public_id)
    done = holds.release(thread, by=getattr(cast, who), key=uuid.uuid4())
    assert done.place.stream == cast.disability.stream_name
    seen = access.visible_thread(cast.second_member, thread.public_id)
    assert (seen.state, seen.is_held, seen.last_position) == ("in_review", False, done.place.position)
    told = Post.objects.get(pk=written.pk)
    assert (told.position, told.after) == (done.place.position, None)
    assert Hold.objects.get().released_by == getattr(cast, who)


def test_it_may_be_held_again_and_then_shows_once(cast: Cast) -> None:
    thread = a_thread(cast.disability, cast.member)
    for _time in range(3):
        held(thread, cast.moderator)
        holds.release(thread, by=cast.moderator, key=uuid.uuid4())
    assert access.threads_visible_to(cast.moderator).count() == 1
    with pytest.raises(Conflict):
        holds.release(thread, by=cast.safety, key=uuid.uuid4())


def test_what_was_for_the_office_only_leaves_its_stub_there(cast: Cast) -> None:
    thread = a_thread(cast.torture, cast.member, marking="office")
    head = entries.head_of(cast.torture.stream_name).position
    held(thread, cast.moderator)
    a_post(thread, cast.member, "In person, please.")
    thread = access.visible_thread(cast.safety, thread.public_id)
    done = holds.release(thread, by=cast.safety, key=uuid.uuid4())
    assert entries.head_of(cast.torture.stream_name).position == head
    told = kinds_in(cast.torture.office_stream_name)
    assert told == [kinds.THREAD_RAISED, kinds.THREAD_HELD, kinds.THREAD_RELEASED]
    assert access.visible_thread(cast.officer, thread.public_id).last_position == done.place.position
    assert {post.after for post in Post.objects.all()} == {head}
