"""The officer gives an escalation back within two working days; afterwards the issue stands."""

from datetime import datetime

import pytest

from dialogue.calendar.working_days import ALMATY
from dialogue.issues.access import can_return
from dialogue.issues.actions.escalation import return_escalation
from dialogue.issues.models import Escalation, Issue
from dialogue.rooms.models import Carriage, TriageStep
from dialogue.text.refusals import Conflict, Forbidden, Invalid, NotFound
from tests.cast import Cast, a_thread
from tests.issues.carried import an_issue, an_issued, key
from tests.rooms.refusals import journal_of, refused

pytestmark = pytest.mark.django_db

FRIDAY = datetime(2026, 11, 20, 10, 0, tzinfo=ALMATY)
TUESDAY_EVENING = datetime(2026, 11, 24, 23, 59, tzinfo=ALMATY)
WEDNESDAY = datetime(2026, 11, 25, 0, 1, tzinfo=ALMATY)


def test_the_thread_is_under_review_again_and_the_issue_declined(cast: Cast) -> None:
    thread = a_thread(cast.disability, cast.member)
    issue = an_issue(cast, thread)
    return_escalation(issue, by=cast.officer, key=key(), reason="No facts yet.")
    issue.refresh_from_db()
    thread.refresh_from_db()
    assert (thread.state, thread.outcome) == ("in_review", "")
    assert (issue.state, issue.outcome, issue.holder) == ("closed", "declined", "")
    assert TriageStep.objects.filter(verb="return").get().note == "No facts yet."
    row = Escalation.objects.get()
    assert (row.returned_by, row.return_reason) == (cast.officer, "No facts yet.")
    assert Carriage.objects.get().state == "closed"
    assert journal_of(issue.office_stream_name)[-1] == (
        "issue.returned",
        {"issue": issue.reference, "after": 1},
    )


def test_what_was_given_back_can_be_taken_up_again_under_a_new_number(cast: Cast) -> None:
    thread = a_thread(cast.disability, cast.member)
    first = an_issue(cast, thread)
    return_escalation(first, by=cast.officer, key=key(), reason="No facts yet.")
    thread.refresh_from_db()
    second = an_issue(cast, thread)
    assert second.sequence == first.sequence + 1
    assert Escalation.objects.filter(thread=thread, returned_at=None).get().issue == second


def test_until_the_end_of_the_second_working_day(cast: Cast) -> None:
    issue = an_issue(cast, now=FRIDAY)
    assert can_return(cast.officer, issue, now=TUESDAY_EVENING)
    assert not can_return(cast.officer, issue, now=WEDNESDAY)
    with refused(Conflict, "too_late"):
        return_escalation(issue, by=cast.officer, key=key(), reason="Late.", now=WEDNESDAY)
    return_escalation(issue, by=cast.officer, key=key(), reason="In time.", now=TUESDAY_EVENING)


def test_not_once_a_recommendation_is_on_its_way(cast: Cast) -> None:
    recommendation = an_issued(cast)
    with refused(Conflict, "too_late"):
        return_escalation(recommendation.issue, by=cast.officer, key=key(), reason="No.")


def test_a_reason_is_needed(cast: Cast) -> None:
    issue = an_issue(cast)
    with refused(Invalid, "empty", field="reason"):
        return_escalation(issue, by=cast.officer, key=key(), reason=" ")


@pytest.mark.parametrize("name", ["moderator", "approver", "safety", "member"])
def test_it_is_the_officers(cast: Cast, name: str) -> None:
    issue = an_issue(cast)
    with refused(Forbidden, "forbidden"):
        return_escalation(issue, by=getattr(cast, name), key=key(), reason="No.")


@pytest.mark.parametrize("name", ["authority", "data_officer", "nobody"])
def test_strangers_find_nothing(cast: Cast, name: str) -> None:
    issue = an_issue(cast)
    with refused(NotFound, "not_found"):
        return_escalation(issue, by=getattr(cast, name), key=key(), reason="No.")


def test_twice_with_one_key_is_once(cast: Cast) -> None:
    issue, once = an_issue(cast), key()
    return_escalation(issue, by=cast.officer, key=once, reason="No facts yet.")
    assert return_escalation(issue, by=cast.officer, key=once, reason="No facts yet.").is_repeat
    assert Issue.objects.get().moves.count() == 2
