"""Who sees, follows, leads, moves and signs an issue.

The common part is for everyone who raised a linked concern, whoever may read a linked room, and the
office. Titles of threads, counts and exhibits keep their own room's rule: see ``queries``.
"""

from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from rules.predicates import Predicate

from dialogue.issues.models import Issue, IssueThread, Recommendation
from dialogue.issues.states import (
    RECOMMENDATION_TRANSITIONS,
    TRANSITIONS,
    IssueState,
    Mover,
    RecommendationState,
    recommendation_transition,
    transition,
)
from dialogue.organisations.access import (
    is_approver,
    is_authority,
    is_handler,
    is_moderator,
    is_officer,
    organisations_of,
)
from dialogue.organisations.standing import Reader
from dialogue.rooms.access import Hearing, audience_of, reading_of, rooms_visible_to
from dialogue.rooms.access.triage import can_move as can_move_thread
from dialogue.rooms.models import Marking, Thread
from dialogue.text.refusals import NotFound


def issues_visible_to(user: Reader) -> QuerySet[Issue]:
    reading = reading_of(user)
    if reading.is_handler:
        return Issue.objects.all()
    opens = Q(thread__room__in=rooms_visible_to(reading), thread__held_at=None)
    # That somebody raised a concern for the office only may not be learnt from its issue.
    opens &= ~Q(thread__marking=Marking.OFFICE)
    if reading.is_member:
        opens |= Q(thread__raised_by=reading.person_id)
    return Issue.objects.filter(pk__in=IssueThread.objects.filter(opens).values("issue"))


def visible_issue(user: Reader, reference: str) -> Issue:
    issue = issues_visible_to(user).filter(reference=reference).first()
    if issue is None:
        raise not_found()
    return issue


def recommendations_visible_to(user: Reader) -> QuerySet[Recommendation]:
    """Drafts are the office's; issued ones go with their issue, and to their addressee without it."""
    rows = Recommendation.objects.select_related("issue", "addressee")
    if is_handler(user):
        return rows
    seen = Q(issue__in=issues_visible_to(user))
    if is_authority(user):
        seen |= Q(addressee__in=organisations_of(user))
    return rows.filter(seen).exclude(state=RecommendationState.DRAFTED)


def visible_recommendation(user: Reader, public_id: str) -> Recommendation:
    recommendation = recommendations_visible_to(user).filter(public_id=public_id).first()
    if recommendation is None:
        raise not_found()
    return recommendation


def hearing_of(user: Reader, stream_name: str) -> Hearing | None:
    """None for a stream that is missing or not for them; there is no floor in an issue."""
    prefix, _colon, rest = stream_name.partition(":")
    reference, _colon, part = rest.partition(":")
    if prefix != "issue" or part not in ("", "office") or rest.endswith(":"):
        return None
    if not issues_visible_to(user).filter(reference=reference).exists():
        return None
    if part == "office" and not is_handler(user):
        return None
    return Hearing(audience_of(user))


def not_found() -> NotFound:
    return NotFound("not_found", _("This does not exist, or it is not open to you."))


def _is_open(_user: Reader, issue: Issue) -> bool:
    return issue.state != IssueState.CLOSED


def _takes_recommendations(_user: Reader, issue: Issue) -> bool:
    return issue.state not in (IssueState.CLOSING, IssueState.CLOSED)


def _is_for_signing(_user: Reader, recommendation: Recommendation) -> bool:
    return recommendation.is_for_signing and _takes_recommendations(_user, recommendation.issue)


def _is_from_another_hand(user: Reader, recommendation: Recommendation) -> bool:
    return recommendation.drafted_by_id != user.pk


handles = Predicate(is_handler)
moderates = Predicate(is_moderator)
officiates = Predicate(is_officer)
approves = Predicate(is_approver)
leads_work = moderates | officiates | approves
open_issue = Predicate(_is_open)
signable = Predicate(_is_for_signing)
another_hand = Predicate(_is_from_another_hand)
_may_assign = leads_work & open_issue
_may_draft = officiates & Predicate(_takes_recommendations)
_may_sign = approves & another_hand & signable
_may_reword = (moderates | officiates) & open_issue


def can_escalate(user: Reader, thread: Thread) -> bool:
    """Moderators alone; never a held thread, whose people may be in danger."""
    return not thread.is_held and is_moderator(user) and can_move_thread(user, thread, "escalate")


def can_follow(user: Reader, issue: Issue) -> bool:
    return issues_visible_to(user).filter(pk=issue.pk).exists()


def can_assign(user: Reader, issue: Issue) -> bool:
    return bool(_may_assign.test(user, issue))


def can_assign_ever(user: Reader) -> bool:
    """By role alone; acts ask this first, and the state after the key."""
    return bool(leads_work.test(user))


def can_reword_ever(user: Reader) -> bool:
    return bool((moderates | officiates).test(user))


def can_draft_ever(user: Reader) -> bool:
    return is_officer(user)


def can_note_ever(user: Reader) -> bool:
    return bool(handles.test(user))


def can_lead(user: Reader) -> bool:
    """Whom an issue can be given to."""
    return is_officer(user)


def can_reword(user: Reader, issue: Issue) -> bool:
    return bool(_may_reword.test(user, issue))


def can_note(user: Reader, issue: Issue) -> bool:
    return bool(handles.test(user, issue))


def can_draft(user: Reader, issue: Issue) -> bool:
    return bool(_may_draft.test(user, issue))


def can_sign(user: Reader, recommendation: Recommendation) -> bool:
    """An approver, and never the one who drafted it."""
    return bool(_may_sign.test(user, recommendation))


def can_see_signing(user: Reader) -> bool:
    return is_approver(user)


def can_see_grades(user: Reader) -> bool:
    return is_handler(user)


def can_return(user: Reader, issue: Issue, *, now: datetime) -> bool:
    """The officer, while the escalation may still be given back."""
    early = transition("return", IssueState(issue.state)) is not None
    open_ones = issue.escalations.filter(returned_at=None, return_until__gte=now)
    return is_officer(user) and early and open_ones.exists()


def movers_of(user: Reader) -> frozenset[Mover]:
    found = {Mover.OFFICER: is_officer(user), Mover.APPROVER: is_approver(user)}
    return frozenset(mover for mover, is_one in found.items() if is_one)


def movers_of_recommendation(user: Reader, recommendation: Recommendation) -> frozenset[Mover]:
    movers = movers_of(user)
    sent = recommendation.state != RecommendationState.DRAFTED
    if sent and is_authority(user) and organisations_of(user).filter(pk=recommendation.addressee_id).exists():
        movers |= {Mover.ADDRESSEE}
    return movers


def knows_verb(movers: frozenset[Mover], verb: str) -> bool:
    """Whether the verb is ever theirs, from any state."""
    movers_by_verb = [(t.verb, t.who) for t in TRANSITIONS]
    movers_by_verb += [(t.verb, t.who) for t in RECOMMENDATION_TRANSITIONS]
    return any(known == verb and who & movers for known, who in movers_by_verb)


def can_move(user: Reader, issue: Issue, verb: str) -> bool:
    """By role and state; guards are checked by the act."""
    step = transition(verb, IssueState(issue.state))
    return step is not None and bool(step.who & movers_of(user)) and can_follow(user, issue)


def can_move_recommendation(user: Reader, recommendation: Recommendation, verb: str) -> bool:
    step = recommendation_transition(verb, RecommendationState(recommendation.state))
    return step is not None and bool(step.who & movers_of_recommendation(user, recommendation))
