"""A query that is written once answers like one that is written each time."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.db.models import Count, Exists, OuterRef, QuerySet
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from dialogue.accounts.models import User
from dialogue.journal import entries
from dialogue.journal.acts import remember
from dialogue.journal.models import Act, Entry, Stream
from dialogue.questions.given import NotOfOneShape
from dialogue.questions.written_once import Written, written_once

pytestmark = pytest.mark.django_db

# Before the tests compare each answer with what would be asked now.
_PLAIN_ASK: Final = Written.ask


@pytest.fixture(autouse=True)
def streams() -> None:
    for name in ("room:a", "room:b"):
        with entries.opening([name]) as opened:
            for number in range(4):
                opened.record("post.added", stream=name, post=str(number))


@written_once
def _entries(names: Collection[str], after: int, *, limit: int) -> QuerySet[Entry]:
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
        return [(one.stream.name, one.position) for one in _entries(names, after, limit=limit)]

    assert places(["room:b"], 2, 9) == [("room:b", 4), ("room:b", 3)]
    assert places(["room:b", "room:a"], 3, 9) == [("room:a", 4), ("room:b", 4)]
    assert places(["room:a"], 0, 2) == [("room:a", 4), ("room:a", 3)]
    assert places([], 0, 9) == []
    assert _counts(2) == [("room:a", 2), ("room:b", 2)]
    assert _counts(3) == [("room:a", 1), ("room:b", 1)]
    assert _held(["room:b", "room:c"]) == ["room:b"]


def test_it_is_the_same_sql() -> None:
    _entries(["room:a"], 0, limit=9)
    usual = Entry.objects.filter(stream__name__in=["room:a", "room:b"], position__gt=1)
    usual = usual.select_related("stream", "actor").order_by("stream__name", "-position")[:9]
    with CaptureQueriesContext(connection) as asked:
        assert _entries(["room:a", "room:b"], 1, limit=9) == list(usual)
    first, second = (query["sql"].partition(" WHERE ")[0] for query in asked.captured_queries)
    assert first == second


def test_what_was_joined_is_not_asked_again() -> None:
    rows = _entries(["room:a"], 0, limit=9)
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
    make = Written.__init__

    def noted(written: Written, *args: Any) -> None:
        make(written, *args)
        kept.append(written)

    @written_once
    def named(name: str) -> QuerySet[Stream]:
        return Stream.objects.filter(name=name)

    monkeypatch.setattr(Written, "__init__", noted)
    assert named("somebody-who-came-first") == []
    assert named("room:b")[0].name == "room:b"
    assert len(kept) == 1
    assert "somebody-who-came-first" not in str([vars(kept[0]), vars(kept[0].statement)])


def test_it_is_put_together_once_for_each_shape() -> None:
    times: list[int] = []

    @written_once
    def first(after: int, *, limit: int) -> QuerySet[Entry]:
        times.append(limit)
        return Entry.objects.filter(position__gt=after).order_by("stream__name", "position")[:limit]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Written, "ask", _PLAIN_ASK)
        found = [first(after, limit=limit) for after, limit in ((0, 1), (1, 1), (2, 3), (0, 3))]
    assert [len(rows) for rows in found] == [1, 1, 3, 3]
    assert times == [1, 3]


def test_values_go_to_the_database_as_it_takes_them() -> None:
    key, now = uuid4(), timezone.now()

    @written_once
    def acts(keys: Collection[UUID], until: datetime) -> QuerySet[Act, UUID]:
        rows = Act.objects.filter(key__in=keys, stream__entries__happened_at__lte=until)
        return rows.values_list("key", flat=True).distinct()

    author = User.objects.create_user("author@ngo.example")
    with entries.opening(["room:a"]) as opened:
        place = opened.record("post.added", stream="room:a", post="5")
        remember(author, key, {}, place=place, thing="5")
    assert acts([key, uuid4()], now + timedelta(hours=1)) == [key]
    assert acts([uuid4()], now + timedelta(hours=1)) == []
    assert acts([key], now - timedelta(days=1)) == []


def test_what_is_read_ahead_comes_with_it() -> None:
    @written_once
    def streams(names: Collection[str]) -> QuerySet[Stream]:
        return Stream.objects.filter(name__in=names).prefetch_related("entries")

    found = streams(["room:a"])
    with CaptureQueriesContext(connection) as asked:
        assert [entry.position for entry in found[0].entries.all()] == [1, 2, 3, 4]
    assert not asked.captured_queries


def test_what_cannot_be_kept_is_refused() -> None:
    @written_once
    def marked(after: int) -> QuerySet[Stream]:
        return Stream.objects.filter(position__gt=after).annotate(Count("entries"))

    @written_once
    def equal(names: Collection[str]) -> QuerySet[Stream]:
        return Stream.objects.filter(name=names)

    @written_once
    def cut(limit: int) -> QuerySet[Stream]:
        return Stream.objects.all()[:limit]

    with pytest.raises(NotOfOneShape):
        marked(1)
    with pytest.raises(NotOfOneShape):
        equal(["room:a"])
    with pytest.raises(TypeError):
        cut(1)
