"""The cast is built once a run and then copied: the copy must be what the acts would have written."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import transaction

from tests.cast import WRITTEN, Cast, build_cast, found_cast
from tests.rows import Rows, are_empty, rows_of


@pytest.fixture
def built(db: None) -> Rows:
    with transaction.atomic():
        build_cast()
        rows = rows_of(WRITTEN)
        transaction.set_rollback(True)
    assert are_empty(WRITTEN)
    return rows


def test_building_writes_no_other_table(db: None) -> None:
    others = [kind for kind in apps.get_models(include_auto_created=True) if kind not in WRITTEN]
    before = rows_of(others)
    build_cast()
    assert rows_of(others).tables == before.tables, "Name the table in WRITTEN of tests/cast.py."
    assert not any(are_empty([kind]) for kind in WRITTEN)


def test_what_is_put_back_is_what_was_built(built: Rows) -> None:
    built.put_back()
    assert _timeless(rows_of(WRITTEN)) == _timeless(built)


def test_it_was_built_a_moment_ago(built: Rows) -> None:
    built.put_back()
    again = rows_of(WRITTEN)
    later = [now - then for now, then in zip(_moments(again), _moments(built), strict=True)]
    assert later
    assert len(set(later)) == 1
    assert timedelta() < later[0] <= again.seen_at - built.seen_at


def test_who_is_found_is_who_was_built(db: None) -> None:
    built, found = build_cast(), found_cast()
    assert vars(built) == vars(found)


def test_nobody_meets_what_another_test_changed(cast: Cast) -> None:
    cast.member.name = "Changed"
    assert found_cast().member.name == "Member"


def _timeless(rows: Rows) -> list[Any]:
    return [value for value in _values(rows) if not isinstance(value, datetime)]


def _moments(rows: Rows) -> list[datetime]:
    return [value for value in _values(rows) if isinstance(value, datetime)]


def _values(rows: Rows) -> Iterator[Any]:
    return (value for table in rows.tables for row in table.rows for value in row)
