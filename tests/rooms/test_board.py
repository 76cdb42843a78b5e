"""What waits for the office, in the order in which it should be looked at."""

import uuid
from datetime import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dialogue.accounts.models import User
from dialogue.calendar.working_days import ALMATY
from dialogue.rooms.actions import holds, triage
from dialogue.rooms.models import Thread
from dialogue.rooms.queries.board import Column, awaiting_triage, count_awaiting, decided_since
from dialogue.text.refusals import NotFound
from tests.cast import NAMES, Cast, a_thread

pytestmark = pytest.mark.django_db

HANDLERS = ("moderator", "officer", "approver", "safety")
MONDAY = datetime(2026, 11, 23, 10, tzinfo=ALMATY)
WEDNESDAY = datetime(2026, 11, 25, 10, tzinfo=ALMATY)


def raised(cast: Cast, urgency: str, **fields: object) -> Thread:
    return a_thread(cast.disability, cast.member, urgency=urgency, now=MONDAY, **fields)


def board_of(person: User) -> dict[str, Column]:
    return {column.state.value: column for column in awaiting_triage(person, now=WEDNESDAY)}


@pytest.mark.parametrize("who", NAMES)
def test_the_board_is_for_handlers(cast: Cast, who: str) -> None:
    raised(cast, "normal")
    person = cast.named(who)
    if who in HANDLERS:
        assert [len(column.cards) for column in awaiting_triage(person, now=WEDNESDAY)] == [1, 0, 0]
        assert count_awaiting(person) == 1
        return
    for ask in (lambda: awaiting_triage(person, now=WEDNESDAY), lambda: decided_since(person, MONDAY)):
        with pytest.raises(NotFound):
            ask()
    assert count_awaiting(person) == 0


def test_the_overdue_come_first_and_then_what_is_due_soonest(cast: Cast) -> None:
    low, high, normal = raised(cast, "low"), raised(cast, "high"), raised(cast, "normal")
    urgent = raised(cast, "urgent")
    column = board_of(cast.moderator)["open"]
    assert [card.thread for card in column.cards] == [urgent, high, normal, low]
    assert [card.is_overdue for card in column.cards] == [True, True, False, False]
    assert column.overdue == 2


def test_the_clock_stops_when_somebody_takes_it_up(cast: Cast) -> None:
    thread = raised(cast, "high")
    triage.take(thread, by=cast.moderator, key=uuid.uuid4())
    card = board_of(cast.moderator)["in_review"].cards[0]
    assert (card.thread, card.due_at, card.is_overdue) == (thread, None, False)
    triage.ask(thread, by=cast.moderator, key=uuid.uuid4(), body="Where?")
    assert [len(column.cards) for column in board_of(cast.moderator).values()] == [0, 0, 1]


def test_discussions_wait_for_nobody(cast: Cast) -> None:
    raised(cast, "normal", kind="discussion")
    assert not any(column.cards for column in board_of(cast.moderator).values())
    assert count_awaiting(cast.moderator) == 0


def test_what_is_held_is_a_neutral_stub_for_those_who_may_not_see_it(cast: Cast) -> None:
    thread = raised(cast, "urgent")
    holds.hold(thread, by=cast.safety, key=uuid.uuid4(), reason="Danger.")
    stub = board_of(cast.moderator)["open"].cards[0]
    assert (stub.thread, stub.due_at, stub.is_held, stub.room) == (None, None, True, cast.disability)
    assert board_of(cast.safety)["open"].cards[0].thread == thread


def test_the_mark_counts_what_the_first_column_offers_this_reader(cast: Cast) -> None:
    raised(cast, "normal")
    thread = raised(cast, "urgent")
    holds.hold(thread, by=cast.safety, key=uuid.uuid4(), reason="Danger.")
    for person, count in ((cast.moderator, 1), (cast.safety, 2)):
        assert count_awaiting(person) == len(board_of(person)["open"].readable) == count


def test_decided_ones_stand_beside_for_a_while(cast: Cast) -> None:
    thread, other = raised(cast, "low"), raised(cast, "low")
    triage.close(
        thread, by=cast.moderator, key=uuid.uuid4(), outcome="resolved", note="Built.", now=WEDNESDAY
    )
    assert other not in decided_since(cast.officer, MONDAY)
    assert decided_since(cast.officer, MONDAY) == [thread]
    assert decided_since(cast.officer, datetime(2026, 11, 26, tzinfo=ALMATY)) == []


def test_more_cards_need_no_more_queries(cast: Cast) -> None:
    for urgency in ("low", "normal", "high", "urgent", "low", "normal"):
        raised(cast, urgency)
    with CaptureQueriesContext(connection) as asked:
        for card in board_of(cast.moderator)["open"].cards:
            assert card.thread is not None
            assert card.thread.raised_by == cast.member
            assert not card.thread.carriages.all()
    assert len(asked) <= 6
