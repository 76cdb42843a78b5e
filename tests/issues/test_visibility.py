"""Who sees an issue, hears its streams and reads what hangs on it; strangers and missing look alike."""

import pytest
from django.utils import timezone

from dialogue.issues.access import (
    hearing_of,
    issues_visible_to,
    recommendations_visible_to,
    visible_issue,
    visible_recommendation,
)
from dialogue.issues.actions.notes import note
from dialogue.issues.actions.replies import assess
from dialogue.issues.models import Issue
from dialogue.issues.queries.ledger import ledger
from dialogue.issues.queries.lists import addressed_to, issue_list, to_sign
from dialogue.issues.queries.page import exhibits_of, issue_page, linked_threads
from dialogue.issues.queries.tickets import board_shown
from dialogue.issues.queries.timeline import timeline
from dialogue.organisations.actions.delegations import end_delegation
from dialogue.organisations.models import Kind, Role
from dialogue.rooms.actions.holds import hold
from dialogue.rooms.actions.seats import leave, take_seat
from dialogue.text.refusals import NotFound
from tests.cast import NAMES, Cast, a_delegate, a_post, a_thread, an_organisation
from tests.issues.carried import a_draft, an_answered, an_issue, an_issued, key
from tests.issues.test_replies import ASSESSED

pytestmark = pytest.mark.django_db

HANDLERS = {"moderator", "officer", "approver", "safety"}
MEMBERS = {"member", "lead", "second_member", "outsider"}


def seers(cast: Cast, issue: Issue) -> set[str]:
    found = {name for name in NAMES if issues_visible_to(cast.named(name)).filter(pk=issue.pk).exists()}
    for name in NAMES:
        if name not in found:
            with pytest.raises(NotFound):
                visible_issue(cast.named(name), issue.reference)
    return found


def listeners(cast: Cast, stream: str) -> dict[str, str]:
    heard = {name: hearing_of(cast.named(name), stream) for name in NAMES}
    return {name: hearing.audience for name, hearing in heard.items() if hearing is not None}


def test_out_of_an_open_room(cast: Cast) -> None:
    assert seers(cast, an_issue(cast)) == MEMBERS | HANDLERS | {"observer"}


def test_out_of_a_room_by_invitation(cast: Cast) -> None:
    issue = an_issue(cast, a_thread(cast.torture, cast.member))
    assert seers(cast, issue) == {"member", "second_member"} | HANDLERS


def test_a_concern_for_the_office_only_is_not_learnt_from_its_issue(cast: Cast) -> None:
    issue = an_issue(cast, a_thread(cast.disability, cast.member, marking="office"))
    assert issue.marking == "office"
    assert seers(cast, issue) == {"member"} | HANDLERS


def test_a_thread_held_afterwards_takes_its_readers_along(cast: Cast) -> None:
    thread = a_thread(cast.disability, cast.member)
    issue = an_issue(cast, thread)
    thread.refresh_from_db()
    hold(thread, by=cast.moderator, key=key(), reason="Danger.")
    assert seers(cast, issue) == {"member"} | HANDLERS


def test_a_seat_taken_later_sees_the_common_part_and_not_the_thread(cast: Cast) -> None:
    thread = a_thread(cast.torture, cast.member)
    issue = an_issue(cast, thread)
    home = cast.organisations["far-lake"]
    take_seat(cast.torture, person=cast.outsider, for_organisation=home, by=None, visible_from=10_000)
    page = issue_page(cast.outsider, issue.reference, now=timezone.now())
    assert (page.issue, page.threads, page.exhibits) == (issue, [], [])


def test_losing_access_ends_it(cast: Cast) -> None:
    issue = an_issue(cast, a_thread(cast.torture, cast.member))
    leave(cast.torture, person=cast.second_member, by=None)
    assert hearing_of(cast.second_member, issue.stream_name) is None
    end_delegation(cast.member.delegations.get(), by=cast.lead)
    assert seers(cast, issue) == HANDLERS


def test_who_hears_what(cast: Cast) -> None:
    issue = an_issue(cast)
    office = dict.fromkeys(HANDLERS, "office")
    everybody = {**dict.fromkeys(MEMBERS, "member"), **office, "observer": "observer"}
    assert listeners(cast, issue.stream_name) == everybody
    assert listeners(cast, issue.office_stream_name) == office


@pytest.mark.parametrize("tail", [":", ":safety", ":office:", ":office:x", "x"])
def test_no_other_stream_exists(cast: Cast, tail: str) -> None:
    issue = an_issue(cast)
    assert listeners(cast, issue.stream_name + tail) == {}
    assert listeners(cast, f"room:{issue.reference}") == {}


def test_recommendations(cast: Cast) -> None:
    draft, issued = a_draft(cast), an_issued(cast)
    stranger = a_delegate("contact", an_organisation("ministry", Kind.AUTHORITY), Role.AUTHORITY)
    readers = MEMBERS | HANDLERS | {"observer", "authority"}
    for name in NAMES:
        expected = ([draft] if name in HANDLERS else []) + ([issued] if name in readers else [])
        assert list(recommendations_visible_to(cast.named(name))) == expected, name
    with pytest.raises(NotFound):
        visible_recommendation(stranger, issued.public_id)


def test_an_authority_gets_its_recommendation_and_nothing_around_it(cast: Cast) -> None:
    issued = an_issued(cast)
    (row,) = addressed_to(cast.authority, now=timezone.now())
    assert row.recommendation == issued
    assert not issues_visible_to(cast.authority).exists()
    for name in set(NAMES) - {"authority"}:
        with pytest.raises(NotFound):
            addressed_to(cast.named(name), now=timezone.now())


def test_grades_stay_in_the_office(cast: Cast) -> None:
    answered = an_answered(cast)
    assess(answered, by=cast.officer, key=key(), **ASSESSED)
    for name, grade in (("officer", "B"), ("member", ""), ("observer", "")):
        (line,) = ledger(cast.named(name), answered.issue, now=timezone.now())
        assert line.assessment is not None
        assert (line.grade, line.assessment.grade) == (grade, grade)


def test_threads_and_exhibits_keep_their_rooms_rule(cast: Cast) -> None:
    thread = a_thread(cast.torture, cast.member)
    post = a_post(thread, cast.second_member)
    issue = an_issue(cast, thread, exhibits=[post.public_id])
    shown = {
        name: (len(linked_threads(cast.named(name), issue)), len(exhibits_of(cast.named(name), issue)))
        for name in NAMES
    }
    may = {"member", "second_member"} | HANDLERS
    assert shown == {name: (1, 1) if name in may else (0, 0) for name in NAMES}


def test_the_offices_lines_are_not_on_the_members_timeline(cast: Cast) -> None:
    issue = a_draft(cast).issue
    note(issue, by=cast.officer, key=key(), texts={"ru": "Для Центра."})
    note(issue, by=cast.officer, key=key(), texts={"ru": "Для всех."}, office_only=False)
    assert [row.kind for row in timeline(cast.member, issue)] == ["issue.registered", "issue.noted"]
    assert [(row.kind, row.is_for_the_office) for row in timeline(cast.officer, issue)] == [
        ("issue.registered", False),
        ("issue.escalated", True),
        ("recommendation.drafted", True),
        ("issue.noted", True),
        ("issue.noted", False),
    ]


def test_contacts_of_an_authority_are_not_named(cast: Cast) -> None:
    issue = an_answered(cast).issue
    told = {row.kind: row.by for row in timeline(cast.member, issue)}
    assert told["recommendation.received"] is told["recommendation.answered"] is None
    assert told["recommendation.issued"] == cast.approver


def test_who_opens_which_list(cast: Cast) -> None:
    an_issue(cast)
    opened: dict[str, set[str]] = {"board": set(), "to_sign": set(), "issues": set()}
    for name in NAMES:
        person = cast.named(name)
        for page, look in (("board", lambda who: board_shown(who, now=timezone.now())), ("to_sign", to_sign)):
            try:
                look(person)
                opened[page].add(name)
            except NotFound:
                pass
        if issue_list(person, now=timezone.now()):
            opened["issues"].add(name)
    assert opened == {
        "board": HANDLERS,
        "to_sign": {"approver"},
        "issues": MEMBERS | HANDLERS | {"observer"},
    }
