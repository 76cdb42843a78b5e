"""Acts that commit together: each is done or refused by itself, and their positions follow each other."""

import uuid

import pytest
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext

from dialogue.accounts.actions import raise_auth_version
from dialogue.accounts.models import User
from dialogue.journal import bells, entries
from dialogue.journal.acts import already_done, look_up, remember
from dialogue.journal.entries import NotTogether, together
from dialogue.journal.guards import guarded
from dialogue.journal.models import Act, Entry
from dialogue.text.refusals import Refusal
from tests.cast import somebody

ROOM, OFFICE = "room:steppe", "room:steppe:office"
pytestmark = pytest.mark.django_db


def act(by: User, *, key: uuid.UUID | None = None, fails: Exception | None = None, **refs: str) -> int:
    """An act with a key, as they all are: look the key up, record, remember."""
    key = key or uuid.uuid4()
    with entries.opening([ROOM]) as opened:
        if (done := already_done(by, key, refs)) is not None:
            return done.place.position
        place = opened.record("post.added", stream=ROOM, actor=by, **refs)
        done = remember(by, key, refs, place=place, thing="x")
        if fails:
            raise fails
        return done.place.position


def act_that_writes(by: User, *, fails: Exception | None = None) -> None:
    with entries.opening([ROOM]) as opened:
        User.objects.filter(pk=by.pk).update(name="Changed")
        opened.record("person.changed", stream=ROOM, actor=by)
        if fails:
            raise fails


def act_that_takes_away(person: User, *, fails: Exception | None = None) -> None:
    with entries.opening([ROOM]):
        raise_auth_version([person.pk])
        if fails:
            raise fails


def act_around_an_act(by: User, *, fails: Exception) -> None:
    with entries.opening([ROOM]) as opened:
        opened.record("thread.moved", stream=ROOM)
        act_that_writes(by)
        raise fails


def use_a_key_twice(by: User, key: uuid.UUID) -> None:
    with together([ROOM]) as opened:
        act(by)
        act(by, key=key)
        # As if another process had used the key in another stream at this moment.
        opened.answers.clear()
        act(by, key=key)


def kinds() -> list[tuple[int, str]]:
    return [(entry.position, entry.kind) for entry in entries.entries_after(ROOM, 0, limit=100)]


def test_positions_follow_each_other_and_a_few_statements_are_enough_for_many() -> None:
    by = somebody("one")
    keys = [uuid.uuid4() for _ in range(20)]
    with CaptureQueriesContext(connection) as statements, together([ROOM]) as opened:
        look_up([(by.pk, key) for key in keys], opened=opened)
        found = [act(by, key=key) for key in keys]
    assert found == list(range(1, 21))
    assert [position for position, _kind in kinds()] == found
    assert entries.head_of(ROOM).position == 20
    assert Act.objects.count() == 20
    assert len(statements) < 12


def test_one_that_is_refused_leaves_nothing_and_takes_no_place() -> None:
    by = somebody("one")
    with together([ROOM]):
        act(by)
        with pytest.raises(Refusal):
            act(by, fails=Refusal("empty", "…"))
        act(by)
    assert [position for position, _kind in kinds()] == [1, 2]
    assert Act.objects.count() == 2


def test_what_a_refused_act_wrote_by_itself_is_undone_and_the_others_stay() -> None:
    by = somebody("one")
    with together([ROOM]) as opened:
        act(by)
        with pytest.raises(Refusal):
            act_that_writes(by, fails=Refusal("empty", "…"))
        assert opened.has_moved, "what it looked up after it had written is not so any more"
        act(by)
    assert User.objects.get(pk=by.pk).name == "One"
    assert kinds() == [(1, "post.added"), (2, "post.added")]


def test_who_writes_by_themself_says_so() -> None:
    by = somebody("one")
    with together([ROOM]) as opened:
        act(by)
        assert not opened.has_moved
        act_that_writes(by)
        assert opened.has_moved
        act(by)
    assert User.objects.get(pk=by.pk).name == "Changed"
    assert kinds() == [(1, "post.added"), (2, "person.changed"), (3, "post.added")]


def test_an_act_inside_an_act_is_undone_alone() -> None:
    by = somebody("one")
    with together([ROOM]):
        act(by)
        with entries.opening([ROOM]) as opened:
            opened.record("thread.moved", stream=ROOM)
            with pytest.raises(Refusal):
                act_that_writes(by, fails=Refusal("empty", "…"))
            opened.record("thread.moved", stream=ROOM)
    assert User.objects.get(pk=by.pk).name == "One"
    assert kinds() == [(1, "post.added"), (2, "thread.moved"), (3, "thread.moved")]


def test_an_inner_act_of_a_refused_one_is_undone_with_it() -> None:
    by = somebody("one")
    with together([ROOM]):
        act(by)
        with pytest.raises(Refusal):
            act_around_an_act(by, fails=Refusal("empty", "…"))
        act(by)
    assert User.objects.get(pk=by.pk).name == "One"
    assert kinds() == [(1, "post.added"), (2, "post.added")]


def test_one_key_twice_in_one_transaction_is_one_act() -> None:
    by, other, key = somebody("one"), somebody("two"), uuid.uuid4()
    with together([ROOM]) as opened:
        look_up([(by.pk, key), (other.pk, key)], opened=opened)
        assert act(by, key=key, post="a") == act(by, key=key, post="a") == 1
        with pytest.raises(Refusal, match=r".") as refused:
            act(by, key=key, post="b")
        assert act(other, key=key, post="b") == 2
    assert refused.value.code == "key_reused"
    assert Act.objects.count() == 2


def test_the_answer_of_an_act_that_failed_is_forgotten() -> None:
    by, key = somebody("one"), uuid.uuid4()
    with together([ROOM]):
        with pytest.raises(ValueError, match="broken"):
            act(by, key=key, fails=ValueError("broken"))
        assert act(by, key=key) == 1
    assert act(by, key=key) == 1


@pytest.mark.django_db(transaction=True)
def test_what_a_refused_one_wanted_to_happen_after_the_commit_does_not() -> None:
    by, other, kicked = somebody("one"), somebody("two"), list[list[int]]()
    bells.listen_for_kicks(kicked.append)
    try:
        with together([ROOM]):
            act_that_takes_away(other)
            with pytest.raises(ValueError, match="broken"):
                act_that_takes_away(by, fails=ValueError("broken"))
    finally:
        bells.stop_listening_for_kicks(kicked.append)
    assert kicked == [[other.pk]]


def test_each_has_a_guard_of_its_own() -> None:
    by = somebody("one")

    def refuse() -> None:
        raise Refusal("signed_out", "…")

    with together([ROOM]):
        with guarded(refuse), pytest.raises(Refusal):
            act(by)
        assert act(by) == 1


def test_who_needs_another_stream_goes_alone() -> None:
    with together([ROOM]) as shared:
        with pytest.raises(NotTogether), entries.opening([ROOM, OFFICE]):
            pass
        assert shared.is_shared
    with entries.opening([ROOM, OFFICE]) as opened:
        opened.record("note.added", stream=OFFICE)
    assert entries.head_of(OFFICE).position == 1


@pytest.mark.django_db(transaction=True)
def test_an_error_at_the_end_undoes_all_of_them_and_nothing_rings() -> None:
    by, heard = somebody("one"), list[dict[str, int]]()
    bells.listen(heard.append)
    key = uuid.uuid4()
    try:
        with pytest.raises(DatabaseError):
            use_a_key_twice(by, key)
    finally:
        bells.stop_listening(heard.append)
    assert Entry.objects.count() == Act.objects.count() == 0
    assert heard == []
    assert act(by, key=key) == 1
