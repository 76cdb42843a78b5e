"""Positions are 1, 2, 3 … in commit order, whatever fails on the way (I2)."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from dialogue.journal import bells, entries
from dialogue.journal.models import Entry
from dialogue.text.refusals import Refusal

ROOM, OFFICE = "room:steppe", "room:steppe:office"


def positions(stream: str) -> list[int]:
    return [entry.position for entry in entries.entries_after(stream, 0, limit=10_000)]


def refuse_after_recording(stream: str, error: Exception) -> None:
    with entries.opening([stream]) as opened:
        opened.record("post.added", stream=stream)
        raise error


def begin_and_refuse(stream: str) -> None:
    with entries.opening([ROOM]) as opened:
        opened.begin(stream)
        opened.record("issue.registered", stream=stream)
        raise Refusal("conflict", "…")


def record_one(stream: str = ROOM) -> entries.Place:
    with entries.opening([stream]) as opened:
        return opened.record("post.added", stream=stream, post="p")


@pytest.mark.django_db
def test_the_first_entries_of_a_new_stream_are_one_and_two() -> None:
    first, second = record_one(), record_one()
    assert (first.position, second.position) == (1, 2)
    assert first.epoch == second.epoch == entries.head_of(ROOM).epoch
    assert entries.head_of(ROOM).position == 2


@pytest.mark.django_db
def test_a_stream_opened_but_not_written_keeps_its_head() -> None:
    record_one()
    with entries.opening([ROOM]):
        pass
    with entries.opening([ROOM, OFFICE]) as opened:
        opened.record("note.added", stream=OFFICE)
    assert entries.head_of(ROOM).position == 1
    assert entries.head_of(OFFICE).position == 1
    assert record_one().position == 2


@pytest.mark.django_db
def test_several_entries_of_one_act_follow_each_other() -> None:
    with entries.opening([ROOM]) as opened:
        places = [opened.record("post.added", stream=ROOM) for _ in range(3)]
    assert [place.position for place in places] == [1, 2, 3]
    assert positions(ROOM) == [1, 2, 3]
    assert entries.head_of(ROOM).position == 3


@pytest.mark.django_db
def test_a_refusal_takes_no_position() -> None:
    record_one()
    with pytest.raises(Refusal):
        refuse_after_recording(ROOM, Refusal("empty", "…"))
    assert record_one().position == 2
    assert positions(ROOM) == [1, 2]


@pytest.mark.django_db
def test_a_stream_is_born_inside_an_act() -> None:
    with entries.opening([ROOM]) as opened:
        opened.begin("issue:OMB-2026-00001")
        place = opened.record("issue.registered", stream="issue:OMB-2026-00001")
    assert place.position == 1
    assert entries.head_of("issue:OMB-2026-00001") == place


@pytest.mark.django_db
def test_a_stream_born_in_a_refused_inner_act_is_not_there() -> None:
    with entries.opening([ROOM]) as outer:
        with pytest.raises(Refusal):
            begin_and_refuse("issue:OMB-2026-00001")
        with pytest.raises(entries.StreamNotOpen):
            outer.record("issue.moved", stream="issue:OMB-2026-00001")
    assert positions("issue:OMB-2026-00001") == []


@pytest.mark.django_db
def test_an_inner_act_shares_the_lock_and_its_refusal_undoes_it_alone() -> None:
    with entries.opening([ROOM]) as outer:
        outer.record("thread.escalated", stream=ROOM)
        with pytest.raises(Refusal):
            refuse_after_recording(ROOM, Refusal("conflict", "…"))
        with entries.opening([ROOM]) as inner:
            assert inner.record("carriage.updated", stream=ROOM).position == 2
    assert positions(ROOM) == [1, 2]
    assert entries.head_of(ROOM).position == 2


@pytest.mark.django_db
def test_an_inner_act_may_not_open_what_the_outer_one_did_not() -> None:
    with pytest.raises(entries.StreamNotOpen), entries.opening([ROOM]), entries.opening([OFFICE]):
        pass


@pytest.mark.django_db(transaction=True)
def test_bells_ring_after_the_commit_and_a_broken_one_harms_nobody() -> None:
    heard: list[dict[str, int]] = []

    def broken(heads: dict[str, int]) -> None:
        raise ConnectionError

    def listening(heads: dict[str, int]) -> None:
        assert not connection.in_atomic_block
        assert Entry.objects.count() == 1
        heard.append(heads)

    bells.listen(broken)
    bells.listen(listening)
    try:
        record_one()
    finally:
        bells.stop_listening(broken)
        bells.stop_listening(listening)
    assert heard == [{ROOM: 1}]


@pytest.mark.django_db(transaction=True)
def test_nothing_rings_for_what_was_rolled_back() -> None:
    heard: list[dict[str, int]] = []
    bells.listen(heard.append)
    try:
        with pytest.raises(ValueError, match="crash"):
            refuse_after_recording(ROOM, ValueError("crash before commit"))
    finally:
        bells.stop_listening(heard.append)
    assert heard == []
    assert positions(ROOM) == []


@pytest.mark.django_db(transaction=True)
def test_sixteen_writers_leave_no_hole_and_no_repeat() -> None:
    def write(turn: int) -> int:
        try:
            return record_one(ROOM if turn % 2 else OFFICE).position
        finally:
            connection.close()

    with ThreadPoolExecutor(16) as pool:
        written = list(pool.map(write, range(200)))
    assert sorted(written) == sorted([*range(1, 101), *range(1, 101)])
    assert positions(ROOM) == positions(OFFICE) == list(range(1, 101))
