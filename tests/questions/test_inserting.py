"""Rows that are written by one statement are the rows that Django would have written."""

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.db.models import DateField, F, Field, Model
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from dialogue.accounts.models import User
from dialogue.journal.models import Act, Entry, Stream
from dialogue.questions.changing import Change, changed_once
from dialogue.questions.inserting import insert
from dialogue.rooms.models import Post, PostRevision

pytestmark = pytest.mark.django_db

REFS = {"post": "қазақша «тырнақша» \" ' \\ {}", "many": [1, None, True], "deep": {"a": "1"}}


@pytest.fixture
def stream() -> Stream:
    return Stream.objects.create(name="room:a")


def entry(stream: Stream, position: int, **rest: object) -> Entry:
    return Entry(stream=stream, position=position, kind="post.added", happened_at=timezone.now(), **rest)


def test_what_is_read_is_what_was_written(stream: Stream) -> None:
    actor = User.objects.create_user("actor@ngo.example")
    rows = [entry(stream, 1, actor=actor, refs=REFS), entry(stream, 2, refs={})]
    insert(rows)
    found = list(Entry.objects.order_by("position"))
    assert found == rows
    for field in Entry._meta.concrete_fields:
        values = [[getattr(row, field.attname) for row in some] for some in (found, rows)]
        assert values[0] == values[1], field
    assert not rows[0]._state.adding


def test_the_database_names_the_rows_in_their_order(stream: Stream) -> None:
    rows = [entry(stream, number, refs={}) for number in range(300, 0, -1)]
    with CaptureQueriesContext(connection) as asked:
        insert(rows)
    assert len(asked.captured_queries) == 1
    assert {row.pk: row.position for row in rows} == dict(Entry.objects.values_list("pk", "position"))


def test_a_key_of_ones_own_is_kept(stream: Stream) -> None:
    insert([Stream(pk=2**62 + 1, name="room:b"), Stream(pk=7, name="room:c")])
    assert Stream.objects.get(name="room:b").pk == 2**62 + 1


def test_what_the_database_refuses_is_refused(stream: Stream) -> None:
    for bad in ([entry(stream, 1, refs={}), entry(stream, 1, refs={})], [Stream(pk=8, name="long " * 99)]):
        if connection.vendor == "sqlite" and isinstance(bad[0], Stream):
            continue  # It knows no length.
        with pytest.raises(DatabaseError), transaction.atomic():
            insert(bad)
    assert not Entry.objects.exists()


@pytest.mark.parametrize("model", [Act, Entry, Post, PostRevision])
def test_nothing_is_filled_while_it_is_saved(model: type[Model]) -> None:
    def is_filled(field: "Field[object, object]") -> bool:
        return isinstance(field, DateField) and (field.auto_now or field.auto_now_add)

    assert model in apps.get_models()
    assert not [field.name for field in model._meta.concrete_fields if is_filled(field)]


def test_a_change_is_written_once_and_done_each_time(stream: Stream) -> None:
    times: list[int] = []

    @changed_once
    def move(name: str, steps: int, floor: int) -> Change:
        times.append(1)
        return Stream.objects.filter(name=name), {"position": F("position") + steps, "floor": floor}

    other = Stream.objects.create(name="room:b", position=5)
    move("room:a", 3, 1)
    move("room:b", 4, 2)
    move("room:c", 5, 3)
    for row, place in ((stream, (3, 1)), (other, (9, 2))):
        row.refresh_from_db()
        assert (row.position, row.floor) == place
    assert times == [1]
