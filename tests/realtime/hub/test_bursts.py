"""What is new is built once for all who hear it alike, and apart for whoever hears it otherwise."""

from collections.abc import Sequence
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any, cast

import pytest

from dialogue.journal.entries import Place
from dialogue.realtime.bursts import Bursts
from dialogue.realtime.cursor import Cursor, Window
from dialogue.realtime.limits import MAX_UNCONFIRMED_BYTES, MAX_UNCONFIRMED_ENTRIES
from dialogue.realtime.listener import Admission, Listener
from dialogue.realtime.looking import Found, Versions
from dialogue.realtime.server_frames import EntryFrame
from dialogue.realtime.told import Told
from tests.realtime.hub.world import ROOM, Heard

AUTHOR, READER, LEADER = 1, 2, 3
HOME = 7


def told(position: int, **whose: Any) -> Told:
    def frame(variant: str) -> EntryFrame:
        said = {"stream": ROOM, "epoch": "e", "position": position, "kind": "post.added"}
        return EntryFrame.model_validate({**said, "at": datetime.now(UTC), "facts": {"as": variant}})

    return Told(ROOM, "e", position, "post.added", frame, **whose)


def found(entries: Sequence[Told], *, after: int = 0) -> Found:
    place = Place(ROOM, "e", after + len(entries))
    return Found(place, 0, False, after, list(entries), Versions({}, {}))


def cursor(person: int, *, at: int = 0, language: str = "en", **hearing: Any) -> Cursor:
    leads = frozenset({HOME}) if person == LEADER else frozenset[int]()
    listener = Listener(person, "x", 0, "s", language, leads=leads, until=None)
    socket = cast(Any, SimpleNamespace(listener=listener))
    one = Cursor(socket, ROOM, window=Window(), admission=Admission(listener, Heard(**hearing), 0))
    one.position = at
    return one


ENTRIES = [told(1, author_id=AUTHOR, organisation_id=HOME, place=1), told(2, author_id=9, place=2)]


def test_readers_of_one_kind_get_the_same_burst() -> None:
    bursts = Bursts(found(ENTRIES))
    assert bursts.after(cursor(READER)) is bursts.after(cursor(5))
    assert bursts.after(cursor(READER)) is not bursts.after(cursor(READER, language="kk"))
    assert bursts.after(cursor(READER)) is not bursts.after(cursor(READER, audience="office"))
    for person, floor in ((AUTHOR, 0), (LEADER, 0), (READER, 1)):
        assert bursts.after(cursor(person, floor=floor)) is bursts.after(cursor(person, floor=floor))
        assert bursts.after(cursor(person, floor=floor)) is not bursts.after(cursor(READER))


@pytest.mark.parametrize(
    ("one", "variants"),
    [
        (cursor(READER), ["member", "member"]),
        (cursor(AUTHOR), ["mine", "member"]),
        (cursor(LEADER), ["lead", "member"]),
        (cursor(READER, floor=1), ["not_yet", "member"]),
        (cursor(READER, audience="safety"), ["safety", "safety"]),
        (cursor(READER, at=1), ["member"]),
    ],
)
def test_a_burst_is_what_each_entry_is_for_that_reader(one: Cursor, variants: list[str]) -> None:
    bursts = Bursts(found(ENTRIES))
    bursts.after(cursor(READER))
    burst = bursts.after(one)
    assert burst.frames == tuple(one.bytes_of(entry) for entry in ENTRIES[one.position :])
    assert all(f'"{variant}"'.encode() in data for variant, data in zip(variants, burst.frames, strict=True))
    assert burst.size == sum(map(len, burst.frames))


def test_a_window_takes_what_fits_whole() -> None:
    window = Window()
    assert not window.has_room(0, 0)
    assert window.has_room(MAX_UNCONFIRMED_ENTRIES, MAX_UNCONFIRMED_BYTES)
    window.add(1, 10)
    assert not window.has_room(MAX_UNCONFIRMED_ENTRIES, 1)
    assert not window.has_room(1, MAX_UNCONFIRMED_BYTES)
    assert window.has_room(MAX_UNCONFIRMED_ENTRIES - 1, MAX_UNCONFIRMED_BYTES - 10)
