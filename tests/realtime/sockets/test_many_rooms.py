"""What is said in several rooms at once commits together, and none of them waits for another."""

import asyncio
import json
import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from dialogue.accounts.models import User
from dialogue.journal import entries
from dialogue.journal.models import Stream
from dialogue.realtime import acting, group_commit
from dialogue.realtime.client_frames import Post as Said
from dialogue.realtime.group_commit import Asked, GroupCommit, Load, answer_loads
from dialogue.realtime.listener import listener_of
from dialogue.rooms.models import Post, Room, Thread
from tests.cast import a_room, a_thread
from tests.realtime.sockets.town import Town

Say = Callable[..., Asked]
SEVERAL = 6


@pytest.fixture
def threads(town: Town) -> list[Thread]:
    rooms = [a_room(f"hall-{number}") for number in range(SEVERAL)]
    return [a_thread(room, town.cast.member, kind="discussion") for room in rooms]


@pytest.fixture
def say() -> Say:
    def asked(by: User, inside: Thread, body: str = "Here.", **fields: Any) -> Asked:
        client = Client()
        client.force_login(by)
        listener = listener_of(User.objects.get(pk=by.pk), str(client.session.session_key))
        usual = {"key": str(uuid.uuid4()), "stream": inside.room.stream_name, "thread": inside.public_id}
        return Asked(by, listener, Said.model_validate({"t": "post", "body": body, **usual, **fields}))

    return asked


def loads_of(*asked: Asked) -> list[Load]:
    streams = dict.fromkeys(one.frame.stream for one in asked)
    return [Load(name, [one for one in asked if one.frame.stream == name]) for name in streams]


def answered(loads: list[Load]) -> dict[Asked, dict[str, Any]]:
    found = {one: answer for answers in answer_loads(loads) for one, answer in answers.items()}
    return {one: json.loads(str(answer)) for one, answer in found.items()}


def bodies(thread: Thread) -> list[str]:
    rows = Post.objects.filter(thread=thread).order_by("position").values_list("current__body", flat=True)
    return [str(body) for body in rows][1:]


def test_six_rooms_cost_hardly_more_than_one(town: Town, threads: list[Thread], say: Say) -> None:
    people = (town.cast.member, town.cast.second_member, town.cast.moderator)
    answered(loads_of(*(say(person, thread) for person in people for thread in threads)))
    with CaptureQueriesContext(connection) as alone:
        answered(loads_of(say(people[0], threads[0])))
    asked = [say(person, thread, f"By {person.pk}.") for person in people for thread in threads]
    with CaptureQueriesContext(connection) as together:
        answers = answered(loads_of(*asked))
    assert len(together) <= len(alone) + (2 if connection.vendor == "postgresql" else SEVERAL + 2)
    assert {answers[one]["t"] for one in asked} == {"ack"}
    for thread in threads:
        assert bodies(thread)[-3:] == [f"By {person.pk}." for person in people]
        fresh, head = Thread.objects.get(pk=thread.pk), entries.head_of(thread.room.stream_name)
        assert (fresh.post_count, fresh.last_position) == (
            Post.objects.filter(thread=thread).count(),
            head.position,
        )
        positions = [one.position for one in entries.entries_after(head.stream, 0, limit=99)]
        assert positions == list(range(1, head.position + 1))


def test_a_bad_one_fails_nobody_else(town: Town, threads: list[Thread], say: Say) -> None:
    member, hidden_id = town.cast.member, town.closed_to_others.public_id
    good, empty, hidden = (
        say(member, threads[0]),
        say(member, threads[1], "  "),
        say(member, threads[2], thread=hidden_id),
    )
    last = say(member, threads[2], "Last.")
    answers = answered(loads_of(good, empty, hidden, last))
    assert empty not in answers, "it is answered by itself"
    assert [answers[one].get("code", "ack") for one in (good, hidden, last)] == ["ack", "not_found", "ack"]
    assert bodies(threads[1]) == []
    positions = [entry.position for entry in entries.entries_after(threads[1].room.stream_name, 0, limit=9)]
    assert entries.head_of(threads[1].room.stream_name).position == positions[-1]
    assert bodies(threads[2]) == ["Last."]


def test_after_an_error_of_the_database_each_room_goes_alone(
    town: Town, threads: list[Thread], say: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    perform = acting.perform

    def failing(by: User, frame: Any, *text: Any) -> Any:
        if frame.body == "break":
            raise DatabaseError
        return perform(by, frame, *text)

    monkeypatch.setattr(acting, "perform", failing)
    asked = [
        say(town.cast.member, thread, body) for thread, body in zip(threads, ("one", "break"), strict=False)
    ]
    assert answered(loads_of(*asked)) == {}
    assert [bodies(thread) for thread in threads[:2]] == [[], []]
    monkeypatch.undo()
    assert len(answered(loads_of(*asked))) == 2


def test_a_room_that_has_no_stream_yet_is_left_to_itself(town: Town, threads: list[Thread], say: Say) -> None:
    here, elsewhere = (
        say(town.cast.member, threads[0]),
        say(town.cast.member, threads[1], stream="room:unheard-of"),
    )
    assert list(answered(loads_of(here, elsewhere))) == [here]
    assert not Stream.objects.filter(name="room:unheard-of").exists()


@pytest.mark.postgres_only
def test_a_room_somebody_holds_keeps_no_other_waiting(town: Town, threads: list[Thread], say: Say) -> None:
    held, free = say(town.cast.member, threads[0], "held"), say(town.cast.member, threads[1], "free")
    with holding(threads[0].room):
        answers = answered(loads_of(held, free))
    assert list(answers) == [free]
    assert (bodies(threads[0]), bodies(threads[1])) == ([], ["free"])
    assert list(answered(loads_of(held, say(town.cast.member, threads[1])))) != []
    assert bodies(threads[0]) == ["held"]


async def test_while_all_lanes_are_taken_rooms_gather(
    town: Town, threads: list[Thread], say: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    sizes: list[int] = []

    def counting(loads: list[Load]) -> Any:
        sizes.append(len(loads))
        return answer_loads(loads)

    monkeypatch.setattr(group_commit, "answer_loads", counting)
    monkeypatch.setattr(group_commit, "LANES", 1)
    asked = await asyncio.to_thread(lambda: [say(town.cast.member, thread) for thread in threads])
    group = GroupCommit()
    answers = await asyncio.gather(*(group.answer(one) for one in asked))
    assert [json.loads(str(answer))["t"] for answer in answers] == ["ack"] * SEVERAL
    assert sizes == [SEVERAL]


@contextmanager
def holding(room: Room) -> Iterator[None]:
    """Somebody else has this room's stream open meanwhile."""
    is_held, may_let_go = threading.Event(), threading.Event()

    def hold() -> None:
        try:
            with transaction.atomic():
                Stream.objects.select_for_update().get(name=room.stream_name)
                is_held.set()
                may_let_go.wait(20)
        finally:
            connection.close()

    holder = threading.Thread(target=hold)
    holder.start()
    try:
        assert is_held.wait(10)
        yield
    finally:
        may_let_go.set()
        holder.join()
