"""A concern or a discussion is raised."""

import uuid
from datetime import UTC, datetime
from typing import Any

import pytest

from dialogue.calendar.working_days import ALMATY
from dialogue.rooms.access import can_be_shielded
from dialogue.rooms.actions.threads import raise_thread
from dialogue.rooms.models import Marking, Post, Room, Seat, Thread
from dialogue.rooms.states import ThreadState
from dialogue.text.refusals import Conflict, Forbidden, Invalid, NotFound
from tests.cast import Cast, a_thread, crowd
from tests.rooms.refusals import acts_of, head, journal_of, refused

pytestmark = pytest.mark.django_db

USUAL: dict[str, Any] = {"kind": "concern", "title": "No ramp", "body": "Nine **steps**.", "lang": "en"}


def test_a_concern_is_a_thread_with_its_first_post(cast: Cast) -> None:
    before = head("room:disability")
    done = raise_thread(
        cast.disability,
        by=cast.member,
        key=uuid.uuid4(),
        **{**USUAL, "title": "  No \n ramp "},
        region="KZ-75",
        theme="child",
        groups=["pwd", "pwd", "older"],
        duty_bearer="court",
    )
    thread = Thread.objects.get(public_id=done.thing)
    post = Post.objects.get(thread=thread)
    assert (thread.title, thread.state, thread.marking) == ("No ramp", ThreadState.OPEN, Marking.MEMBERS)
    assert (thread.region.code, thread.theme.code) == ("KZ-75", "child")  # type: ignore[union-attr]
    assert sorted(group.code for group in thread.groups.all()) == ["older", "pwd"]
    assert thread.for_organisation == cast.organisations["quiet-coast"]
    assert (post.current.body, post.current.html) == (  # type: ignore[union-attr]
        *("Nine **steps**.", "<p>Nine <strong>steps</strong>.</p>"),
    )
    assert done.place.position == before + 1 == post.position
    assert thread.first_position == thread.last_position == post.position
    assert journal_of("room:disability")[-1] == (
        "thread.raised",
        {"thread": thread.public_id, "post": post.public_id, "version": 1},
    )


MONDAY = datetime(2026, 10, 5, 10, 0, tzinfo=ALMATY)
DUE = {
    "urgent": datetime(2026, 10, 5, 11, 0, tzinfo=ALMATY),
    "high": datetime(2026, 10, 6, 23, 59, 59, 999999, tzinfo=ALMATY),
    "normal": datetime(2026, 10, 8, 23, 59, 59, 999999, tzinfo=ALMATY),
    "low": datetime(2026, 10, 12, 23, 59, 59, 999999, tzinfo=ALMATY),
}


@pytest.mark.parametrize("urgency", DUE)
def test_the_clock_of_triage_runs_in_working_days(cast: Cast, urgency: str) -> None:
    thread = a_thread(cast.disability, cast.member, urgency=urgency, now=MONDAY)
    assert thread.due_at == DUE[urgency]
    assert thread.calendar_version
    assert thread.raised_at == MONDAY.astimezone(UTC)


def test_a_discussion_has_no_clock(cast: Cast) -> None:
    thread = a_thread(cast.disability, cast.moderator, kind="discussion", urgency="high")
    assert thread.due_at is None
    assert thread.for_organisation == cast.organisations["office"]


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("title", " \u200b ", "empty"),
        ("title", "t" * 201, "too_long"),
        ("body", "", "empty"),
        ("body", "b" * 10_001, "too_long"),
        ("body", "a\x00b", "bad_text"),
        ("lang", "de", "bad_lang"),
        ("kind", "complaint", "not_a_choice"),
        ("region", "KZ-00", "not_a_choice"),
        ("theme", "nonsense", "not_a_choice"),
        ("groups", ["pwd", "nonsense"], "not_a_choice"),
        ("duty_bearer", "nobody", "not_a_choice"),
        ("urgency", "asap", "not_a_choice"),
        ("byline", "anonymous", "not_a_choice"),
        ("marking", "secret", "not_a_choice"),
        ("marking", "public", "marking_too_wide"),
        ("key", "no-key", "bad_key"),
    ],
)
def test_what_is_wrong_is_named_by_its_field(cast: Cast, field: str, value: object, code: str) -> None:
    fields: dict[str, Any] = {"key": uuid.uuid4(), **USUAL, field: value}
    with refused(Invalid, code, field=field):
        raise_thread(cast.disability, by=cast.member, **fields)


def test_groups_of_the_office_are_unknown_to_members(cast: Cast) -> None:
    hidden = {"kind": "discussion", "groups": ["sogi"]}
    with refused(Invalid, "not_a_choice", field="groups"):
        a_thread(cast.disability, cast.member, **hidden)


@pytest.mark.parametrize("name", ["authority", "data_officer", "nobody"])
def test_strangers_find_no_room(cast: Cast, name: str) -> None:
    person = getattr(cast, name)
    with refused(NotFound, "not_found"):
        raise_thread(cast.disability, by=person, key=uuid.uuid4(), **USUAL)


def test_without_a_seat_an_invited_room_is_not_there(cast: Cast) -> None:
    with refused(NotFound, "not_found"):
        raise_thread(cast.torture, by=cast.outsider, key=uuid.uuid4(), **USUAL)


def test_observers_read_and_do_not_write(cast: Cast) -> None:
    with refused(Forbidden, "not_a_member"):
        raise_thread(cast.disability, by=cast.observer, key=uuid.uuid4(), **{**USUAL, "kind": "discussion"})


def test_the_office_raises_no_concerns(cast: Cast) -> None:
    with refused(Forbidden, "not_a_member"):
        raise_thread(cast.disability, by=cast.moderator, key=uuid.uuid4(), **USUAL)


def test_an_archived_room_takes_nothing_more(cast: Cast) -> None:
    Room.objects.filter(pk=cast.disability.pk).update(archived_at=MONDAY)
    with refused(Conflict, "room_closed"):
        raise_thread(cast.disability, by=cast.member, key=uuid.uuid4(), **USUAL)


def test_for_the_office_only_it_stands_in_the_office_stream(cast: Cast) -> None:
    room_head = head("room:disability")
    thread = a_thread(cast.disability, cast.outsider, marking="office", byline="shielded")
    assert head("room:disability") == room_head
    kind, refs = journal_of("room:disability:office")[-1]
    assert kind == "thread.raised"
    assert (refs["thread"], refs["after"]) == (thread.public_id, room_head)
    assert thread.last_position == head("room:disability:office")
    assert not Seat.objects.filter(person=cast.outsider).exists()


def test_the_first_thread_takes_a_seat_and_tells_so_once(cast: Cast) -> None:
    a_thread(cast.disability, cast.outsider)
    a_thread(cast.disability, cast.outsider)
    seat = Seat.objects.get(person=cast.outsider)
    assert seat.for_organisation == cast.organisations["far-lake"]
    kinds = [kind for kind, _refs in journal_of("room:disability")]
    assert kinds[-3:] == ["seat.taken", "thread.raised", "thread.raised"]


def test_a_shield_needs_company(cast: Cast) -> None:
    """Four other organisations are too few; with the fifth it hides."""
    crowd(cast.disability, 2)
    with refused(Invalid, "shield_too_thin", field="byline"):
        a_thread(cast.disability, cast.outsider, byline="shielded")
    assert not can_be_shielded(cast.outsider, cast.disability)
    crowd(cast.disability, 1, begin=2)
    assert can_be_shielded(cast.outsider, cast.disability)
    assert a_thread(cast.disability, cast.outsider, byline="shielded").byline == "shielded"


def test_ones_own_organisation_is_no_company(cast: Cast) -> None:
    crowd(cast.disability, 3)
    assert can_be_shielded(cast.outsider, cast.disability)
    assert not can_be_shielded(cast.member, cast.disability)


def test_behind_a_shield_nobody_sits_down(cast: Cast) -> None:
    crowd(cast.disability, 3)
    a_thread(cast.disability, cast.outsider, byline="shielded")
    assert not Seat.objects.filter(person=cast.outsider).exists()
    assert journal_of("room:disability")[-1][0] == "thread.raised"


def test_a_shield_hides_no_office(cast: Cast) -> None:
    crowd(cast.disability, 6)
    with refused(Invalid, "not_a_choice", field="byline"):
        a_thread(cast.disability, cast.moderator, kind="discussion", byline="shielded")


def test_the_same_key_raises_once(cast: Cast) -> None:
    key = uuid.uuid4()
    first = raise_thread(cast.disability, by=cast.member, key=key, **USUAL, groups=["pwd", "older"])
    again = raise_thread(
        cast.disability, by=cast.member, key=str(key).upper(), **USUAL, groups=["older", "pwd"]
    )
    assert (again.place, again.thing, again.is_repeat) == (first.place, first.thing, True)
    assert Thread.objects.count() == Post.objects.count() == acts_of(cast.member) == 1
