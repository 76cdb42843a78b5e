"""Every state × verb × person of a recommendation; the acts and the table say the same."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from dialogue.accounts.models import User
from dialogue.issues.access import can_step, steps_for
from dialogue.issues.actions.recommendations import (
    issue_recommendation,
    return_recommendation,
    revise_recommendation,
)
from dialogue.issues.actions.replies import assess, record_no_reply, record_receipt, record_response
from dialogue.issues.models import Recommendation
from dialogue.issues.states import RECOMMENDATION_TRANSITIONS, RecommendationState
from dialogue.text.refusals import Refusal
from tests.cast import NAMES, Cast
from tests.issues.carried import BOTH, a_draft, a_received, an_answered, an_issued, key, today
from tests.issues.test_replies import ASSESSED

pytestmark = pytest.mark.django_db

Doing = Callable[[Recommendation, User], object]
WORKSPACE: dict[str, Any] = {"channel": "workspace"}
REPLY: dict[str, Any] = {"position": "noted", "text": "Noted.", "lang": "en", **WORKSPACE}
DOING: dict[str, Doing] = {
    "revise": lambda it, by: revise_recommendation(it, by=by, key=key(), texts=BOTH),
    "return": lambda it, by: return_recommendation(it, by=by, key=key(), reason="Why?"),
    "issue": lambda it, by: issue_recommendation(it, by=by, key=key()),
    "receive": lambda it, by: record_receipt(it, by=by, key=key(), on=today(), **WORKSPACE),
    "answer": lambda it, by: record_response(it, by=by, key=key(), on=today(), **REPLY),
    "lapse": lambda it, by: record_no_reply(it, by=by, key=key(), now=timezone.now() + timedelta(60)),
    "assess": lambda it, by: assess(it, by=by, key=key(), **ASSESSED),
}
WHO = {
    "revise": {"officer"},
    "return": {"approver"},
    "issue": {"approver"},
    "receive": {"officer", "authority"},
    "answer": {"officer", "authority"},
    "lapse": {"officer"},
    "assess": {"officer"},
}
LEADS_TO: dict[tuple[str, str], str] = {
    ("drafted", "revise"): "drafted",
    ("drafted", "return"): "drafted",
    ("drafted", "issue"): "issued",
    ("issued", "receive"): "issued",
    ("issued", "answer"): "responded",
    ("no_reply", "answer"): "responded",
    ("assessed", "answer"): "responded",
    ("issued", "lapse"): "no_reply",
    ("responded", "assess"): "assessed",
    ("no_reply", "assess"): "assessed",
    ("assessed", "assess"): "assessed",
}
# What an act finds after the table has let it through.
GUARDED = {("issued", "lapse"): "still_in_time"}
STRANGERS = {"data_officer", "nobody", "visitor"}
READERS = {"member", "lead", "second_member", "outsider", "observer"}


def one_in(cast: Cast, state: RecommendationState) -> Recommendation:
    ways: dict[str, Callable[[Cast], Recommendation]] = {
        "drafted": a_draft,
        "issued": an_issued,
        "no_reply": a_received,
        "responded": an_answered,
        "assessed": an_answered,
        "closed": an_answered,
    }
    made = ways[state](cast)
    if state == "no_reply":
        record_no_reply(made, by=cast.officer, key=key(), now=timezone.now() + timedelta(60))
    if state == "assessed":
        assess(made, by=cast.officer, key=key(), **ASSESSED)
    if state == "closed":  # the act of closing comes with the closing of issues
        Recommendation.objects.filter(pk=made.pk).update(state=state)
    made.refresh_from_db()
    return made


def told(it: Recommendation, verb: str, by: Any) -> str:
    try:
        with transaction.atomic():
            DOING[verb](it, by)
            done = f"done {Recommendation.objects.get(pk=it.pk).state}"
            transaction.set_rollback(True)
    except Refusal as refusal:
        return refusal.code
    return done


def expected(state: str, verb: str, name: str) -> str:
    is_hidden = state == "drafted" and name in READERS | {"authority"}
    if name in STRANGERS or is_hidden:
        return "not_found"
    if name not in WHO[verb]:
        return "forbidden"
    target = LEADS_TO.get((state, verb))
    return GUARDED.get((state, verb), f"done {target}") if target else "transition_not_allowed"


@pytest.mark.parametrize("state", RecommendationState)
def test_every_verb_of_every_person(cast: Cast, state: RecommendationState) -> None:
    it = one_in(cast, state)
    cells = [(verb, name) for verb in DOING for name in NAMES]
    answers = {(verb, name): told(it, verb, cast.named(name)) for verb, name in cells}
    assert answers == {(verb, name): expected(state, verb, name) for verb, name in cells}


@pytest.mark.parametrize("state", RecommendationState)
def test_buttons_say_what_the_acts_do(cast: Cast, state: RecommendationState) -> None:
    it = one_in(cast, state)
    shown = {(verb, name) for verb in DOING for name in NAMES if can_step(cast.named(name), it, verb)}
    assert shown == {(verb, name) for (known, verb) in LEADS_TO if known == state for name in WHO[verb]}


@pytest.mark.parametrize("state", RecommendationState)
def test_the_buttons_of_a_line(cast: Cast, state: RecommendationState) -> None:
    it = one_in(cast, state)
    shown = {(verb, name) for name in NAMES for verb in steps_for(cast.named(name), it)}
    assert shown == {(verb, name) for (known, verb) in LEADS_TO if known == state for name in WHO[verb]}


def test_no_verb_is_without_a_cell() -> None:
    table = {(t.source.value, t.verb): t.target.value for t in RECOMMENDATION_TRANSITIONS}
    assert table == LEADS_TO
    assert set(DOING) == set(WHO) == {verb for _state, verb in LEADS_TO}
    for line in RECOMMENDATION_TRANSITIONS:
        names = {"addressee": "authority"}
        assert {names.get(who.value, who.value) for who in line.who} == WHO[line.verb]
