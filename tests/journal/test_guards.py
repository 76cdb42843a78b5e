"""A guard is asked under the lock of the outermost act, and its refusal undoes everything."""

import pytest

from dialogue.journal import entries, guards
from dialogue.journal.models import Entry

pytestmark = pytest.mark.django_db
ROOM = "room:steppe"


class Gone(Exception):
    pass


def refuse() -> None:
    assert entries.heads_of([ROOM]), "asked once the streams are held"
    raise Gone


def test_a_refusal_writes_nothing_and_opens_nothing() -> None:
    before = entries.head_of(ROOM)
    with pytest.raises(Gone), guards.guarded(refuse), entries.opening([ROOM]) as opened:
        opened.record("test.said", stream=ROOM)
    assert entries.head_of(ROOM) == before
    assert not Entry.objects.exists()
    with entries.opening([ROOM]) as opened:
        assert opened.record("test.said", stream=ROOM).position == 1


def test_it_is_asked_once_for_acts_inside_acts_and_not_afterwards() -> None:
    asked: list[None] = []
    with guards.guarded(lambda: asked.append(None)), entries.opening([ROOM]), entries.opening([ROOM]):
        pass
    with entries.opening([ROOM]):
        pass
    assert len(asked) == 1
