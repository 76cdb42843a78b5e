"""Each step of issues and recommendations by its form: done, refused with the text kept, or not theirs."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from dialogue.issues.actions.assignment import assign
from dialogue.issues.actions.recommendations import return_recommendation, revise_recommendation
from dialogue.issues.models import Assessment, Issue, Note, Receipt, Recommendation, Response
from dialogue.issues.states import IssueState
from dialogue.journal.models import Act
from tests.cast import Cast, a_thread
from tests.issues.carried import a_draft, a_received, an_answered, an_issue, an_issued, issue_in, key, today
from tests.rooms.pages import as_
from tests.rooms.pages import sent as sent_by_form

pytestmark = pytest.mark.django_db

TYPED = "Something long that nobody wants to type twice."
TOMORROW = (today() + timedelta(days=1)).isoformat()
DONE: dict[str, tuple[str, str, dict[str, Any]]] = {
    "inquire": ("registered", "officer", {"note": TYPED}),
    "check": ("with_authority", "officer", {"note": TYPED}),
    "start_closing": ("follow_up", "approver", {"note": TYPED}),
    "resume": ("closing", "approver", {"note": TYPED}),
    "close": ("closing", "approver", {"note": TYPED, "outcome": "implemented"}),
    "decline": ("inquiry", "approver", {"note": TYPED, "outcome": "outside_mandate"}),
    "return": ("registered", "officer", {"reason": TYPED}),
    "plan": ("inquiry", "officer", {"on": TOMORROW, "next_step_ru": TYPED}),
    "reword": ("inquiry", "moderator", {"lang": "en", "title": "Steps", "summary": TYPED}),
    "note": ("closed", "safety", {"body": TYPED, "lang": "en"}),
    "draft": ("inquiry", "officer", {"addressee": "akimat", "text_ru": TYPED, "text_kk": "Қазақша."}),
}
REFUSED: dict[str, dict[str, Any]] = {
    "inquire": {"note": TYPED + "x" * 2_000},
    "check": {"note": TYPED + "x" * 2_000},
    "start_closing": {"note": TYPED + "x" * 2_000},
    "resume": {"note": TYPED + "x" * 2_000},
    "close": {"note": TYPED, "outcome": ""},
    "decline": {"note": TYPED, "outcome": "implemented"},
    "return": {"reason": TYPED + "x" * 4_000},
    "plan": {"on": "never", "next_step_ru": TYPED},
    "reword": {"lang": "ru", "title": "", "summary": TYPED},
    "note": {"body": TYPED, "lang": "xx"},
    "draft": {"addressee": "nobody", "text_ru": TYPED},
}


def sent(client: Client, address: str, typed: dict[str, Any]) -> HttpResponse:
    return sent_by_form(client, address, typed, via=address)


def address_for(issue: Issue, verb: str) -> str:
    return f"/issues/{issue.reference}/{verb}/"


def step_of(recommendation: Recommendation, verb: str) -> str:
    return f"/recommendations/{recommendation.public_id}/{verb}/"


@pytest.mark.parametrize("verb", DONE)
def test_a_step_is_made_and_stands_on_the_timeline(cast: Cast, verb: str) -> None:
    state, who, typed = DONE[verb]
    issue = issue_in(cast, IssueState(state))
    client, address = as_(getattr(cast, who)), address_for(issue, verb)
    assert sent(client, address, typed)["Location"] == f"/issues/{issue.reference}/"
    assert TYPED in client.get(f"/issues/{issue.reference}/").text or verb == "return"


@pytest.mark.parametrize("verb", REFUSED)
def test_a_refusal_keeps_what_was_typed(cast: Cast, verb: str) -> None:
    state, who, _typed = DONE[verb]
    issue = issue_in(cast, IssueState(state))
    before = Act.objects.count()
    response = sent(as_(getattr(cast, who)), address_for(issue, verb), REFUSED[verb])
    assert response.status_code == 422
    assert TYPED in response.text
    assert 'role="alert"' in response.text
    assert Act.objects.count() == before


@pytest.mark.parametrize("verb", DONE)
def test_whoever_may_not_is_told_before_writing_and_after(cast: Cast, verb: str) -> None:
    issue = issue_in(cast, IssueState(DONE[verb][0]))
    address = address_for(issue, verb)
    version = str(issue.version)
    typed = {"key": str(uuid.uuid4()), **DONE[verb][2]}
    if verb in ("inquire", "check", "start_closing", "resume", "close", "decline", "reword"):
        typed |= {"version": version}
    for name in ("member", "observer"):
        client = as_(getattr(cast, name))
        assert client.get(address).status_code == 403
        refused = client.post(address, typed)
        assert refused.status_code == 403
        assert TYPED in refused.text
    for name in ("authority", "data_officer", "nobody"):
        client = as_(getattr(cast, name))
        assert client.get(address).status_code == 404
        assert client.post(address, {"key": str(uuid.uuid4())}).status_code == 404


def test_a_step_that_does_not_exist_is_missing(cast: Cast) -> None:
    issue = an_issue(cast)
    client = as_(cast.officer)
    assert client.get(address_for(issue, "explode")).status_code == 404
    assert client.get(step_of(a_draft(cast, issue), "explode")).status_code == 404
    assert client.get("/recommendations/nothing/issue/").status_code == 404
    assert client.get("/issues/OMB-1999-00001/").status_code == 404


def test_an_issue_is_given_to_a_case_officer(cast: Cast) -> None:
    issue = an_issue(cast)
    sent(as_(cast.moderator), address_for(issue, "assign"), {"assignee": cast.officer.public_id})
    issue.refresh_from_db()
    assert issue.assignee == cast.officer
    wrong = sent(as_(cast.moderator), address_for(issue, "assign"), {"assignee": cast.member.public_id})
    assert wrong.status_code == 422


def test_who_looked_at_an_older_issue_sees_the_newer_one_and_keeps_the_text(cast: Cast) -> None:
    issue = an_issue(cast)
    client, address = as_(cast.officer), address_for(issue, "inquire")
    page = client.get(address)
    assign(issue, by=cast.moderator, key=key(), assignee=cast.officer)
    typed = {"key": str(uuid.uuid4()), "version": str(issue.version), "note": TYPED}
    response = client.post(address, typed)
    assert page.status_code == 200
    assert response.status_code == 409
    assert TYPED in response.text
    assert "How it stands now" in response.text
    issue.refresh_from_db()
    assert f'value="{issue.version}"' in response.text
    again = client.post(address, typed | {"key": str(uuid.uuid4()), "version": str(issue.version)})
    assert again.status_code == 302


def test_a_step_somebody_else_made_first_is_a_conflict(cast: Cast) -> None:
    issue = an_issue(cast)
    client, address = as_(cast.officer), address_for(issue, "inquire")
    assert sent(client, address, {}).status_code == 302
    issue.refresh_from_db()
    late = {"key": str(uuid.uuid4()), "version": str(issue.version), "note": TYPED}
    response = client.post(address, late)
    assert response.status_code == 409
    assert TYPED in response.text


def test_the_same_form_sent_twice_is_one_act(cast: Cast) -> None:
    issue = an_issue(cast)
    fields = {"key": str(uuid.uuid4()), "body": TYPED, "lang": "en"}
    client = as_(cast.officer)
    answers = [client.post(address_for(issue, "note"), fields).status_code for _ in range(2)]
    assert answers == [302, 302]
    assert Note.objects.filter(office_only=True).count() == 1


def test_a_field_nobody_asked_for_is_refused(cast: Cast) -> None:
    issue = an_issue(cast)
    fields = {"key": str(uuid.uuid4()), "body": TYPED, "lang": "en", "by": "1"}
    response = as_(cast.officer).post(address_for(issue, "note"), fields)
    assert response.status_code == 400
    assert TYPED in response.text


def test_a_letter_is_logged_answered_and_assessed(cast: Cast) -> None:
    issued = an_issued(cast)
    client = as_(cast.officer)
    letter = {"on": today().isoformat(), "channel": "letter", "number": "12-3/45"}
    assert sent(client, step_of(issued, "receive"), letter).status_code == 302
    assert Receipt.objects.get().number == "12-3/45"
    said = letter | {"position": "accepted", "text": TYPED, "lang": "ru"}
    assert sent(client, step_of(issued, "answer"), said).status_code == 302
    assert Response.objects.get().text == TYPED
    judged = {"position": "accepted", "implementation": "none", "grade": "", "reason_kk": TYPED}
    assert sent(client, step_of(issued, "assess"), judged).status_code == 302
    assert Assessment.objects.get().by == cast.officer


@pytest.mark.parametrize(
    ("verb", "typed"),
    [
        ("receive", {"on": TOMORROW, "channel": "letter", "number": TYPED}),
        ("receive", {"on": today().isoformat(), "channel": "letter", "number": " "}),
        ("answer", {"on": today().isoformat(), "channel": "pigeon", "position": "accepted", "text": TYPED}),
        (
            "answer",
            {"on": TOMORROW, "channel": "workspace", "position": "noted", "text": TYPED, "lang": "ru"},
        ),
    ],
)
def test_a_wrong_letter_is_refused_and_kept(cast: Cast, verb: str, typed: dict[str, str]) -> None:
    response = sent(as_(cast.officer), step_of(an_issued(cast), verb), typed)
    assert response.status_code == 422
    assert all(text in response.text for text in typed.values() if text == TYPED)
    assert not Receipt.objects.exists()
    assert not Response.objects.exists()


def test_reasons_are_kept_where_an_assessment_is_refused(cast: Cast) -> None:
    judged = {"position": "perhaps", "implementation": "none", "grade": "", "reason_ru": TYPED}
    response = sent(as_(cast.officer), step_of(an_answered(cast), "assess"), judged)
    assert response.status_code == 422
    assert TYPED in response.text


def test_no_reply_is_recorded_only_when_the_time_is_over(cast: Cast) -> None:
    response = sent(as_(cast.officer), step_of(a_received(cast), "lapse"), {})
    assert response.status_code == 409
    assert "The time for an answer still runs." in response.text


def test_a_returned_draft_is_written_anew(cast: Cast) -> None:
    draft = a_draft(cast)
    return_recommendation(draft, by=cast.approver, key=key(), reason="Name the day.")
    page = as_(cast.officer).get(step_of(draft, "revise")).text
    assert "Построить пандус." in page
    assert sent(as_(cast.officer), step_of(draft, "revise"), {"text_ru": TYPED}).status_code == 302
    draft.refresh_from_db()
    assert draft.returned_at is None
    assert TYPED in as_(cast.approver).get("/to-sign/").text


def test_two_who_write_the_same_draft_anew(cast: Cast) -> None:
    draft = a_draft(cast)
    typed = {"key": str(uuid.uuid4()), "version": str(draft.version), "text_ru": TYPED}
    revise_recommendation(draft, by=cast.officer, key=key(), texts={"ru": "Quicker."}, version=draft.version)
    response = as_(cast.officer).post(step_of(draft, "revise"), typed)
    assert response.status_code == 409
    assert TYPED in response.text
    assert "Quicker." in response.text


def test_steps_of_an_issue_in_a_closed_room_are_missing_for_strangers(cast: Cast) -> None:
    draft = a_draft(cast, an_issue(cast, a_thread(cast.torture, cast.member)))
    issued = an_issued(cast, an_issue(cast, a_thread(cast.torture, cast.member)))
    for name in ("outsider", "observer", "authority", "data_officer", "nobody"):
        client = as_(getattr(cast, name))
        for row, verb in ((draft, "issue"), (draft, "revise"), (issued, "receive"), (issued, "assess")):
            assert client.get(step_of(row, verb)).status_code == 404
            assert client.post(step_of(row, verb), {"key": str(uuid.uuid4())}).status_code == 404
