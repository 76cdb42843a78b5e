"""The cast against every verb of the issues; a ``can_…`` without a table here fails."""

from collections.abc import Callable
from typing import Any, Final

import pytest
from django.utils import timezone

from dialogue.issues import access
from dialogue.issues.access import verbs
from dialogue.issues.models import Issue
from dialogue.issues.states import VERBS_OF_MOVE, IssueState
from dialogue.rooms.access import can_escalate
from tests.cast import NAMES, Cast, a_thread
from tests.issues.carried import a_draft, an_issue, an_issued, issue_in

pytestmark = pytest.mark.django_db

HANDLERS: Final = {"moderator", "officer", "approver", "safety"}
READERS: Final = {"member", "lead", "second_member", "outsider", "observer"} | HANDLERS
WORKERS: Final = {"moderator", "officer", "approver"}
Question = Callable[[Any, Issue], bool]

ON_A_NEW_ISSUE: Final[dict[Question, set[str]]] = {
    access.can_follow: READERS,
    access.can_assign: WORKERS,
    access.can_reword: {"moderator", "officer"},
    access.can_note: HANDLERS,
    access.can_draft: {"officer"},
}
ON_A_CLOSED_ISSUE: Final[dict[Question, set[str]]] = {
    access.can_follow: READERS,
    access.can_assign: set(),
    access.can_reword: set(),
    access.can_note: HANDLERS,
    access.can_draft: set(),
}
BY_ROLE: Final[dict[Callable[[Any], bool], set[str]]] = {
    access.can_assign_ever: WORKERS,
    access.can_reword_ever: {"moderator", "officer"},
    access.can_note_ever: HANDLERS,
    access.can_draft_ever: {"officer"},
    access.can_escalate_ever: {"moderator"},
    access.can_return_ever: {"officer"},
    access.can_lead: {"officer"},
    access.can_see_signing: {"approver"},
    access.can_see_grades: HANDLERS,
}
# Tested below, one by one, or with the tables of their acts.
ELSEWHERE: Final = {"can_return", "can_sign", "can_move", "can_step"}


def those(cast: Cast, may: Callable[[Any], bool]) -> set[str]:
    return {name for name in NAMES if may(cast.named(name))}


def test_no_verb_is_without_a_table() -> None:
    tables = {verb.__name__ for table in (ON_A_NEW_ISSUE, BY_ROLE) for verb in table}
    exist = {name for module in (access, verbs) for name in vars(module) if name.startswith("can_")}
    assert exist == tables | ELSEWHERE
    assert set(ON_A_CLOSED_ISSUE) == set(ON_A_NEW_ISSUE)


def test_on_a_new_issue(cast: Cast) -> None:
    issue = an_issue(cast)
    for may, names in ON_A_NEW_ISSUE.items():
        assert {name for name in NAMES if may(cast.named(name), issue)} == names, may.__name__


def test_on_a_closed_issue(cast: Cast) -> None:
    issue = issue_in(cast, IssueState.CLOSED)
    for may, names in ON_A_CLOSED_ISSUE.items():
        assert {name for name in NAMES if may(cast.named(name), issue)} == names, may.__name__


def test_by_role_alone(cast: Cast) -> None:
    for may, names in BY_ROLE.items():
        assert those(cast, may) == names, may.__name__


def test_escalating_returning_and_signing(cast: Cast) -> None:
    thread = a_thread(cast.disability, cast.member)
    assert those(cast, lambda who: can_escalate(who, thread)) == {"moderator"}
    issue = an_issue(cast, thread)
    thread.refresh_from_db()
    assert those(cast, lambda who: can_escalate(who, thread)) == set()
    assert those(cast, lambda who: access.can_return(who, issue, now=timezone.now())) == {"officer"}
    draft, issued = a_draft(cast), an_issued(cast)
    assert those(cast, lambda who: access.can_sign(who, draft)) == {"approver"}
    assert those(cast, lambda who: access.can_sign(who, issued)) == set()


def test_the_buttons_of_a_page(cast: Cast) -> None:
    issue, now = an_issue(cast), timezone.now()
    shown = {name: access.verbs_for(cast.named(name), issue, now=now) for name in NAMES}
    assert shown["officer"] == {
        *("follow", "assign", "reword", "plan"),
        *("note", "draft", "return", "inquire"),
    }
    assert shown["moderator"] == {"follow", "assign", "reword", "plan", "note"}
    assert shown["approver"] == {"follow", "assign", "note", "decline"}
    assert shown["safety"] == {"follow", "note"}
    assert shown["member"] == shown["observer"] == {"follow"}
    assert shown["authority"] == shown["nobody"] == shown["visitor"] == set()
    assert set().union(*shown.values()) <= {
        "follow",
        "assign",
        "reword",
        "plan",
        "note",
        "draft",
        "return",
    } | set(VERBS_OF_MOVE)
