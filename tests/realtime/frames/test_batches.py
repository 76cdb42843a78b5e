"""A batch of entries costs a few questions, however long it is; frames then cost none."""

from typing import Any

import pytest

from dialogue.issues import kinds as kinds_of_issues
from dialogue.journal.entries import entries_after, head_of
from dialogue.journal.models import Entry, Stream
from dialogue.realtime.frames import BUILDERS, tell
from dialogue.rooms import kinds as kinds_of_rooms
from tests.cast import Cast, a_post, a_thread, crowd

pytestmark = pytest.mark.django_db
VARIANTS = ("member", "observer", "office", "safety", "mine", "lead", "not_yet")


def written(cast: Cast, threads: int) -> list[Entry]:
    place = head_of("room:disability")
    for number in range(threads):
        thread = a_thread(cast.disability, cast.member, title=f"Concern {number}", byline="named")
        a_post(thread, cast.second_member)
        a_post(thread, cast.moderator)
    return entries_after("room:disability", place.position, limit=300)


def test_every_kind_has_a_builder() -> None:
    kinds = [*vars(kinds_of_rooms).items(), *vars(kinds_of_issues).items()]
    named = {value for name, value in kinds if name.isupper()}
    assert named == set(BUILDERS)


def test_few_questions_a_batch_and_none_a_frame(cast: Cast, django_assert_max_num_queries: Any) -> None:
    rows = written(cast, 10)
    with django_assert_max_num_queries(4):
        told = tell(rows)
    assert [one.position for one in told] == [row.position for row in rows]
    with django_assert_max_num_queries(0):
        for one in told:
            assert all(one.bytes_for(variant, "kk") for variant in VARIANTS)


def test_the_same_bytes_are_given_to_all_of_one_kind(cast: Cast) -> None:
    told = tell(written(cast, 1))[0]
    assert told.bytes_for("member", "kk") is told.bytes_for("member", "kk")
    assert told.bytes_for("member", "kk") != told.bytes_for("member", "ru"), (
        "organisations have names in each"
    )
    assert told.bytes_for("mine", "kk") != told.bytes_for("member", "kk")


def test_a_kind_nobody_builds_keeps_its_place_and_says_nothing(cast: Cast) -> None:
    stream = Stream.objects.get(name="room:disability")
    entry = Entry(
        stream=stream,
        position=stream.position + 1,
        kind="something.new",
        actor=cast.member,
        refs={"secret": "x"},
        happened_at=cast.member.date_joined,
    )
    frame = tell([entry])[0].frame_for("office").model_dump()
    assert set(frame) == {"t", "stream", "epoch", "position", "kind", "at"}


def test_no_number_of_a_row_leaves(cast: Cast) -> None:
    """T6: what a frame names, it names by public ids."""
    crowd(cast.disability, 5)
    thread = a_thread(cast.disability, cast.member, byline="shielded")
    place = head_of("room:disability")
    frame = tell(entries_after(place.stream, place.position - 1, limit=1))[0].frame_for("office")
    assert frame.thread == thread.public_id
    assert frame.by is not None
    assert frame.by.model_dump().keys() == {"byline", "pseudonym", "mine"}
    assert str(cast.member.public_id) not in frame.model_dump_json()
