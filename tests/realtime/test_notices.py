"""What waits to be told to other processes, and what they said, stays small whatever happens."""

from collections.abc import Iterator
from itertools import count

import pytest

from dialogue.realtime import elsewhere, notices
from dialogue.realtime.elsewhere import Elsewhere
from dialogue.realtime.notices import Pending

ROOM, LAKE = "room:steppe", "room:lake"


@pytest.fixture
def clock() -> Iterator[float]:
    return map(float, count(1))


def test_what_another_process_holds_is_new_once(clock: Iterator[float]) -> None:
    held = Elsewhere()
    assert held.hear("a", {ROOM: [1, 2], LAKE: [3]}, now=next(clock)) == {ROOM, LAKE}
    assert held.hear("a", {ROOM: [2, 1], LAKE: [3, 4]}, now=next(clock)) == {LAKE}
    assert held.hear("b", {ROOM: [2]}, now=next(clock)) == {ROOM}
    assert held.people_in(ROOM) == {1, 2}
    assert held.hear("a", {ROOM: []}, now=next(clock)) == {ROOM}
    assert held.hear("a", {ROOM: []}, now=next(clock)) == set()
    assert (held.people_in(ROOM), held.people_in(LAKE)) == ({2}, {3, 4})


def test_whoever_falls_silent_holds_nobody() -> None:
    held = Elsewhere()
    held.hear("killed", {ROOM: [1]}, now=1.0)
    held.hear("alive", {ROOM: [2]}, now=1.0)
    held.hear("alive", {ROOM: [2]}, now=9.0)
    assert held.forget_silent(since=1.0) == set()
    assert held.forget_silent(since=5.0) == {ROOM}
    assert held.people_in(ROOM) == {2}
    assert held.forget_silent(since=10.0) == {ROOM}
    assert held.people_in(ROOM) == set()


def test_no_process_can_make_it_grow(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("MAX_STREAMS", "MAX_PROCESSES", "MAX_PEOPLE"):
        monkeypatch.setattr(elsewhere, name, 2)
    held = Elsewhere()
    held.hear("a", {f"room:{number}": [1, 2, 3] for number in range(5)}, now=1.0)
    for name in "bcd":
        held.hear(name, {"room:0": [4, ord(name)]}, now=1.0)
    assert [len(held.people_in(f"room:{number}")) for number in range(5)] == [4, 2, 0, 0, 0]


def test_what_waits_merges_and_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notices, "MAX_PENDING_STREAMS", 2)
    monkeypatch.setattr(notices, "MAX_PENDING_WRITERS", 2)
    pending = Pending()
    for number in range(5):
        pending.ring({f"room:{number}": number, "room:0": 9 - number})
        pending.writes((ROOM, f"thread{number}", 1))
        pending.is_here({f"room:{number}": [number], "room:0": [7]})
    assert pending.messages("me") == [
        {"type": "ring", "of": "me", "stream": "room:0", "position": 9},
        {"type": "ring", "of": "me", "stream": "room:1", "position": 1},
        {"type": "writes", "of": "me", "writers": [(ROOM, "thread0", 1), (ROOM, "thread1", 1)]},
        {"type": "here", "of": "me", "streams": {"room:0": [7], "room:1": [1]}},
    ]
    assert Pending().messages("me") == []
