"""Drafted by one hand, signed by another, in both languages; then it is with the authority."""

from typing import Any

import pytest

from dialogue.issues.access import can_sign
from dialogue.issues.actions.recommendations import (
    draft_recommendation,
    issue_recommendation,
    return_recommendation,
    revise_recommendation,
)
from dialogue.issues.models import Recommendation
from dialogue.issues.queries.lists import count_to_sign, to_sign
from dialogue.issues.states import IssueState
from dialogue.organisations.actions.delegations import delegate
from dialogue.organisations.models import Role
from dialogue.rooms.models import Carriage
from dialogue.text.refusals import Conflict, Forbidden, Invalid, NotFound
from tests.cast import Cast, a_delegate
from tests.issues.carried import BOTH, a_draft, an_issue, an_issued, issue_in, key
from tests.rooms.refusals import journal_of, refused

pytestmark = pytest.mark.django_db


def test_a_draft_waits_for_an_approver_and_is_told_in_the_office_alone(cast: Cast) -> None:
    issue = an_issue(cast)
    draft = a_draft(cast, issue, legal_basis={"ru": "Статья 15."})
    assert (draft.state, draft.drafted_by, draft.addressee.slug) == ("drafted", cast.officer, "akimat")
    kinds = [kind for kind, _refs in journal_of(issue.stream_name)]
    assert kinds == ["issue.registered"]
    assert journal_of(issue.office_stream_name)[-1] == (
        "recommendation.drafted",
        {"issue": issue.reference, "after": 1, "recommendation": draft.public_id},
    )
    assert to_sign(cast.approver) == [draft]
    assert (count_to_sign(cast.approver), count_to_sign(cast.officer)) == (1, 0)


def test_signing_hands_the_issue_to_the_authority(cast: Cast) -> None:
    issued = an_issued(cast)
    issue = issued.issue
    assert (issued.state, issued.issued_by, issued.due_on) == ("issued", cast.approver, None)
    assert (issue.state, issue.holder, issue.due_on) == ("with_authority", "authority", None)
    assert [kind for kind, _refs in journal_of(issue.stream_name)][-2:] == [
        "recommendation.issued",
        "issue.moved",
    ]
    card = Carriage.objects.get(reference=issue.reference)
    assert (card.state, card.holder) == ("awaiting_authority", "authority")
    assert to_sign(cast.approver) == []


def test_a_second_recommendation_moves_nothing(cast: Cast) -> None:
    first = an_issued(cast)
    second = an_issued(cast, first.issue)
    assert second.issue.moves.filter(verb="send").count() == 1
    assert second.issue.recommendations.count() == 2


def test_nobody_signs_their_own_draft(cast: Cast) -> None:
    both = a_delegate("both", cast.organisations["office"], Role.OFFICER)
    delegate(both, cast.organisations["office"], Role.APPROVER, given_by=None)
    draft = a_draft(cast, by=both)
    assert not can_sign(both, draft)
    assert to_sign(both) == []
    with refused(Forbidden, "own_proposal"):
        issue_recommendation(draft, by=both, key=key())
    issue_recommendation(draft, by=cast.approver, key=key())


def test_who_wrote_it_anew_is_its_drafter(cast: Cast) -> None:
    both = a_delegate("both", cast.organisations["office"], Role.OFFICER)
    delegate(both, cast.organisations["office"], Role.APPROVER, given_by=None)
    draft = a_draft(cast)
    revise_recommendation(draft, by=both, key=key(), texts={"ru": "Иначе."})
    with refused(Forbidden, "own_proposal"):
        issue_recommendation(draft, by=both, key=key())


@pytest.mark.parametrize("texts", [{"ru": "Построить."}, {"kk": "Салу."}, {"en": "Build."}])
def test_both_languages_are_needed(cast: Cast, texts: dict[str, str]) -> None:
    draft = a_draft(cast, texts=texts)
    with refused(Conflict, "language_missing") as info:
        issue_recommendation(draft, by=cast.approver, key=key())
    assert info.value.current == {"missing": [code for code in ("kk", "ru") if code not in texts]}
    assert to_sign(cast.approver)[0].missing_languages == tuple(info.value.current["missing"])


def test_an_urgent_one_goes_out_in_one_of_them(cast: Cast) -> None:
    urgent = an_issue(cast, priority="urgent")
    issue_recommendation(a_draft(cast, urgent, texts={"ru": "Сейчас."}), by=cast.approver, key=key())
    in_neither = a_draft(cast, urgent, texts={"en": "Now."})
    with refused(Conflict, "language_missing"):
        issue_recommendation(in_neither, by=cast.approver, key=key())


def test_a_returned_draft_waits_for_its_author(cast: Cast) -> None:
    draft = a_draft(cast)
    return_recommendation(draft, by=cast.approver, key=key(), reason="To whom exactly?")
    assert to_sign(cast.approver) == []
    step = draft.steps.last()
    assert step is not None
    assert (step.verb, step.note, step.by) == ("return", "To whom exactly?", cast.approver)
    with refused(Conflict, "returned"):
        issue_recommendation(draft, by=cast.approver, key=key())
    revise_recommendation(draft, by=cast.officer, key=key(), texts={"ru": "Акимату."})
    draft.refresh_from_db()
    assert draft.is_for_signing
    assert (getattr(draft, "text_ru"), getattr(draft, "text_kk")) == ("Акимату.", BOTH["kk"])  # noqa: B009
    issue_recommendation(draft, by=cast.approver, key=key())


def test_an_older_version_of_a_draft_is_not_written_over(cast: Cast) -> None:
    draft = a_draft(cast)
    revise_recommendation(draft, by=cast.officer, key=key(), texts={"ru": "Раз."}, version=1)
    with refused(Conflict, "conflict") as info:
        revise_recommendation(draft, by=cast.officer, key=key(), texts={"ru": "Два."}, version=1)
    assert info.value.current == {"version": 2}


def test_wrong_input_is_named(cast: Cast) -> None:
    issue = an_issue(cast)
    for slug in ("quiet-coast", "office", "nowhere"):
        with refused(Invalid, "not_a_choice", field="addressee"):
            a_draft(cast, issue, addressee=slug)
    with refused(Invalid, "empty", field="text"):
        a_draft(cast, issue, texts={"ru": " ", "kk": ""})
    with refused(Invalid, "bad_lang", field="lang"):
        a_draft(cast, issue, texts={"de": "Bauen."})
    with refused(Invalid, "too_long", field="text"):
        a_draft(cast, issue, texts={"ru": "я" * 4001})
    draft = a_draft(cast, issue)
    with refused(Invalid, "empty", field="reason"):
        return_recommendation(draft, by=cast.approver, key=key(), reason="")


@pytest.mark.parametrize(("state", "code"), [("closing", "issue_closing"), ("closed", "issue_closed")])
def test_not_while_it_closes(cast: Cast, state: str, code: str) -> None:
    issue = issue_in(cast, IssueState(state))
    with refused(Conflict, code):
        a_draft(cast, issue)


@pytest.mark.parametrize("name", ["moderator", "approver", "safety", "member", "outsider"])
def test_drafting_is_the_officers(cast: Cast, name: str) -> None:
    issue = an_issue(cast)
    with refused(Forbidden, "forbidden"):
        draft_recommendation(issue, by=getattr(cast, name), key=key(), addressee="akimat", texts=BOTH)


@pytest.mark.parametrize("name", ["authority", "member", "observer", "data_officer", "nobody"])
def test_a_draft_does_not_exist_outside_the_office(cast: Cast, name: str) -> None:
    draft = a_draft(cast)
    with refused(NotFound, "not_found"):
        issue_recommendation(draft, by=getattr(cast, name), key=key())


def test_one_key_one_draft(cast: Cast) -> None:
    issue, once = an_issue(cast), key()
    said: dict[str, Any] = {"by": cast.officer, "key": once, "addressee": "akimat"}
    first = draft_recommendation(issue, texts=BOTH, **said)
    assert draft_recommendation(issue, texts=BOTH, **said).thing == first.thing
    with refused(Conflict, "key_reused", field="key"):
        draft_recommendation(issue, texts={"ru": "Другое."}, **said)
    assert Recommendation.objects.count() == 1
