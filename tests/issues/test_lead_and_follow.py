"""Who leads an issue, who follows it, what the office writes on it."""

from datetime import timedelta
from typing import Any

import pytest

from dialogue.issues.actions.assignment import assign
from dialogue.issues.actions.following import follow, unfollow
from dialogue.issues.actions.notes import note
from dialogue.issues.actions.wording import plan_next_step, reword
from dialogue.issues.models import Assignment, Follow, Note
from dialogue.issues.states import IssueState
from dialogue.journal.models import Entry
from dialogue.rooms.models import Carriage
from dialogue.text.refusals import Conflict, Forbidden, Invalid, NotFound
from tests.cast import Cast
from tests.issues.carried import an_issue, issue_in, key, today
from tests.rooms.refusals import head, journal_of, refused

pytestmark = pytest.mark.django_db


def test_an_issue_is_given_to_an_officer(cast: Cast) -> None:
    issue = an_issue(cast)
    assign(issue, by=cast.moderator, key=key(), assignee=cast.officer)
    issue.refresh_from_db()
    assert (issue.assignee, issue.version) == (cast.officer, 2)
    assert Assignment.objects.get().by == cast.moderator
    told = {"issue": issue.reference, "assignee": cast.officer.public_id}
    assert journal_of(issue.stream_name)[-1] == ("issue.assigned", told)
    card = Carriage.objects.get()
    assert card.lead == cast.officer
    carried = {"thread": card.thread.public_id, "reference": issue.reference}
    assert journal_of(card.thread.stream_name)[-1] == ("carriage.updated", carried)


@pytest.mark.parametrize("name", ["moderator", "approver", "member", "nobody"])
def test_and_to_nobody_else(cast: Cast, name: str) -> None:
    issue = an_issue(cast)
    with refused(Invalid, "not_an_officer", field="assignee"):
        assign(issue, by=cast.officer, key=key(), assignee=getattr(cast, name))


@pytest.mark.parametrize("name", ["safety", "member", "observer"])
def test_only_who_works_on_it_gives_it(cast: Cast, name: str) -> None:
    issue = an_issue(cast)
    with refused(Forbidden, "forbidden"):
        assign(issue, by=getattr(cast, name), key=key(), assignee=cast.officer)


def test_following_twice_is_following_once_and_nobody_is_told(cast: Cast) -> None:
    issue = an_issue(cast)
    entries = Entry.objects.count()
    follow(issue, by=cast.second_member)
    follow(issue, by=cast.second_member)
    assert Follow.objects.filter(person=cast.second_member).count() == 1
    unfollow(issue, by=cast.second_member)
    unfollow(issue, by=cast.second_member)
    assert not Follow.objects.filter(person=cast.second_member).exists()
    assert Entry.objects.count() == entries


@pytest.mark.parametrize("name", ["authority", "data_officer", "nobody"])
def test_what_one_cannot_see_one_cannot_follow(cast: Cast, name: str) -> None:
    issue = an_issue(cast)
    with refused(NotFound, "not_found"):
        follow(issue, by=getattr(cast, name))


def test_a_note_is_the_offices_unless_it_says_otherwise(cast: Cast) -> None:
    issue = an_issue(cast)
    before = head(issue.stream_name)
    note(issue, by=cast.safety, key=key(), texts={"ru": "Для Центра."})
    assert head(issue.stream_name) == before
    row = Note.objects.get()
    assert row.office_only
    told = {"issue": issue.reference, "note": row.pk, "after": before}
    assert journal_of(issue.office_stream_name)[-1] == ("issue.noted", told)
    note(issue, by=cast.officer, key=key(), texts={"kk": "Бәріне.", "ru": "Всем."}, office_only=False)
    assert head(issue.stream_name) == before + 1


def test_members_write_no_notes(cast: Cast) -> None:
    issue = an_issue(cast)
    with refused(Forbidden, "forbidden"):
        note(issue, by=cast.member, key=key(), texts={"ru": "Нет."})


def test_the_common_part_in_another_language(cast: Cast) -> None:
    issue = an_issue(cast)
    said: dict[str, Any] = {"lang": "kk", "title": "Баспалдақ", "summary": "Тоғыз баспалдақ."}
    reword(issue, by=cast.officer, key=key(), version=1, **said)
    issue.refresh_from_db()
    words = {code: getattr(issue, f"title_{code}") for code in ("kk", "en")}
    assert words == {"kk": "Баспалдақ", "en": "Steps at the court"}
    assert journal_of(issue.stream_name)[-1] == ("issue.reworded", {"issue": issue.reference, "lang": "kk"})
    with refused(Conflict, "conflict"):
        reword(issue, by=cast.officer, key=key(), version=1, **said)


def test_the_next_step_is_due_while_the_office_has_the_ball(cast: Cast) -> None:
    issue, day = an_issue(cast), today() + timedelta(days=9)
    plan_next_step(issue, by=cast.officer, key=key(), on=day, texts={"ru": "Проверить."})
    issue.refresh_from_db()
    assert (issue.next_step_on, issue.due_on, issue.state) == (day, day, "registered")
    assert Carriage.objects.get(reference=issue.reference).due_on == day
    assert issue.moves.count() == 1


def test_a_closed_issue_takes_notes_only(cast: Cast) -> None:
    issue = issue_in(cast, IssueState.CLOSED)
    note(issue, by=cast.officer, key=key(), texts={"ru": "Для истории."})
    with refused(Conflict, "issue_closed"):
        assign(issue, by=cast.officer, key=key(), assignee=cast.officer)
    with refused(Conflict, "issue_closed"):
        reword(issue, by=cast.officer, key=key(), lang="ru", title="Нет", summary="Нет")
    with refused(Conflict, "issue_closed"):
        plan_next_step(issue, by=cast.officer, key=key(), on=today(), texts={"ru": "Нет."})


def test_one_key_one_note(cast: Cast) -> None:
    issue, once = an_issue(cast), key()
    note(issue, by=cast.officer, key=once, texts={"ru": "Раз."})
    assert note(issue, by=cast.officer, key=once, texts={"ru": "Раз."}).is_repeat
    assert Note.objects.count() == 1
