"""The same verbs when the thread is closed, held, for the office, or its room is archived."""

from collections.abc import Callable
from typing import Any, Final

import pytest

from dialogue.accounts.models import User
from dialogue.rooms import access
from dialogue.rooms.access import triage
from dialogue.rooms.models import Hold, Marking, Post, Room, Thread
from dialogue.rooms.states import Outcome, ThreadState
from tests.cast import NAMES, Cast, a_thread

pytestmark = pytest.mark.django_db

MEMBERS: Final = {"member", "lead", "second_member", "outsider"}
HANDLERS: Final = {"moderator", "officer", "approver", "safety"}
AUTHOR, MODERATOR = {"member"}, {"moderator"}
HOLDERS: Final = {"moderator", "safety"}
WRITERS: Final = MEMBERS | HANDLERS
NOBODY: Final[set[str]] = set()

# condition → verb → who may; what is asked of a post is asked of the author's first one.
TABLE: Final[dict[str, dict[Callable[[Any, Any], bool], set[str]]]] = {
    "open": {
        access.can_post: WRITERS,
        access.can_write_office_note: HANDLERS,
        access.can_be_seen_typing: WRITERS,
        access.can_edit: AUTHOR,
        access.can_withdraw: AUTHOR,
        access.can_react: WRITERS,
    },
    "closed": {
        access.can_post: NOBODY,
        access.can_write_office_note: HANDLERS,
        access.can_be_seen_typing: NOBODY,
        access.can_edit: NOBODY,
        access.can_withdraw: AUTHOR,
        access.can_react: WRITERS,
    },
    "archived": {
        access.can_post: NOBODY,
        access.can_write_office_note: NOBODY,
        access.can_be_seen_typing: NOBODY,
        access.can_edit: NOBODY,
        access.can_withdraw: AUTHOR,
        access.can_react: NOBODY,
    },
    "held": {
        access.can_post: AUTHOR | HOLDERS,
        access.can_write_office_note: HOLDERS,
        access.can_be_seen_typing: NOBODY,
        access.can_edit: AUTHOR,
        access.can_withdraw: AUTHOR,
        access.can_react: AUTHOR | HOLDERS,
    },
    "office": {
        access.can_post: AUTHOR | HANDLERS,
        access.can_write_office_note: HANDLERS,
        access.can_be_seen_typing: NOBODY,
        access.can_edit: AUTHOR,
        access.can_withdraw: AUTHOR,
        access.can_react: AUTHOR | HANDLERS,
    },
}
UNDECIDED: Final = {ThreadState.OPEN, ThreadState.IN_REVIEW, ThreadState.AWAITING_INFO}
EVERY: Final = set(ThreadState)
# verb of triage → (from which states, who); nothing else may.
TRIAGE: Final[dict[Callable[[Any, Any], bool], tuple[set[ThreadState], set[str]]]] = {
    triage.can_take: ({ThreadState.OPEN, ThreadState.AWAITING_INFO}, MODERATOR),
    triage.can_ask: ({ThreadState.OPEN, ThreadState.IN_REVIEW}, MODERATOR),
    triage.can_escalate: (UNDECIDED, MODERATOR),
    triage.can_answer: (UNDECIDED, MODERATOR),
    triage.can_signpost: (UNDECIDED, MODERATOR),
    triage.can_close: (UNDECIDED, MODERATOR),
    triage.can_withdraw_thread: (UNDECIDED, AUTHOR),
    triage.can_reopen: ({ThreadState.CLOSED}, MODERATOR | AUTHOR),
    triage.can_acknowledge: (EVERY, MODERATOR),
    triage.can_hold: (EVERY, HOLDERS),
    triage.can_release: (set(), NOBODY),
    triage.can_see_holds: (EVERY, AUTHOR | HANDLERS),
}
WHILE_HELD: Final = {
    **dict.fromkeys((triage.can_take, triage.can_ask, triage.can_answer, triage.can_signpost), HOLDERS),
    **dict.fromkeys((triage.can_close, triage.can_acknowledge, triage.can_release), HOLDERS),
    triage.can_see_holds: AUTHOR | HOLDERS,
    triage.can_withdraw_thread: AUTHOR,
    triage.can_escalate: NOBODY,
    triage.can_reopen: NOBODY,
    triage.can_hold: NOBODY,
}
# Asked without a thread, or with the verb as a word (tests/rooms/test_triage.py).
OTHERWISE_ASKED: Final = {"can_see_board", "can_move"}


def put_under(thread: Thread, condition: str, by: User) -> Thread:
    if condition == "closed":
        Thread.objects.update(state=ThreadState.CLOSED, outcome=Outcome.ANSWERED)
    elif condition == "archived":
        Room.objects.update(archived_at=thread.raised_at)
    elif condition == "held":
        Hold.objects.create(thread=thread, by=by, at=thread.raised_at, reason="-")
        Thread.objects.update(held_at=thread.raised_at)
    return Thread.objects.select_related("room").get(pk=thread.pk)


def asked_of(verb: Callable[[Any, Any], bool], thread: Thread) -> Thread | Post:
    of_a_post = verb in (access.can_edit, access.can_withdraw, access.can_react)
    return thread.posts.get() if of_a_post else thread


def who_may(cast: Cast, verb: Callable[[Any, Any], bool], thread: Thread) -> set[str]:
    return {name for name in NAMES if verb(cast.named(name), asked_of(verb, thread))}


def test_every_condition_has_every_verb_and_triage_has_all_of_its_own() -> None:
    assert {frozenset(verbs) for verbs in TABLE.values()} == {frozenset(TABLE["open"])}
    exist = {name for name in vars(triage) if name.startswith("can_")}
    assert {verb.__name__ for verb in TRIAGE} | OTHERWISE_ASKED == exist
    assert set(WHILE_HELD) == set(TRIAGE)


@pytest.mark.parametrize("condition", TABLE)
def test_verbs_under_conditions(cast: Cast, condition: str) -> None:
    marking = Marking.OFFICE if condition == "office" else None
    raised = a_thread(cast.disability, cast.member, marking=marking)
    thread = put_under(raised, condition, cast.moderator)
    for verb, allowed in TABLE[condition].items():
        assert who_may(cast, verb, thread) == allowed, verb.__name__


@pytest.mark.parametrize("state", list(ThreadState))
def test_triage_in_every_state(cast: Cast, state: ThreadState) -> None:
    raised = a_thread(cast.disability, cast.member)
    outcome = Outcome.ANSWERED if state is ThreadState.CLOSED else ""
    Thread.objects.filter(pk=raised.pk).update(state=state, outcome=outcome)
    thread = Thread.objects.select_related("room").get(pk=raised.pk)
    for verb, (states, people) in TRIAGE.items():
        assert who_may(cast, verb, thread) == (people if state in states else NOBODY), verb.__name__


def test_triage_while_it_is_held(cast: Cast) -> None:
    thread = put_under(a_thread(cast.disability, cast.member), "held", cast.moderator)
    for verb, allowed in WHILE_HELD.items():
        assert who_may(cast, verb, thread) == allowed, verb.__name__


def test_the_board_is_for_those_who_handle(cast: Cast) -> None:
    assert {name for name in NAMES if triage.can_see_board(cast.named(name))} == HANDLERS
