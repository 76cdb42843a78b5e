"""Posts that arrive together commit together, and each is answered as if it had come alone."""

import asyncio
import json
import uuid
from collections.abc import Callable
from contextlib import AsyncExitStack
from typing import Any

import psycopg
import pytest
from django.contrib.sessions.models import Session
from django.db import DatabaseError, OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from dialogue.accounts.models import User
from dialogue.journal import entries
from dialogue.realtime import acting, group_commit
from dialogue.realtime.client_frames import Post as Said
from dialogue.realtime.group_commit import Answer, Asked, answer_all
from dialogue.realtime.listener import listener_of
from dialogue.realtime.revocation import SignedOut
from dialogue.rooms.actions.seats import leave
from dialogue.rooms.models import Post, Seat, Thread
from tests.realtime.sockets.driver import greeted
from tests.realtime.sockets.town import OFFICE, ROOM, Town

Say = Callable[..., Asked]
BEFORE = 2  # posts of the town in this thread that everybody in the room reads


@pytest.fixture
def say(town: Town) -> Say:
    """Something a person asks for from a session of their own."""

    def asked(by: User, body: str = "Here.", **fields: Any) -> Asked:
        client = Client()
        client.force_login(by)
        listener = listener_of(User.objects.get(pk=by.pk), str(client.session.session_key))
        usual = {"key": str(uuid.uuid4()), "stream": ROOM, "thread": town.thread.public_id, "body": body}
        return Asked(by, listener, Said.model_validate({"t": "post", **usual, **fields}))

    return asked


def told(answer: Answer) -> dict[str, Any]:
    assert isinstance(answer, str)
    frame: dict[str, Any] = json.loads(answer)
    return frame


def bodies(thread: Thread) -> list[str]:
    rows = Post.objects.filter(thread=thread).order_by("position").values_list("current__body", flat=True)
    return [str(body) for body in rows]


def test_they_follow_each_other_and_cost_hardly_more_than_one(town: Town, say: Say) -> None:
    people = (town.cast.member, town.cast.second_member, town.cast.moderator)
    one, many = [say(people[0])], [say(people[number % 3], f"No. {number}.") for number in range(30)]
    with CaptureQueriesContext(connection) as alone:
        answer_all(ROOM, one)
    with CaptureQueriesContext(connection) as together:
        acks = [told(answer) for answer in answer_all(ROOM, many)]
    first = acks[0]["position"]
    assert [(ack["t"], ack["position"]) for ack in acks] == [("ack", first + number) for number in range(30)]
    assert bodies(town.thread)[-30:] == [f"No. {number}." for number in range(30)]
    thread = Thread.objects.get(pk=town.thread.pk)
    assert (thread.post_count, thread.last_position) == (BEFORE + 31, first + 29)
    assert entries.head_of(ROOM).position == first + 29
    assert len(together) <= len(alone) + 1


def test_bad_ones_fail_nobody_else(town: Town, say: Say) -> None:
    cast = town.cast
    asked = [
        say(cast.member, "First."),
        say(cast.member, "  "),
        say(cast.outsider, "I am not seated here, and sit down."),
        say(cast.observer, "I may only read."),
        say(cast.member, "To nothing.", reply_to="nothing"),
        say(cast.member, "Elsewhere.", thread=town.closed_to_others.public_id),
        say(cast.nobody, "Who am I?"),
        say(cast.moderator, "For us alone.", office_only=True),
        say(cast.second_member, "Last."),
    ]
    said = [told(answer) for answer in answer_all(ROOM, asked)]
    codes = [frame.get("code", "ack") for frame in said]
    assert codes == [
        *("ack", "empty", "ack", "not_a_member", "not_a_choice", "not_found", "not_found", "ack", "ack"),
    ]
    assert said[7]["stream"] == OFFICE
    assert bodies(town.thread)[-3:] == ["First.", "I am not seated here, and sit down.", "Last."]
    positions = [entry.position for entry in entries.entries_after(ROOM, 0, limit=1000)]
    assert positions == list(range(1, len(positions) + 1))


def test_an_error_nobody_foresaw_is_answered_alone(
    town: Town, say: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    perform = acting.perform

    def stumbling(by: User, frame: Any, *text: Any) -> Any:
        done = perform(by, frame, *text)
        if frame.body == "stumble":
            raise ZeroDivisionError
        return done

    monkeypatch.setattr(acting, "perform", stumbling)
    asked = [say(town.cast.member, body) for body in ("one", "stumble", "two")]
    codes = [told(answer).get("code", "ack") for answer in answer_all(ROOM, asked)]
    assert codes == ["ack", "server_fault", "ack"]


def test_after_an_error_of_the_database_each_goes_alone(
    town: Town, say: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    failures = [DatabaseError()]
    perform = acting.perform

    def failing_once(by: User, frame: Any, *text: Any) -> Any:
        if frame.body == "two" and failures:
            raise failures.pop()
        return perform(by, frame, *text)

    monkeypatch.setattr(acting, "perform", failing_once)
    asked = [say(town.cast.member, body) for body in ("one", "two", "three")]
    assert [told(answer)["t"] for answer in answer_all(ROOM, asked)] == ["ack"] * 3
    assert bodies(town.thread)[-3:] == ["one", "two", "three"]


def test_what_somebody_else_holds_is_not_waited_for_again(
    town: Town, say: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Eight seconds for each of sixty-four, in one thread and one after the other."""
    held, tries = OperationalError(), []
    held.__cause__ = psycopg.errors.LockNotAvailable()

    def held_up(_by: User, frame: Any, *_text: Any) -> Any:
        tries.append(frame.body)
        raise held

    monkeypatch.setattr(acting, "perform", held_up)
    with pytest.raises(OperationalError):
        answer_all(ROOM, [say(town.cast.member, body) for body in ("one", "two", "three")])
    assert tries == ["one"]


def test_one_key_is_one_post_and_other_words_are_refused(town: Town, say: Say) -> None:
    key, member = str(uuid.uuid4()), town.cast.member
    asked = [say(member, body, key=key) for body in ("once", "once", "otherwise")]
    first, again, other = (told(answer) for answer in answer_all(ROOM, asked))
    assert first == again
    assert other["code"] == "key_reused"
    assert told(*answer_all(ROOM, [say(member, "once", key=key)])) == first
    assert bodies(town.thread)[-1:] == ["once"]
    assert Thread.objects.get(pk=town.thread.pk).post_count == BEFORE + 1


def test_who_signed_out_writes_nothing_and_the_others_do(town: Town, say: Say) -> None:
    gone, here = say(town.cast.member, "gone"), say(town.cast.member, "here")
    Session.objects.filter(session_key=gone.listener.session_key).delete()
    deactivated = say(town.cast.lead, "deactivated")
    User.objects.filter(pk=town.cast.lead.pk).update(is_active=False)
    answers = answer_all(ROOM, [gone, here, deactivated])
    assert isinstance(answers[0], SignedOut)
    assert told(answers[1])["t"] == "ack"
    assert isinstance(answers[2], SignedOut)
    assert bodies(town.thread)[-1] == "here"


def test_the_first_post_takes_one_seat_however_many_follow(town: Town, say: Say) -> None:
    outsider = town.cast.outsider
    leave(town.cast.disability, person=town.cast.member, by=None)
    asked = [say(person, "Me.") for person in (outsider, town.cast.member, outsider, town.cast.member)]
    assert [told(answer)["t"] for answer in answer_all(ROOM, asked)] == ["ack"] * 4
    for person in (outsider, town.cast.member):
        assert Seat.objects.filter(person=person, room=town.cast.disability, left_at=None).count() == 1


async def test_what_is_said_during_a_transaction_goes_into_the_next(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    sizes: list[int] = []

    def counting(stream: str, asked: list[Asked]) -> list[Answer]:
        sizes.append(len(asked))
        return answer_all(stream, asked)

    monkeypatch.setattr(group_commit, "answer_all", counting)
    cast = town.cast
    people = [cast.member, cast.second_member, cast.member, cast.moderator, cast.officer, cast.safety]
    async with AsyncExitStack() as leaving:
        pages = [await leaving.enter_async_context(greeted(person)) for person in people]
        for page in pages:
            await page.join(ROOM)
        fields = {"stream": ROOM, "thread": town.thread.public_id}
        acks = await asyncio.gather(*(page.answer("post", body="Me.", **fields) for page in pages))
        heard = [await pages[0].hear("entry") for _ in people]
    assert {ack["t"] for ack in acks} == {"ack"}
    assert sum(sizes) == len(people)
    assert len(sizes) < len(people)
    assert [entry["position"] for entry in heard] == sorted(ack["position"] for ack in acks)
