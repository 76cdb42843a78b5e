"""Every verb from every state by everybody of the cast, against the table."""

import itertools
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from dialogue.accounts.models import User
from dialogue.rooms import access
from dialogue.rooms.actions import moves, triage
from dialogue.rooms.models import Acknowledgement, Thread, TriageStep
from dialogue.rooms.states import TRANSITIONS, Mover, ThreadState
from dialogue.text.refusals import Conflict, Forbidden, NotFound
from tests.cast import Cast, a_thread

pytestmark = pytest.mark.django_db

WORDS = "What we have to say."
VERBS: dict[str, Callable[[Thread, User], Any]] = {
    "take": lambda thread, by: triage.take(thread, by=by, key=uuid.uuid4()),
    "ask": lambda thread, by: triage.ask(thread, by=by, key=uuid.uuid4(), body=WORDS),
    "close": lambda thread, by: triage.close(thread, by=by, key=uuid.uuid4(), outcome="resolved", note=WORDS),
    "withdraw": lambda thread, by: triage.withdraw(thread, by=by, key=uuid.uuid4(), note=WORDS),
    "reopen": lambda thread, by: triage.reopen(thread, by=by, key=uuid.uuid4(), note=WORDS),
    "escalate": lambda thread, by: triage.move_to_escalated(thread, by=by),
    "return": lambda thread, by: moves.mover_of(thread, "return", by=by, note=WORDS, now=timezone.now()),
}
MOVERS = {"moderator": Mover.MODERATOR, "member": Mover.AUTHOR}
SEES = (
    "member",
    "second_member",
    "lead",
    "outsider",
    "moderator",
    "officer",
    "approver",
    "safety",
    "observer",
)
BLIND = ("authority", "data_officer", "nobody")


def in_state(thread: Thread, state: ThreadState) -> Thread:
    """Put there by hand: the ways there are tested beside."""
    outcome = "resolved" if state is ThreadState.CLOSED else ""
    Thread.objects.filter(pk=thread.pk).update(state=state, outcome=outcome, state_since=timezone.now())
    thread.refresh_from_db()
    return thread


def expected(verb: str, source: ThreadState, who: str) -> ThreadState | type[Exception]:
    if who in BLIND:
        return NotFound
    mine = [t for t in TRANSITIONS if t.verb == verb and MOVERS.get(who) in t.who]
    if not mine:
        return Forbidden
    return next((t.target for t in mine if t.source == source), Conflict)


def test_the_table_of_verbs_is_complete() -> None:
    assert {t.verb for t in TRANSITIONS} == {*VERBS, "reply"}


@pytest.mark.parametrize(("verb", "source"), list(itertools.product(VERBS, ThreadState)))
def test_every_verb_from_every_state_by_everybody(cast: Cast, verb: str, source: ThreadState) -> None:
    thread = a_thread(cast.disability, cast.member)
    for who in (*SEES, *BLIND):
        person = cast.named(who)
        assert isinstance(person, User)
        in_state(thread, source)
        steps, wanted = TriageStep.objects.count(), expected(verb, source, who)
        is_allowed = isinstance(wanted, ThreadState)
        assert access.can_move(person, thread, verb) == is_allowed, who
        if isinstance(wanted, ThreadState):
            VERBS[verb](thread, person)
            assert thread.state == wanted, who
        else:
            with pytest.raises(wanted):
                VERBS[verb](thread, person)
            assert Thread.objects.get(pk=thread.pk).state == source, who
        assert TriageStep.objects.count() - steps == is_allowed, who


@pytest.mark.parametrize("who", SEES)
def test_only_moderators_acknowledge(cast: Cast, who: str) -> None:
    person, thread = cast.named(who), a_thread(cast.disability, cast.member)
    assert isinstance(person, User)
    if who == "moderator":
        triage.acknowledge(thread, by=person, key=uuid.uuid4())
        return
    with pytest.raises(Forbidden):
        triage.acknowledge(thread, by=person, key=uuid.uuid4())
    assert not Acknowledgement.objects.exists()
