"""Every state × verb × person: what is not named here is refused, and refused writes nothing."""

import pytest
from django.db import transaction

from dialogue.issues.access import can_move
from dialogue.issues.actions.moving import move
from dialogue.issues.models import Issue
from dialogue.issues.states import (
    HOLDER_OF,
    RECOMMENDATION_TRANSITIONS,
    SHOWN_OF_ISSUE,
    SHOWN_OF_RECOMMENDATION,
    TRANSITIONS,
    VERBS_OF_MOVE,
    IssueState,
    RecommendationState,
)
from dialogue.rooms.models import Carriage
from dialogue.text.refusals import Conflict, Invalid, Refusal
from tests.cast import NAMES, Cast
from tests.issues.carried import an_answered, an_issue, an_issued, issue_in, key
from tests.rooms.refusals import head, journal_of, refused

pytestmark = pytest.mark.django_db

# (state, verb) → who, and where it leads.
ALLOWED: dict[tuple[str, str], tuple[str, str]] = {
    ("registered", "inquire"): ("officer", "inquiry"),
    ("with_authority", "check"): ("officer", "follow_up"),
    ("follow_up", "start_closing"): ("approver", "closing"),
    ("closing", "resume"): ("approver", "follow_up"),
    ("closing", "close"): ("approver", "closed"),
    ("registered", "decline"): ("approver", "closed"),
    ("inquiry", "decline"): ("approver", "closed"),
}
DOER = {
    **dict.fromkeys(("inquire", "check"), "officer"),
    **dict.fromkeys(("start_closing", "resume", "close", "decline"), "approver"),
}
# Of the cast, who may not even know of the issue.
STRANGERS = {"authority", "data_officer", "nobody", "visitor"}


def told(cast: Cast, issue: Issue, verb: str, name: str) -> str:
    """What this person is answered; whatever was written is undone."""
    try:
        with transaction.atomic():
            move(issue, by=cast.named(name), key=key(), verb=verb, note="Why.", outcome="implemented")  # type: ignore[arg-type]
            done = f"done {Issue.objects.get(pk=issue.pk).state}"
            transaction.set_rollback(True)
    except Refusal as refusal:
        return refusal.code
    return done


def expected(state: str, verb: str, name: str) -> str:
    if name in STRANGERS:
        return "not_found"
    if name != DOER[verb]:
        return "forbidden"
    who, target = ALLOWED.get((state, verb), ("", ""))
    return f"done {target}" if who == name else "transition_not_allowed"


@pytest.mark.parametrize("state", IssueState)
def test_every_verb_of_every_person(cast: Cast, state: IssueState) -> None:
    issue = issue_in(cast, state)
    cells = [(verb, name) for verb in VERBS_OF_MOVE for name in NAMES]
    answers = {cell: told(cast, issue, *cell) for cell in cells}
    assert answers == {(verb, name): expected(state, verb, name) for verb, name in cells}


@pytest.mark.parametrize("state", IssueState)
def test_buttons_say_what_the_acts_do(cast: Cast, state: IssueState) -> None:
    issue = issue_in(cast, state)
    shown = {
        (verb, name) for verb in VERBS_OF_MOVE for name in NAMES if can_move(cast.named(name), issue, verb)
    }
    assert shown == {(verb, who) for (known, verb), (who, _to) in ALLOWED.items() if known == state}


def test_the_table_is_the_one_of_the_product_page() -> None:
    chosen = {(t.source.value, t.verb): t.target.value for t in TRANSITIONS if t.verb in VERBS_OF_MOVE}
    assert chosen == {cell: target for cell, (_who, target) in ALLOWED.items()}
    inside = {(t.source.value, t.verb, t.target.value) for t in TRANSITIONS if t.verb not in VERBS_OF_MOVE}
    sent = {(source, "send", "with_authority") for source in ("registered", "inquiry", "follow_up")}
    returned = {(source, "return", "closed") for source in ("registered", "inquiry")}
    assert inside == sent | returned


def test_every_state_is_shown_and_held_by_somebody() -> None:
    assert set(SHOWN_OF_ISSUE) == set(HOLDER_OF) == set(IssueState)
    assert set(SHOWN_OF_RECOMMENDATION) == set(RecommendationState)
    assert {t.target for t in TRANSITIONS} == set(IssueState) - {IssueState.REGISTERED}
    assert {t.source for t in RECOMMENDATION_TRANSITIONS} == set(RecommendationState) - {
        RecommendationState.CLOSED
    }


@pytest.mark.parametrize("verb", ["send", "return", "register", "", "CLOSE"])
def test_no_other_verb_is_a_move(cast: Cast, verb: str) -> None:
    issue = an_issue(cast)
    with refused(Invalid, "not_a_choice", field="verb"):
        move(issue, by=cast.approver, key=key(), verb=verb)


def test_a_move_is_kept_told_and_shown_on_the_card(cast: Cast) -> None:
    issue = issue_in(cast, IssueState.FOLLOW_UP)
    before = head(issue.stream_name)
    move(issue, by=cast.approver, key=key(), verb="start_closing", note="All was built.")
    issue.refresh_from_db()
    row = issue.moves.last()
    assert row is not None
    assert (row.verb, row.note, row.by, row.holder) == (
        "start_closing",
        "All was built.",
        cast.approver,
        "ngo",
    )
    facts = {"verb": "start_closing", "source": "follow_up", "target": "closing", "holder": "ngo"}
    assert journal_of(issue.stream_name)[before:] == [
        ("issue.moved", {"issue": issue.reference, "move": row.pk, **facts})
    ]
    card = Carriage.objects.get(reference=issue.reference)
    assert (card.state, card.holder) == ("your_view", "ngo")


def test_what_needs_a_note_or_an_outcome_says_so(cast: Cast) -> None:
    issue = issue_in(cast, IssueState.CLOSING)
    with refused(Invalid, "empty", field="note"):
        move(issue, by=cast.approver, key=key(), verb="resume")
    with refused(Invalid, "empty", field="outcome"):
        move(issue, by=cast.approver, key=key(), verb="close", note="Built.")
    with refused(Invalid, "not_a_choice", field="outcome"):
        move(issue, by=cast.approver, key=key(), verb="close", note="Built.", outcome="perfect")


def test_an_outcome_is_kept_only_where_it_closes(cast: Cast) -> None:
    issue = an_issue(cast)
    move(issue, by=cast.officer, key=key(), verb="inquire", outcome="implemented")
    issue.refresh_from_db()
    assert (issue.state, issue.outcome) == ("inquiry", "")


def test_results_are_checked_only_when_there_are_some(cast: Cast) -> None:
    waiting = an_issued(cast).issue
    with refused(Conflict, "no_reply_yet"):
        move(waiting, by=cast.officer, key=key(), verb="check")
    answered = an_answered(cast).issue
    move(answered, by=cast.officer, key=key(), verb="check")


def test_who_looked_at_an_older_version_is_told(cast: Cast) -> None:
    issue = an_issue(cast)
    move(issue, by=cast.officer, key=key(), verb="inquire", version=issue.version)
    with refused(Conflict, "conflict") as info:
        move(issue, by=cast.approver, key=key(), verb="decline", note="Why.", version=issue.version)
    assert info.value.current == {"version": issue.version + 1, "state": "inquiry"}


def test_the_same_key_moves_once(cast: Cast) -> None:
    issue, once = an_issue(cast), key()
    first = move(issue, by=cast.officer, key=once, verb="inquire")
    again = move(issue, by=cast.officer, key=once, verb="inquire")
    assert (again.place, again.is_repeat) == (first.place, True)
