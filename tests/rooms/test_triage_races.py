"""Several at once: one decides, the others are told the truth. On the file of SQLite and on PostgreSQL."""

import uuid
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from dialogue.accounts.models import User
from dialogue.organisations.models import Role
from dialogue.rooms import access
from dialogue.rooms.actions import holds, triage
from dialogue.rooms.models import Acknowledgement, Hold, Post, Thread, TriageStep
from dialogue.text.refusals import Refusal
from tests.cast import Cast, a_delegate, a_thread

pytestmark = pytest.mark.django_db(transaction=True)

AT_ONCE = 6
ROUNDS = 4
WAYS: list[Callable[[Thread, User], object]] = [
    lambda thread, by: triage.take(thread, by=by, key=uuid.uuid4()),
    lambda thread, by: triage.ask(thread, by=by, key=uuid.uuid4(), body="Where?"),
    lambda thread, by: triage.close(thread, by=by, key=uuid.uuid4(), outcome="resolved", note="Built."),
]


def at_once(person: User, thread: Thread, acts: list[Callable[[Thread, User], object]]) -> list[str]:
    """Everybody looks, everybody waits for the others, everybody acts; what each was told."""
    start = Barrier(len(acts))

    def act(number: int) -> str:
        try:
            seen = access.visible_thread(person, thread.public_id)
            start.wait(10)
            acts[number](seen, person)
        except Refusal as refusal:
            return refusal.code
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(act, range(len(acts))))


def test_of_several_moves_at_once_one_is_made(cast: Cast) -> None:
    for _round in range(ROUNDS):
        thread = a_thread(cast.disability, cast.member)
        told = at_once(cast.moderator, thread, WAYS * 2)
        assert Counter(told) == {"done": 1, "already_moved": AT_ONCE - 1}
        assert TriageStep.objects.filter(thread=thread).count() == 1
        thread.refresh_from_db()
        assert thread.version == 2
        assert Post.objects.filter(thread=thread).count() == 1 + (thread.state == "awaiting_info")


def test_moderator_and_author_at_once(cast: Cast) -> None:
    """Each may close it; it is closed once, by one of them."""
    for _round in range(ROUNDS):
        thread = a_thread(cast.disability, cast.member)
        by_author = lambda seen, _by: triage.withdraw(  # noqa: E731
            seen, by=cast.member, key=uuid.uuid4(), note="Solved."
        )
        told = at_once(cast.moderator, thread, [WAYS[2], by_author])
        assert sorted(told) == ["already_moved", "done"]
        assert TriageStep.objects.filter(thread=thread).count() == 1


def test_one_acknowledgement_and_the_truth_for_the_others(cast: Cast) -> None:
    thread = a_thread(cast.disability, cast.member)
    told = at_once(
        cast.moderator,
        thread,
        [lambda seen, by: triage.acknowledge(seen, by=by, key=uuid.uuid4())] * AT_ONCE,
    )
    assert Counter(told) == {"done": 1, "already_acknowledged": AT_ONCE - 1}
    assert Acknowledgement.objects.count() == 1


def test_one_key_pressed_in_many_tabs_is_one_move(cast: Cast) -> None:
    thread, key = a_thread(cast.disability, cast.member), uuid.uuid4()
    told = at_once(
        cast.moderator, thread, [lambda seen, by: triage.ask(seen, by=by, key=key, body="Where?")] * AT_ONCE
    )
    assert told == ["done"] * AT_ONCE
    assert TriageStep.objects.count() == 1
    assert Post.objects.count() == 2


def test_holding_against_moving(cast: Cast) -> None:
    """Whoever is first: nothing is told in the room after the stub."""
    other = a_delegate("second-moderator", cast.organisations["office"], Role.MODERATOR)
    for _round in range(ROUNDS):
        thread = a_thread(cast.disability, cast.member)
        hold = lambda seen, _by: holds.hold(  # noqa: E731
            seen, by=other, key=uuid.uuid4(), reason="Danger."
        )
        told = at_once(cast.moderator, thread, [hold, WAYS[0]])
        assert told in (["done", "not_found"], ["done", "already_moved"], ["already_moved", "done"])
        assert Hold.objects.filter(thread=thread).exists() == (told[0] == "done")
