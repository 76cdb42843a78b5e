"""Every pair of states and every verb: what is not in this table must be refused."""

import itertools

import pytest

from dialogue.rooms.states import TRANSITIONS, Guard, Mover, ThreadState, transition, verbs_from

MODERATOR, AUTHOR, ISSUE = Mover.MODERATOR, Mover.AUTHOR, Mover.ISSUE
ALLOWED = {
    ("open", "in_review"): {("take", MODERATOR)},
    ("open", "awaiting_info"): {("ask", MODERATOR)},
    ("open", "escalated"): {("escalate", MODERATOR)},
    ("open", "closed"): {("close", MODERATOR), ("withdraw", AUTHOR)},
    ("in_review", "awaiting_info"): {("ask", MODERATOR)},
    ("in_review", "escalated"): {("escalate", MODERATOR)},
    ("in_review", "closed"): {("close", MODERATOR), ("withdraw", AUTHOR)},
    ("awaiting_info", "in_review"): {("take", MODERATOR), ("reply", AUTHOR)},
    ("awaiting_info", "escalated"): {("escalate", MODERATOR)},
    ("awaiting_info", "closed"): {("close", MODERATOR), ("withdraw", AUTHOR)},
    ("escalated", "in_review"): {("return", ISSUE)},
    ("closed", "open"): {("reopen", MODERATOR), ("reopen", AUTHOR)},
}


@pytest.mark.parametrize(("source", "target"), list(itertools.product(ThreadState, repeat=2)))
def test_only_these_moves_exist(source: ThreadState, target: ThreadState) -> None:
    moves = {(t.verb, who) for t in TRANSITIONS if (t.source, t.target) == (source, target) for who in t.who}
    assert moves == ALLOWED.get((source, target), set())


def test_nothing_closes_without_a_note() -> None:
    closing = [t for t in TRANSITIONS if t.target == ThreadState.CLOSED]
    assert closing
    assert {t.guard for t in closing} == {Guard.NOTE}


def test_a_verb_leads_to_one_place_only() -> None:
    starts = [(t.verb, t.source, who) for t in TRANSITIONS for who in t.who]
    assert len(starts) == len(set(starts))


def test_an_author_reopens_within_thirty_days_only() -> None:
    found = transition("reopen", ThreadState.CLOSED, AUTHOR)
    assert found is not None
    assert found.guard is Guard.WITHIN_30_DAYS


def test_a_refusal_can_name_what_is_allowed() -> None:
    assert transition("escalate", ThreadState.CLOSED, MODERATOR) is None
    assert verbs_from(ThreadState.CLOSED, MODERATOR) == ("reopen",)
    assert verbs_from(ThreadState.ESCALATED, AUTHOR) == ()
    assert verbs_from(ThreadState.ESCALATED, MODERATOR) == ()
