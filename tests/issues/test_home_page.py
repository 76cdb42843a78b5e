"""Home, “To sign” and what an authority was asked, as pages."""

import uuid

import pytest

from dialogue.issues.actions.assignment import assign
from dialogue.issues.actions.following import follow
from dialogue.issues.actions.recommendations import return_recommendation
from dialogue.issues.models import Recommendation
from dialogue.organisations.actions.delegations import delegate
from dialogue.organisations.models import Role
from dialogue.rooms.actions.holds import hold
from dialogue.rooms.actions.triage import ask, close
from tests import cast as people
from tests.cast import Cast, a_post, a_thread
from tests.issues.carried import a_draft, a_received, an_issue, an_issued, key
from tests.issues.test_issue_page import told
from tests.rooms.pages import as_, form_in

pytestmark = pytest.mark.django_db

SIGN = "/to-sign/"
TYPED = "Name the day and who does it."


def step_of(draft: Recommendation, verb: str) -> str:
    return f"/recommendations/{draft.public_id}/{verb}/"


@pytest.mark.parametrize("name", [name for name in people.NAMES if name != "visitor"])
def test_who_gets_which_page(cast: Cast, name: str) -> None:
    an_issued(cast)
    client = as_(getattr(cast, name))
    assert client.get("/home/").status_code == 200
    assert client.get(SIGN).status_code == (200 if name == "approver" else 404)
    assert client.get("/addressed/").status_code == (200 if name == "authority" else 404)


def test_the_front_door_leads_home(cast: Cast) -> None:
    assert as_(cast.member).get("/")["Location"] == "/home/"


def test_a_draft_is_signed_from_its_card(cast: Cast) -> None:
    draft = a_draft(cast)
    client = as_(cast.approver)
    fields = form_in(client.get(SIGN).text, step_of(draft, "issue"))
    assert client.post(step_of(draft, "issue"), fields)["Location"] == SIGN
    draft.refresh_from_db()
    assert (draft.state, draft.issued_by) == ("issued", cast.approver)
    assert "Nothing waits for your signature" in client.get(SIGN).text


def test_a_draft_is_returned_from_its_card_and_a_refusal_keeps_the_note(cast: Cast) -> None:
    draft = a_draft(cast)
    client = as_(cast.approver)
    fields = form_in(client.get(SIGN).text, step_of(draft, "return"))
    refused = client.post(step_of(draft, "return"), fields | {"reason": TYPED + "x" * 2_000})
    assert refused.status_code == 422
    assert TYPED in refused.text
    assert client.post(step_of(draft, "return"), fields | {"reason": TYPED})["Location"] == SIGN
    draft.refresh_from_db()
    assert draft.returned_at is not None
    assert TYPED not in as_(cast.member).get(f"/issues/{draft.issue.reference}/").text


def test_nobody_signs_an_own_proposal(cast: Cast) -> None:
    both = people.a_delegate("both", cast.organisations["office"], Role.OFFICER)
    delegate(both, cast.organisations["office"], Role.APPROVER, given_by=None)
    own, others = a_draft(cast, by=both), a_draft(cast)
    client = as_(both)
    page = client.get(SIGN).text
    assert step_of(own, "issue") not in page
    assert step_of(others, "issue") in page
    assert client.get(step_of(own, "issue")).status_code == 403
    refused = client.post(step_of(own, "issue"), {"key": str(uuid.uuid4())})
    assert refused.status_code == 403
    assert "somebody else must sign it" in refused.text
    own.refresh_from_db()
    assert own.state == "drafted"


@pytest.mark.parametrize("name", ["moderator", "officer", "safety"])
def test_only_an_approver_signs(cast: Cast, name: str) -> None:
    draft = a_draft(cast)
    client = as_(getattr(cast, name))
    for verb in ("issue", "return"):
        fields = {"key": str(uuid.uuid4()), **({"reason": TYPED} if verb == "return" else {})}
        assert client.post(step_of(draft, verb), fields).status_code == 403
    draft.refresh_from_db()
    assert draft.state == "drafted"


def test_a_missing_language_is_said_and_not_offered_for_signing(cast: Cast) -> None:
    draft = a_draft(cast, texts={"ru": "Построить пандус."})
    client = as_(cast.approver)
    page = client.get(SIGN).text
    assert "Missing: Қазақша" in told(page)
    assert f'action="{step_of(draft, "issue")}"' not in page
    response = client.post(step_of(draft, "issue"), {"key": str(uuid.uuid4())})
    assert response.status_code == 409


def test_home_asks_the_author_for_an_answer_until_it_is_there(cast: Cast) -> None:
    thread = a_thread(cast.disability, cast.member, title="No ramp at all")
    ask(thread, by=cast.moderator, key=key(), body="Where?")
    client = as_(cast.member)
    assert "Asked of you" in client.get("/home/").text
    assert "Asked of you" not in as_(cast.second_member).get("/home/").text
    thread.refresh_from_db()
    a_post(thread, cast.member, "Here.")
    assert "Asked of you" not in client.get("/home/").text


def test_home_says_from_where_to_where_and_who_has_it(cast: Cast) -> None:
    issue = an_issue(cast)
    a_received(cast, issue)
    page = told(as_(cast.member).get("/home/").text)
    assert "Taken up" in page
    assert "Awaiting authority" in page
    assert "With the authority · 0 working days" in page
    assert issue.reference in page
    assert "My concerns" not in told(as_(cast.second_member).get("/home/").text)


def test_home_counts_what_is_unread_by_room_and_shows_what_is_followed(cast: Cast) -> None:
    thread = a_thread(cast.disability, cast.member)
    a_post(thread, cast.second_member)
    issue = an_issue(cast, thread)
    page = as_(cast.lead).get("/home/").text
    assert "disability en" in page
    assert issue.reference not in page
    follow(issue, by=cast.lead)
    assert issue.reference in as_(cast.lead).get("/home/").text


def test_home_says_what_waits_in_the_office(cast: Cast) -> None:
    a_thread(cast.disability, cast.member)
    draft = a_draft(cast)
    assert "1 new concern waits for triage" in told(as_(cast.moderator).get("/home/").text)
    assert "1 recommendation waits for your signature" in told(as_(cast.approver).get("/home/").text)
    return_recommendation(draft, by=cast.approver, key=key(), reason=TYPED)
    assign(draft.issue, by=cast.moderator, key=key(), assignee=cast.officer)
    officer = as_(cast.officer).get("/home/").text
    assert "Your draft was returned with a note." in officer
    assert step_of(draft, "revise") in officer
    assert "You lead it" in told(officer)


def test_a_held_thread_is_asked_of_the_safety_officer_and_of_no_triage(cast: Cast) -> None:
    thread = a_thread(cast.disability, cast.member, title="Somebody waits outside")
    hold(thread, by=cast.safety, key=key(), reason=TYPED)
    safety = as_(cast.safety).get("/home/").text
    assert thread.title in safety
    assert "You look after it." in told(safety)
    moderator = as_(cast.moderator).get("/home/").text
    assert thread.title not in moderator
    assert "for triage" not in told(moderator)


def test_an_authority_sees_what_it_was_asked_and_nothing_else(cast: Cast) -> None:
    thread = a_thread(cast.disability, cast.member, title="zhasyryn title")
    received = a_received(cast, an_issue(cast, thread, title="zhasyryn issue", summary="zhasyryn"))
    a_draft(cast, received.issue, texts={"kk": "zhasyryn draft", "ru": "zhasyryn draft"})
    for address in ("/home/", "/addressed/"):
        page = as_(cast.authority).get(address).text
        assert "Построить пандус." in page
        assert "working days left" in page
        for word in ("zhasyryn", received.issue.reference, "quiet-coast", "disability"):
            assert word not in page


def test_the_way_around_names_what_is_open_to_somebody(cast: Cast) -> None:
    a_draft(cast)
    places = {
        "member": {"/home/", "/rooms/", "/issues/"},
        "approver": {"/home/", "/rooms/", "/triage/", "/issues/", SIGN},
        "authority": {"/home/"},
    }
    for name, expected in places.items():
        top = as_(getattr(cast, name)).get("/home/").text.split('class="top__nav"')[1].split("</nav>")[0]
        found = {part.split('"')[0] for part in top.split('href="')[1:]}
        assert found == expected, name
    assert '>1<span class="visually-hidden"> waiting</span>' in as_(cast.approver).get("/home/").text


def test_a_closed_concern_says_so_once(cast: Cast) -> None:
    thread = a_thread(cast.disability, cast.member, title="Ramp")
    close(thread, by=cast.moderator, key=key(), outcome="resolved", note="Built.")
    page = as_(cast.member).get("/home/").text
    mine = page[page.index("My concerns") : page.index("Not read yet")]
    assert "Ramp" in mine
    assert mine.count("Closed") == 1
