"""A refused act writes nothing: the same assertion for every act."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.apps import apps
from django.utils import translation

from dialogue.journal.models import Act, Entry, Stream
from dialogue.text.refusals import Refusal

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


def everything() -> dict[str, list[dict[str, Any]]]:
    # Translated columns are read in the language that is active: the same one each time.
    with translation.override("en"):
        return _rows()


def _rows() -> dict[str, list[dict[str, Any]]]:
    models = [model for label in _KEEPING for model in apps.get_app_config(label).get_models()]
    return {model.__name__: list(model._default_manager.order_by("pk").values()) for model in models}
