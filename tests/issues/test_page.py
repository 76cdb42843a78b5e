"""The issue's page, lists and what nothing of it may carry: prose in the journal."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from dialogue.calendar.working_days import today_in_almaty
from dialogue.issues import kinds
from dialogue.issues.actions.assignment import assign
from dialogue.issues.actions.escalation import return_escalation
from dialogue.issues.actions.moving import move
from dialogue.issues.actions.notes import note
from dialogue.issues.actions.recommendations import return_recommendation, revise_recommendation
from dialogue.issues.actions.replies import assess, record_no_reply
from dialogue.issues.actions.wording import plan_next_step, reword
from dialogue.issues.queries.lists import followed, issue_list
from dialogue.issues.queries.page import issue_page
from dialogue.issues.queries.timeline import timeline
from dialogue.issues.states import IssueState
from dialogue.journal.entries import head_of
from dialogue.journal.models import Act, Entry
from dialogue.rooms.states import Shown
from tests.cast import Cast, a_post, a_thread
from tests.issues.carried import (
    a_draft,
    a_received,
    an_answered,
    an_issue,
    issue_in,
    key,
    today,
)
from tests.issues.test_replies import ASSESSED

pytestmark = pytest.mark.django_db

SECRET = "zhasyryn"


@pytest.mark.parametrize("state", IssueState)
def test_the_stepper_has_the_eight_shown_states(cast: Cast, state: IssueState) -> None:
    issue = issue_in(cast, state)
    steps = issue_page(cast.member, issue.reference, now=timezone.now()).steps
    assert [step.shown for step in steps] == list(Shown)
    (here,) = [step for step in steps if step.is_now]
    assert here.shown is issue.shown
    assert here.reached is not None
    assert all(step.reached is None for step in steps[steps.index(here) + 1 :])
    assert steps[0].reached == today_in_almaty(issue.threads.get().raised_at)


def test_the_page_carries_the_place_it_can_catch_up_from(cast: Cast) -> None:
    issue = an_issue(cast)
    page = issue_page(cast.member, issue.reference, now=timezone.now())
    assert page.place == head_of(issue.stream_name)
    assert page.office_place is None
    office = issue_page(cast.officer, issue.reference, now=timezone.now())
    assert office.office_place == head_of(issue.office_stream_name)


def test_what_the_page_says(cast: Cast) -> None:
    thread = a_thread(cast.disability, cast.member)
    post = a_post(thread, cast.second_member)
    issue = an_issue(cast, thread, exhibits=[post.public_id])
    received = a_received(cast, issue)
    page = issue_page(cast.member, issue.reference, now=timezone.now())
    assert (page.threads, page.followers, page.is_following) == ([thread], 2, True)
    assert [row.exhibit.number for row in page.exhibits] == [1]
    assert [line.recommendation for line in page.ledger] == [received]
    assert page.due is not None
    assert (page.due.on, page.due.days_left) == (received.due_on, 15)
    assert page.may == {"follow"}


def test_a_contact_of_an_authority_is_named_to_the_office_alone(cast: Cast) -> None:
    """Nor beside the moves of the issue that follow from the receipt and the answer."""
    issue = an_answered(cast).issue
    told = timeline(cast.member, issue)
    moves = [line.refs["verb"] for line in told if line.kind == kinds.ISSUE_MOVED]
    assert "answer" in moves
    assert {line.by for line in told if line.by} == {cast.moderator, cast.approver}
    assert cast.authority in {line.by for line in timeline(cast.officer, issue)}


def test_lists_of_issues(cast: Cast) -> None:
    first, second = an_issue(cast), issue_in(cast, IssueState.CLOSED)
    now = timezone.now()
    assert [card.issue for card in issue_list(cast.member, now=now)] == [second, first]
    assert [card.issue for card in issue_list(cast.member, now=now, states=["closed"])] == [second]
    assert {card.issue for card in followed(cast.member, now=now)} == {first, second}
    assert followed(cast.second_member, now=now) == []


def test_the_journal_holds_no_prose_and_the_common_stream_no_threads(cast: Cast) -> None:
    """Every kind of entry is made with a marker in each text; none of it may arrive there."""
    thread = a_thread(cast.disability, cast.member)
    words = {"ru": f"{SECRET} ru", "kk": f"{SECRET} kk"}
    issue = an_issue(cast, thread, title=SECRET, summary=SECRET)
    assign(issue, by=cast.officer, key=key(), assignee=cast.officer)
    reword(issue, by=cast.officer, key=key(), lang="ru", title=SECRET, summary=SECRET)
    plan_next_step(issue, by=cast.officer, key=key(), on=today(), texts=words)
    note(issue, by=cast.officer, key=key(), texts=words)
    note(issue, by=cast.officer, key=key(), texts=words, office_only=False)
    draft = a_draft(cast, issue, texts=words, legal_basis=words)
    return_recommendation(draft, by=cast.approver, key=key(), reason=SECRET)
    revise_recommendation(draft, by=cast.officer, key=key(), texts=words)
    answered = an_answered(cast, issue, texts=words)
    assess(answered, by=cast.officer, key=key(), **{**ASSESSED, "reasons": words})
    late = a_received(cast, issue, texts=words)
    record_no_reply(late, by=cast.officer, key=key(), now=timezone.now() + timedelta(days=60))
    move(issue, by=cast.officer, key=key(), verb="check", note=SECRET)
    other = an_issue(cast)
    return_escalation(other, by=cast.officer, key=key(), reason=SECRET)

    told = list(Entry.objects.select_related("stream"))
    assert {entry.kind for entry in told} >= {v for k, v in vars(kinds).items() if k.isupper()}
    assert SECRET not in json.dumps([entry.refs for entry in told])
    assert SECRET not in json.dumps(list(Act.objects.values()), default=str)
    common = [entry.refs for entry in told if entry.stream.name == issue.stream_name]
    assert not any({"thread", "post", "exhibits", "grade"} & set(refs) for refs in common)
    assert thread.public_id not in json.dumps(common)
