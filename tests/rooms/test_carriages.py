"""The card of an issue: one a thread and issue, told when it changes."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from dialogue.journal import entries
from dialogue.rooms import kinds
from dialogue.rooms.actions.carriages import carry
from dialogue.rooms.models import Carriage, Holder
from dialogue.rooms.states import Shown
from tests.cast import Cast, a_thread

pytestmark = pytest.mark.django_db

FIRST = datetime(2026, 11, 23, 9, tzinfo=UTC)
LATER = datetime(2026, 11, 24, 9, tzinfo=UTC)
CARD: dict[str, Any] = {"reference": "OMB-2026-00042", "state": Shown.TAKEN_UP, "holder": Holder.OFFICE}


def test_the_card_is_laid_and_changed_and_told_each_time(cast: Cast) -> None:
    thread = a_thread(cast.disability, cast.member)
    first = carry(thread, **CARD, by=cast.moderator, now=FIRST)
    assert first is not None
    second = carry(
        thread, reference=CARD["reference"], state=Shown.AWAITING_AUTHORITY, holder=Holder.AUTHORITY,
        due_on=date(2026, 12, 14), now=LATER,
    )  # fmt: skip
    assert second is not None
    card = Carriage.objects.get()
    assert (card.state, card.holder, card.due_on) == ("awaiting_authority", "authority", date(2026, 12, 14))
    assert card.since == LATER
    told = entries.entries_after(cast.disability.stream_name, first.position - 1, limit=9)
    assert [entry.kind for entry in told] == [kinds.CARRIAGE_UPDATED] * 2
    assert told[1].refs == {"thread": thread.public_id, "reference": "OMB-2026-00042"}


def test_another_date_leaves_since_when_the_ball_lies_there(cast: Cast) -> None:
    thread = a_thread(cast.disability, cast.member)
    carry(thread, **CARD, now=FIRST)
    carry(thread, **CARD, due_on=date(2026, 12, 1), now=LATER)
    assert Carriage.objects.get().since == FIRST


def test_what_did_not_change_is_not_told(cast: Cast) -> None:
    thread = a_thread(cast.disability, cast.member)
    carry(thread, **CARD, now=FIRST)
    head = entries.head_of(cast.disability.stream_name)
    assert carry(thread, **CARD, now=LATER) is None
    assert entries.head_of(cast.disability.stream_name) == head


def test_a_thread_may_be_carried_by_two_issues(cast: Cast) -> None:
    thread = a_thread(cast.disability, cast.member)
    carry(thread, **CARD)
    carry(thread, **{**CARD, "reference": "OMB-2026-00043"})
    assert Carriage.objects.count() == 2


def test_on_a_thread_of_the_office_it_is_told_to_the_office(cast: Cast) -> None:
    thread = a_thread(cast.torture, cast.member, marking="office")
    place = carry(thread, **CARD)
    assert place is not None
    assert place.stream == cast.torture.office_stream_name
