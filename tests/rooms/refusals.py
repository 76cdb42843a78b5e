"""A refused act writes nothing: the same assertion for every act."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.apps import apps

from dialogue.journal.models import Act, Entry, Stream
from dialogue.text.refusals import Refusal
from tests.rows import Table, filled, in_tables

_KEEPING = ("rooms", "issues", "journal")


@contextmanager
def refused(
    kind: type[Refusal], code: str, *, field: str | None = None
) -> Iterator[pytest.ExceptionInfo[Any]]:
    """The block refuses with this code, and every row of rooms, issues and journal is as before."""
    before = everything()
    with pytest.raises(kind) as info:
        yield info
    assert info.value.code == code
    assert info.value.field == field
    assert str(info.value.sentence)
    assert everything() == before


def journal_of(stream: str) -> list[tuple[str, dict[str, Any]]]:
    """What a stream says, in order: (kind, refs)."""
    return list(Entry.objects.filter(stream__name=stream).order_by("position").values_list("kind", "refs"))


def head(stream: str) -> int:
    return Stream.objects.filter(name=stream).values_list("position", flat=True).first() or 0


def acts_of(person: Any) -> int:
    return Act.objects.filter(author=person).count()


def everything() -> tuple[Table, ...]:
    models = [model for label in _KEEPING for model in apps.get_app_config(label).get_models()]
    return in_tables(filled(model._meta.db_table for model in models))
