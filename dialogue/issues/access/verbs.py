"""Who leads, words, notes, moves and returns an issue.

``can_…(user, issue)`` answers for a button: role and state. ``can_…_ever(user)`` is the role alone, which
acts ask before the key; the state is asked after it.
"""

from datetime import datetime

from rules.predicates import Predicate

from dialogue.issues.access.issues import issues_visible_to
from dialogue.issues.models import Issue
from dialogue.issues.states import (
    TRANSITIONS,
    VERBS_OF_MOVE,
    IssueState,
    Mover,
    transition,
)
from dialogue.organisations.access import is_approver, is_handler, is_moderator, is_officer
from dialogue.organisations.standing import Reader


def _is_open(_user: Reader, issue: Issue) -> bool:
    return issue.state != IssueState.CLOSED


def _takes_recommendations(_user: Reader, issue: Issue) -> bool:
    return issue.state not in (IssueState.CLOSING, IssueState.CLOSED)


def _is_seen(user: Reader, issue: Issue) -> bool:
    return issues_visible_to(user).filter(pk=issue.pk).exists()


handles = Predicate(is_handler)
moderates = Predicate(is_moderator)
officiates = Predicate(is_officer)
approves = Predicate(is_approver)
leads_work = moderates | officiates | approves
words_it = moderates | officiates
open_issue = Predicate(_is_open)
takes_recommendations = Predicate(_takes_recommendations)
_may_assign = leads_work & open_issue
_may_draft = officiates & takes_recommendations
_may_reword = words_it & open_issue


def can_escalate_ever(user: Reader) -> bool:
    """Who sorts concerns; whether one thread can be taken up is said by ``rooms.access.can_escalate``."""
    return is_moderator(user)


def can_follow(user: Reader, issue: Issue) -> bool:
    return user.is_authenticated and _is_seen(user, issue)


def can_assign(user: Reader, issue: Issue) -> bool:
    return bool(_may_assign.test(user, issue))


def can_assign_ever(user: Reader) -> bool:
    return bool(leads_work.test(user))


def can_lead(user: Reader) -> bool:
    """Whom an issue can be given to."""
    return is_officer(user)


def can_reword(user: Reader, issue: Issue) -> bool:
    return bool(_may_reword.test(user, issue))


def can_reword_ever(user: Reader) -> bool:
    return bool(words_it.test(user))


def can_note(user: Reader, _issue: Issue) -> bool:
    """Any handler, on closed issues too."""
    return is_handler(user)


def can_note_ever(user: Reader) -> bool:
    return is_handler(user)


def can_draft(user: Reader, issue: Issue) -> bool:
    return bool(_may_draft.test(user, issue))


def can_draft_ever(user: Reader) -> bool:
    return is_officer(user)


def can_return_ever(user: Reader) -> bool:
    return is_officer(user)


def can_return(user: Reader, issue: Issue, *, now: datetime) -> bool:
    """The officer, while the escalation may still be given back."""
    early = transition("return", IssueState(issue.state)) is not None
    open_ones = issue.escalations.filter(returned_at=None, return_until__gte=now)
    return early and is_officer(user) and open_ones.exists()


def movers_of(user: Reader) -> frozenset[Mover]:
    found = {Mover.OFFICER: is_officer(user), Mover.APPROVER: is_approver(user)}
    return frozenset(mover for mover, is_one in found.items() if is_one)


def knows_verb(movers: frozenset[Mover], verb: str) -> bool:
    """Whether the verb is ever theirs, from any state."""
    return any(t.verb == verb and t.who & movers for t in TRANSITIONS)


def can_move(user: Reader, issue: Issue, verb: str) -> bool:
    """By role and state; guards are checked by the act."""
    step = transition(verb, IssueState(issue.state))
    return step is not None and bool(step.who & movers_of(user))


def verbs_for(user: Reader, issue: Issue, *, now: datetime) -> frozenset[str]:
    """Everything this person may do with the issue now, for the page's buttons."""
    if not is_handler(user):
        return frozenset({"follow"}) if can_follow(user, issue) else frozenset()
    may = {
        "follow": can_follow(user, issue),
        "assign": can_assign(user, issue),
        "reword": can_reword(user, issue),
        "plan": can_reword(user, issue),
        "note": can_note(user, issue),
        "draft": can_draft(user, issue),
        "return": can_return(user, issue, now=now),
    }
    may |= {verb: can_move(user, issue, verb) for verb in VERBS_OF_MOVE}
    return frozenset(verb for verb, is_allowed in may.items() if is_allowed)
