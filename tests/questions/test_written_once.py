"""A query that is written once answers like one that is written each time."""

import gc
import weakref
from collections.abc import Collection
from typing import Any

import pytest
from django.db import connection
from django.db.models import Count, Exists, OuterRef, QuerySet, Value
from django.test.utils import CaptureQueriesContext

from dialogue.accounts.models import User
from dialogue.journal import entries
from dialogue.journal.models import Entry, Stream
from dialogue.questions import written_once as written_once_module
from dialogue.questions.written_once import NotOfOneShape, Written, _write, written_once

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def streams() -> None:
    for name in ("room:a", "room:b"):
        with entries.opening([name]) as opened:
            for number in range(4):
                opened.record("post.added", stream=name, post=str(number))


@written_once
def _entries(names: Collection[str], after: int, limit: int) -> QuerySet[Entry]:
    rows = Entry.objects.filter(stream__name__in=names, position__gt=after)
    return rows.select_related("stream", "actor").order_by("stream__name", "-position")[:limit]


@written_once
def _named(name: str) -> QuerySet[Stream]:
    return Stream.objects.filter(name=name)


@written_once
def _counts(after: int) -> QuerySet[Stream, tuple[str, int]]:
    rows = Stream.objects.filter(entries__position__gt=after).values_list("name")
    return rows.annotate(Count("entries")).order_by("name")


@written_once
def _held(names: Collection[str]) -> QuerySet[Stream, str]:
    told = Exists(Entry.objects.filter(stream=OuterRef("pk"), position=4))
    rows = Stream.objects.filter(told, name__in=names).order_by("name").select_for_update(no_key=True)
    return rows.values_list("name", flat=True)


def test_the_values_change_and_so_may_their_number() -> None:
    def places(names: Collection[str], after: int, limit: int) -> list[tuple[str, int]]:
        return [(one.stream.name, one.position) for one in _entries(names, after, limit)]

    assert places(["room:b"], 2, 9) == [("room:b", 4), ("room:b", 3)]
    assert places(["room:b", "room:a"], 3, 9) == [("room:a", 4), ("room:b", 4)]
    assert places(["room:a"], 0, 2) == [("room:a", 4), ("room:a", 3)]
    assert places([], 0, 9) == []
    assert _counts(2) == [("room:a", 2), ("room:b", 2)]
    assert _counts(3) == [("room:a", 1), ("room:b", 1)]
    assert _held(["room:b", "room:c"]) == ["room:b"]


def test_it_is_the_same_sql() -> None:
    _entries(["room:a"], 0, 9)
    usual = Entry.objects.filter(stream__name__in=["room:a", "room:b"], position__gt=1)
    usual = usual.select_related("stream", "actor").order_by("stream__name", "-position")[:9]
    with CaptureQueriesContext(connection) as asked:
        assert _entries(["room:a", "room:b"], 1, 9) == list(usual)
    first, second = (query["sql"] for query in asked.captured_queries)
    assert first == second


def test_what_was_joined_is_not_asked_again() -> None:
    rows = _entries(["room:a"], 0, 9)
    with CaptureQueriesContext(connection) as asked:
        assert {(row.stream.name, row.actor) for row in rows} == {("room:a", None)}
    assert not asked.captured_queries


def test_nothing_asked_for_at_first_is_no_harm() -> None:
    @written_once
    def people(ids: Collection[int]) -> QuerySet[User]:
        return User.objects.filter(pk__in=ids)

    someone = User.objects.create_user("someone@ngo.example")
    assert people([]) == []
    assert people([someone.pk]) == [someone]


def test_nothing_of_whoever_asked_first_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    kept: list[Written] = []

    def write(query: Any, using: str) -> Written:
        kept.append(_write(query, using))
        return kept[-1]

    monkeypatch.setattr(written_once_module, "_write", write)
    assert _named("somebody-who-came-first") == []
    assert _named("room:b")[0].name == "room:b"
    assert len(kept) == 1
    assert "somebody-who-came-first" not in str(vars(kept[0]))


def test_nothing_is_left_for_the_search_for_garbage() -> None:
    made: list[weakref.ref[Any]] = []

    @written_once
    def named(name: str) -> QuerySet[Stream]:
        rows = Stream.objects.filter(name=name)
        made.append(weakref.ref(rows.query))
        return rows

    gc.collect()
    gc.disable()
    try:
        named("room:a")
        named("room:b")
        assert [query() for query in made] == [None, None]
    finally:
        gc.enable()


def test_values_elsewhere_are_refused() -> None:
    @written_once
    def marked(number: int) -> QuerySet[Stream]:
        return Stream.objects.filter(position__gt=0).annotate(number=Value(number))

    @written_once
    def everything() -> QuerySet[Stream]:
        return Stream.objects.all()

    with pytest.raises(NotOfOneShape):
        marked(1)
    with pytest.raises(NotOfOneShape):
        everything()
