"""What changes between the look at a thread and the lock is seen under the lock."""

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from dialogue.accounts.models import User
from dialogue.journal.entries import Opened
from dialogue.rooms.actions import posts, reactions, threads
from dialogue.rooms.actions.opening import opening
from dialogue.rooms.models import Hold, Post, Room, Seat, Thread
from dialogue.rooms.states import Outcome, ThreadState
from dialogue.text.refusals import Refusal
from tests.cast import Cast, a_thread
from tests.rooms.refusals import head

pytestmark = pytest.mark.django_db

Acts = Callable[[Callable[[], object]], None]


@pytest.fixture
def just_before_the_lock(monkeypatch: pytest.MonkeyPatch) -> Acts:
    """Let something happen when an act has looked and not locked yet."""

    def arrange(happening: Callable[[], object]) -> None:
        @contextmanager
        def late(*names: str, **rest: Any) -> Iterator[Opened]:
            happening()
            with opening(*names, **rest) as opened:
                yield opened

        for module in (posts, reactions, threads):
            monkeypatch.setattr(module, "opening", late)

    return arrange


def code_of(act: Callable[[], object]) -> str:
    with pytest.raises(Refusal) as refused:
        act()
    assert refused.value.current is None
    return refused.value.code


def test_a_seat_that_ends(cast: Cast, just_before_the_lock: Acts) -> None:
    thread, key = a_thread(cast.torture, cast.member), uuid.uuid4()
    first = thread.posts.get()
    just_before_the_lock(lambda: Seat.objects.update(left_at=thread.raised_at))
    by = cast.second_member
    for act in (
        lambda: posts.post(thread, by=by, key=key, body="Late"),
        lambda: reactions.react(first, by=by, key=key, reaction="seen", on=True),
        lambda: posts.edit(first, by=cast.member, key=key, version=1, body="Late"),
        lambda: posts.withdraw(first, by=cast.member, key=key),
    ):
        Seat.objects.update(left_at=None)
        assert code_of(act) == "not_found"
    assert Post.objects.count() == 1


def test_a_delegation_that_ends(cast: Cast, just_before_the_lock: Acts) -> None:
    just_before_the_lock(lambda: cast.member.delegations.update(ended_at="2026-01-01T00:00Z"))
    assert code_of(lambda: a_thread(cast.disability, cast.member)) == "not_found"
    assert not Thread.objects.exists()


def test_a_thread_that_is_closed(cast: Cast, just_before_the_lock: Acts) -> None:
    thread = a_thread(cast.disability, cast.member)
    closed = {"state": ThreadState.CLOSED, "outcome": Outcome.RESOLVED}
    just_before_the_lock(lambda: Thread.objects.update(**closed))
    code = code_of(lambda: posts.post(thread, by=cast.member, key=uuid.uuid4(), body="Late"))
    assert code == "thread_closed"


def test_a_room_that_is_archived(cast: Cast, just_before_the_lock: Acts) -> None:
    archived = {"archived_at": "2026-01-01T00:00Z"}
    just_before_the_lock(lambda: Room.objects.update(**archived))
    assert code_of(lambda: a_thread(cast.disability, cast.member)) == "room_closed"


def test_a_thread_that_is_held(cast: Cast, just_before_the_lock: Acts) -> None:
    """Its author is asked to send again; to others it is not there. Nothing slips into the room."""
    thread = a_thread(cast.disability, cast.member)
    before = head("room:disability")

    def hold() -> None:
        Hold.objects.get_or_create(
            thread=thread, defaults={"by": cast.moderator, "at": thread.raised_at, "reason": "-"}
        )
        Thread.objects.update(held_at=thread.raised_at)

    def code_for(person: User) -> str:
        Thread.objects.update(held_at=None)
        just_before_the_lock(hold)
        return code_of(lambda: posts.post(thread, by=person, key=uuid.uuid4(), body="Late"))

    assert code_for(cast.member) == "try_again"
    assert code_for(cast.second_member) == "not_found"
    assert head("room:disability") == before
    assert Post.objects.count() == 1
