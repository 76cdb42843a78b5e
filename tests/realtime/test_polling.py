"""The same frames over HTTP: who may not hear a stream finds nothing there."""

import json
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from dialogue.accounts.actions import end_sessions
from dialogue.accounts.models import User
from dialogue.journal.entries import head_of
from dialogue.journal.models import Entry
from dialogue.realtime import catching_up, limits, polling
from dialogue.realtime.frames import tell as frames_of
from dialogue.realtime.told import Told
from dialogue.rooms.actions.seats import leave
from dialogue.rooms.models import Room
from tests import cast as people
from tests.cast import Cast, a_post, a_thread
from tests.realtime.sockets.test_matrix import READERS
from tests.realtime.sockets.town import INVITED, ROOM

pytestmark = pytest.mark.django_db


def lose_the_seat(person: User) -> None:
    leave(Room.objects.get(slug="torture"), person=person, by=None)


def poll(cast: Cast, name: str, stream: str, **query: Any) -> HttpResponse:
    client = Client()
    if name != "visitor":
        client.force_login(cast.named(name))  # type: ignore[arg-type]
    return client.get(reverse("realtime:entries", args=[stream]), query)  # type: ignore[return-value]


def frames(cast: Cast, name: str, stream: str, **query: Any) -> list[dict[str, Any]]:
    answer = poll(cast, name, stream, **query)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/json"
    assert "no-store" in answer.headers["Cache-Control"]
    found: list[dict[str, Any]] = json.loads(answer.content)["frames"]
    return found


@pytest.mark.parametrize("name", people.NAMES)
def test_who_finds_what(cast: Cast, name: str) -> None:
    streams = [*READERS, "room:nowhere", "x", cast.nobody.stream_name]
    found = {stream: poll(cast, name, stream) for stream in streams}
    allowed = {stream for stream in READERS if name in READERS[stream]}
    allowed |= {cast.nobody.stream_name} if name == "nobody" else set()
    refused = 401 if name == "visitor" else 404
    statuses = {stream: answer.status_code for stream, answer in found.items()}
    assert statuses == {stream: 200 if stream in allowed else refused for stream in streams}
    assert len({found[stream].content for stream in streams if stream not in allowed}) <= 1


@pytest.mark.parametrize("name", ["room:disability\0", "\0", "issue:OMB-2026-00001\0"])
def test_a_name_that_no_database_takes_is_not_found(cast: Cast, name: str) -> None:
    assert poll(cast, "member", name).status_code == 404


def test_entries_come_with_the_place_to_go_on_from(cast: Cast) -> None:
    place = head_of(ROOM)
    thread = a_thread(cast.disability, cast.member)
    a_post(thread, cast.second_member)
    told, live = frames(cast, "member", ROOM, epoch=place.epoch, after=place.position)
    assert [entry["kind"] for entry in told["entries"]] == ["thread.raised", "post.added"]
    assert told["more"] is False
    assert live == {"t": "live", "stream": ROOM, "epoch": place.epoch, "position": place.position + 2}
    assert frames(cast, "member", ROOM, epoch=place.epoch, after=live["position"])[0]["entries"] == []


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ({}, "no_place"),
        ({"epoch": "other", "after": 0}, "other_epoch"),
        ({"epoch": "", "after": 10**6}, "ahead"),
        ({"epoch": "", "after": 2**63 - 1}, "ahead"),
    ],
)
def test_a_place_that_cannot_be_continued_from(cast: Cast, query: dict[str, Any], reason: str) -> None:
    place = head_of(ROOM)
    if query.get("epoch") == "":
        query = query | {"epoch": place.epoch}
    reset = {"t": "reset", "stream": ROOM, "epoch": place.epoch, "position": place.position, "reason": reason}
    assert frames(cast, "member", ROOM, **query) == [reset]


def test_too_far_behind_and_below_a_seat(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    place = head_of(INVITED)
    thread = a_thread(cast.torture, cast.member)
    for _turn in range(3):
        a_post(thread, cast.member)
    monkeypatch.setattr(catching_up, "MAX_BEHIND_ENTRIES", 3)
    assert (
        frames(cast, "member", INVITED, epoch=place.epoch, after=place.position)[0]["reason"]
        == "too_far_behind"
    )
    cast.torture.seats.filter(person=cast.second_member).update(visible_from=place.position + 2)
    told = frames(cast, "second_member", INVITED, epoch=place.epoch, after=place.position + 1)
    assert told[0]["reason"] == "below_floor"
    told = frames(cast, "second_member", INVITED, epoch=place.epoch, after=place.position + 2)
    assert len(told[0]["entries"]) == 2


@pytest.mark.parametrize(
    "query",
    [
        "after=1",
        "epoch=a",
        "epoch=a&after=-1",
        "epoch=a&after=x",
        "epoch=a&after=1.5",
        "epoch=a&after=",
        "epoch=a&after=٣",
        f"epoch=a&after={2**63}",
        f"epoch=a&after={'9' * 5000}",
        "epoch=a&after=1&after=2",
        "epoch=a&epoch=b&after=1",
    ],
)
def test_a_place_that_is_none(cast: Cast, query: str) -> None:
    client = Client()
    client.force_login(cast.member)
    answer = client.get(f"{reverse('realtime:entries', args=[ROOM])}?{query}")
    assert answer.status_code == 400
    assert json.loads(answer.content)["code"] == "bad_frame"


def test_a_long_page_is_cut_and_says_so(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    place = head_of(ROOM)
    thread = a_thread(cast.disability, cast.member)
    for _turn in range(3):
        a_post(thread, cast.member, "word " * 100)
    monkeypatch.setattr(catching_up, "MAX_PAGE_BYTES", 2_000)
    after, positions = place.position, []
    for _page in range(9):
        told = frames(cast, "member", ROOM, epoch=place.epoch, after=after)
        positions += [entry["position"] for entry in told[0]["entries"]]
        after = positions[-1]
        if not told[0]["more"]:
            break
    assert positions == [place.position + number for number in (1, 2, 3, 4)]
    assert limits.MAX_PAGE_ENTRIES == 300


@pytest.mark.parametrize(("ends", "status"), [(end_sessions, 401), (lose_the_seat, 404)])
def test_who_loses_access_while_the_entries_are_read_hears_none(
    cast: Cast, ends: Callable[[User], None], status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """I5."""
    place = head_of(INVITED)
    a_thread(cast.torture, cast.member, body="unheard")

    def tell(rows: Sequence[Entry]) -> list[Told]:
        told = frames_of(rows)
        ends(cast.second_member)
        return told

    monkeypatch.setattr(polling, "tell", tell)
    answer = poll(cast, "second_member", INVITED, epoch=place.epoch, after=place.position)
    assert answer.status_code == status
    assert b"unheard" not in answer.content


def test_it_is_only_read(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.member)
    answer = client.post(reverse("realtime:entries", args=[ROOM]))
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]
