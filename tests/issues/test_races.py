"""Many at once: one issue, one number, the truth for the others. On SQLite's file and on PostgreSQL."""

import os
import uuid
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier

import pytest
from django.db import connection

from dialogue.issues.access import visible_issue
from dialogue.issues.actions.assignment import assign
from dialogue.issues.actions.escalation import escalate
from dialogue.issues.actions.recommendations import issue_recommendation, return_recommendation
from dialogue.issues.models import Escalation, Issue, Number
from dialogue.journal.models import Entry
from dialogue.organisations.models import Role
from dialogue.rooms.models import Carriage, TriageStep
from dialogue.text.refusals import Refusal
from tests.cast import Cast, a_delegate, a_room, a_thread
from tests.issues.carried import WORDS, a_draft, an_issue

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(600)]

AT_ONCE = 8
ROUNDS = int(os.environ.get("ESCALATION_ROUNDS", "40"))


def at_once(acts: Sequence[Callable[[], object]], pool: ThreadPoolExecutor) -> list[str]:
    """Everybody waits for everybody, then all act; what each was told."""
    start = Barrier(len(acts))

    def act(number: int) -> str:
        try:
            start.wait(30)
            acts[number]()
        except Refusal as refusal:
            return f"{refusal.code} {(refusal.current or {}).get('reference', '')}".strip()
        finally:
            connection.close()
        return "done"

    return list(pool.map(act, range(len(acts))))


def test_eight_moderators_make_one_issue(cast: Cast) -> None:
    office = cast.organisations["office"]
    people = [a_delegate(f"moderator-{n}", office, Role.MODERATOR) for n in range(AT_ONCE)]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for number in range(1, ROUNDS + 1):
            thread = a_thread(cast.disability, cast.member)
            acts = [partial(escalate, thread, by=by, key=uuid.uuid4(), **WORDS) for by in people]
            told = at_once(acts, pool)
            reference = Escalation.objects.get(thread=thread).issue.reference
            others = f"already_escalated {reference}"
            assert Counter(told) == {"done": 1, others: AT_ONCE - 1}
            assert reference.endswith(f"{number:05d}")
    assert Issue.objects.count() == Carriage.objects.count() == TriageStep.objects.count() == ROUNDS
    assert Number.objects.get().last == ROUNDS
    assert Entry.objects.filter(kind="issue.registered").count() == ROUNDS


def test_threads_of_many_rooms_get_different_numbers_without_a_hole(cast: Cast) -> None:
    rooms = [a_room(f"room-{n}") for n in range(AT_ONCE)]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for _round in range(4):
            threads = [a_thread(room, cast.member) for room in rooms]
            acts = [
                partial(escalate, thread, by=cast.moderator, key=uuid.uuid4(), **WORDS) for thread in threads
            ]
            assert at_once(acts, pool) == ["done"] * AT_ONCE
    sequences = sorted(Issue.objects.values_list("sequence", flat=True))
    assert sequences == list(range(1, 4 * AT_ONCE + 1))


def test_one_key_pressed_in_many_tabs_is_one_escalation(cast: Cast) -> None:
    thread, key = a_thread(cast.disability, cast.member), uuid.uuid4()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        acts = [partial(escalate, thread, by=cast.moderator, key=key, **WORDS)] * AT_ONCE
        assert at_once(acts, pool) == ["done"] * AT_ONCE
    assert Issue.objects.count() == 1


def test_eight_editors_of_one_version_one_wins(cast: Cast) -> None:
    issue = an_issue(cast)
    people = [a_delegate(f"officer-{n}", cast.organisations["office"], Role.OFFICER) for n in range(AT_ONCE)]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        acts = [
            partial(assign, issue, by=one, key=uuid.uuid4(), assignee=one, version=issue.version)
            for one in people
        ]
        told = at_once(acts, pool)
    assert Counter(told) == {"done": 1, "conflict": AT_ONCE - 1}
    assert visible_issue(cast.officer, issue.reference).assignee == people[told.index("done")]


def test_signing_against_returning(cast: Cast) -> None:
    other = a_delegate("second-approver", cast.organisations["office"], Role.APPROVER)
    with ThreadPoolExecutor(2) as pool:
        for _round in range(4):
            draft = a_draft(cast)
            acts: list[Callable[[], object]] = [
                partial(issue_recommendation, draft, by=cast.approver, key=uuid.uuid4()),
                partial(return_recommendation, draft, by=other, key=uuid.uuid4(), reason="Why?"),
            ]
            told = at_once(acts, pool)
            draft.refresh_from_db()
            signed = (draft.state == "issued", draft.returned_at is None)
            expected = {"done transition_not_allowed": (True, True), "returned done": (False, False)}
            assert expected[" ".join(told)] == signed
