"""The clock of an authority: from receipt, in working days, and who has the ball meanwhile."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from dialogue.calendar.working_days import ALMATY, current_calendar, due_after
from dialogue.issues.actions.recommendations import issue_recommendation
from dialogue.issues.actions.replies import assess, record_no_reply, record_receipt, record_response
from dialogue.issues.models import Assessment, Receipt, Recommendation, Response
from dialogue.organisations.models import Kind, Role
from dialogue.rooms.models import Carriage
from dialogue.text.refusals import Conflict, Forbidden, Invalid, NotFound
from tests.cast import Cast, a_delegate, a_thread, an_organisation
from tests.issues.carried import a_draft, a_received, an_answered, an_issue, an_issued, answer, key, today
from tests.rooms.refusals import journal_of, refused

pytestmark = pytest.mark.django_db

OCTOBER = datetime(2026, 10, 9, 10, 0, tzinfo=ALMATY)
ASSESSED: dict[str, Any] = {
    "position": "accepted",
    "implementation": "partial",
    "grade": "B",
    "reasons": {"ru": "Сделано частично."},
}


def issued_on(cast: Cast, moment: datetime) -> Recommendation:
    thread = a_thread(cast.disability, cast.member, now=moment)
    issue = an_issue(cast, thread, now=moment)
    draft = a_draft(cast, issue, now=moment)
    issue_recommendation(draft, by=cast.approver, key=key(), now=moment)
    draft.refresh_from_db()
    return draft


def test_fifteen_working_days_from_the_receipt_by_the_kazakh_calendar(cast: Cast) -> None:
    """12 October 2026 and Republic Day on the 25th, moved to Monday the 26th: due on 3 November."""
    sent = issued_on(cast, OCTOBER)
    later = OCTOBER + timedelta(days=4)
    record_receipt(
        sent, by=cast.officer, key=key(), on=date(2026, 10, 12), channel="letter", number="12/10", now=later
    )
    sent.refresh_from_db()
    assert sent.due_on == date(2026, 11, 3)
    assert sent.calendar_version == current_calendar().version
    sent.issue.refresh_from_db()
    assert (sent.issue.due_on, sent.issue.holder) == (date(2026, 11, 3), "authority")
    assert Carriage.objects.get(reference=sent.issue.reference).due_on == date(2026, 11, 3)
    assert journal_of(sent.issue.stream_name)[-1] == (
        "recommendation.received",
        {"issue": sent.issue.reference, "recommendation": sent.public_id, "due_on": "2026-11-03"},
    )


def test_the_addressee_acknowledges_in_its_workspace(cast: Cast) -> None:
    received = a_received(cast)
    assert received.due_on == due_after(today(), 15, calendar=current_calendar()).on
    receipt = Receipt.objects.get()
    assert (receipt.by, receipt.channel, receipt.number) == (cast.authority, "workspace", "")


def test_a_receipt_is_recorded_once(cast: Cast) -> None:
    received = a_received(cast)
    with refused(Conflict, "already_received"):
        record_receipt(received, by=cast.officer, key=key(), on=today(), channel="letter", number="1")


def test_a_letter_needs_a_number_and_is_logged_by_the_office(cast: Cast) -> None:
    issued = an_issued(cast)
    with refused(Invalid, "empty", field="number"):
        record_receipt(issued, by=cast.officer, key=key(), on=today(), channel="letter")
    with refused(Forbidden, "forbidden"):
        record_receipt(issued, by=cast.authority, key=key(), on=today(), channel="letter", number="1")


@pytest.mark.parametrize("days", [-1, 1])
def test_the_day_lies_between_the_signing_and_today(cast: Cast, days: int) -> None:
    issued = an_issued(cast)
    with refused(Invalid, "bad_date", field="on"):
        record_receipt(
            issued, by=cast.authority, key=key(), on=today() + timedelta(days), channel="workspace"
        )


def test_an_answer_gives_the_ball_back_to_the_office(cast: Cast) -> None:
    answered = an_answered(cast)
    issue = answered.issue
    assert (answered.state, issue.state, issue.holder, issue.due_on) == (
        "responded",
        "with_authority",
        "office",
        None,
    )
    response = Response.objects.get()
    assert (response.text, response.position, response.by) == (
        "We will build it.",
        "accepted",
        cast.authority,
    )
    assert [kind for kind, _refs in journal_of(issue.stream_name)][-2:] == [
        "recommendation.answered",
        "issue.moved",
    ]
    assert issue.moves.last().holder == "office"  # type: ignore[union-attr]


def test_while_another_authority_owes_its_answer_the_ball_stays_there(cast: Cast) -> None:
    first = a_received(cast)
    an_organisation("ministry", Kind.AUTHORITY)
    an_issued(cast, first.issue, addressee="ministry")
    answer(cast, first)
    first.issue.refresh_from_db()
    assert (first.issue.holder, first.issue.due_on) == ("authority", None)


def test_the_earliest_day_is_the_issues(cast: Cast) -> None:
    sent = issued_on(cast, OCTOBER)
    second = a_draft(cast, sent.issue, now=OCTOBER)
    issue_recommendation(second, by=cast.approver, key=key(), now=OCTOBER)
    for one, day in ((second, 14), (sent, 12)):
        record_receipt(one, by=cast.officer, key=key(), on=date(2026, 10, day), channel="letter", number="1")
    sent.issue.refresh_from_db()
    assert sent.issue.due_on == date(2026, 11, 3)


def test_no_reply_only_after_the_day_has_passed(cast: Cast) -> None:
    sent = issued_on(cast, OCTOBER)
    record_receipt(sent, by=cast.officer, key=key(), on=date(2026, 10, 12), channel="letter", number="1")
    last_moment = datetime(2026, 11, 3, 23, 59, tzinfo=ALMATY)
    with refused(Conflict, "still_in_time"):
        record_no_reply(sent, by=cast.officer, key=key(), now=last_moment)
    record_no_reply(sent, by=cast.officer, key=key(), now=last_moment + timedelta(minutes=2))
    sent.refresh_from_db()
    assert (sent.state, sent.shown, sent.issue.holder) == ("no_reply", "awaiting_authority", "authority")
    answer(cast, sent)
    sent.refresh_from_db()
    assert sent.state == "responded"


def test_no_reply_without_a_receipt_is_no_lapse(cast: Cast) -> None:
    issued = an_issued(cast)
    with refused(Conflict, "still_in_time"):
        record_no_reply(issued, by=cast.officer, key=key())


def test_every_assessment_stays(cast: Cast) -> None:
    answered = an_answered(cast)
    assess(answered, by=cast.officer, key=key(), **ASSESSED)
    assess(answered, by=cast.officer, key=key(), **{**ASSESSED, "implementation": "full", "grade": "A"})
    rows = Assessment.objects.values_list("implementation", "grade")
    assert list(rows) == [("partial", "B"), ("full", "A")]
    kind, refs = journal_of(answered.issue.stream_name)[-1]
    assert kind == "recommendation.assessed"
    assert "grade" not in refs


def test_a_promise_is_no_implementation_and_other_words_are_refused(cast: Cast) -> None:
    answered = an_answered(cast)
    for field, value in (("implementation", "promised"), ("position", "agreed"), ("grade", "F")):
        with refused(Invalid, "not_a_choice", field=field):
            assess(answered, by=cast.officer, key=key(), **{**ASSESSED, field: value})
    with refused(Invalid, "empty", field="reason"):
        assess(answered, by=cast.officer, key=key(), **{**ASSESSED, "reasons": {"ru": ""}})


def test_what_was_not_answered_is_not_assessed(cast: Cast) -> None:
    with_authority = a_received(cast)
    with refused(Conflict, "transition_not_allowed"):
        assess(with_authority, by=cast.officer, key=key(), **ASSESSED)


def test_another_authority_finds_nothing(cast: Cast) -> None:
    other = a_delegate("other-contact", an_organisation("ministry", Kind.AUTHORITY), Role.AUTHORITY)
    issued = an_issued(cast)
    with refused(NotFound, "not_found"):
        record_receipt(issued, by=other, key=key(), on=today(), channel="workspace")
    said: dict[str, Any] = {"position": "accepted", "text": "Yes.", "lang": "en", "channel": "workspace"}
    with refused(NotFound, "not_found"):
        record_response(issued, by=other, key=key(), on=today(), **said)
