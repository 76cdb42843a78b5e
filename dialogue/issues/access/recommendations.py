"""Who sees a recommendation, and who signs it."""

from typing import Final

from django.db.models import Q, QuerySet
from rules.predicates import Predicate

from dialogue.issues.access.issues import issues_visible_to
from dialogue.issues.access.verbs import approves, movers_of, takes_recommendations
from dialogue.issues.models import Recommendation
from dialogue.issues.states import (
    RECOMMENDATION_TRANSITIONS,
    Mover,
    RecommendationState,
    recommendation_transition,
)
from dialogue.organisations.access import is_approver, is_authority, is_handler, organisations_of
from dialogue.organisations.standing import Reader
from dialogue.rooms.access.refused import not_found

SIGNING: Final = frozenset({"issue", "return"})


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


def _is_for_signing(user: Reader, recommendation: Recommendation) -> bool:
    return recommendation.is_for_signing and bool(takes_recommendations.test(user, recommendation.issue))


def _is_from_another_hand(user: Reader, recommendation: Recommendation) -> bool:
    return recommendation.drafted_by_id != user.pk


_may_sign = approves & Predicate(_is_from_another_hand) & Predicate(_is_for_signing)


def can_sign(user: Reader, recommendation: Recommendation) -> bool:
    """An approver, and never the one who drafted it."""
    return bool(_may_sign.test(user, recommendation))


def can_see_signing(user: Reader) -> bool:
    return is_approver(user)


def can_see_grades(user: Reader) -> bool:
    return is_handler(user)


def movers_of_recommendation(user: Reader, recommendation: Recommendation) -> frozenset[Mover]:
    movers = movers_of(user)
    sent = recommendation.state != RecommendationState.DRAFTED
    if sent and is_authority(user) and organisations_of(user).filter(pk=recommendation.addressee_id).exists():
        movers |= {Mover.ADDRESSEE}
    return movers


def knows_step(movers: frozenset[Mover], verb: str) -> bool:
    """Whether the verb is ever theirs on a recommendation, from any state."""
    return any(t.verb == verb and t.who & movers for t in RECOMMENDATION_TRANSITIONS)


def can_step(user: Reader, recommendation: Recommendation, verb: str) -> bool:
    """By role and state; guards are checked by the act."""
    step = recommendation_transition(verb, RecommendationState(recommendation.state))
    return step is not None and bool(step.who & movers_of_recommendation(user, recommendation))


def steps_for(user: Reader, recommendation: Recommendation) -> frozenset[str]:
    """Everything this person may do with it now, for the page's buttons."""
    movers = movers_of_recommendation(user, recommendation)
    lines = [t for t in RECOMMENDATION_TRANSITIONS if t.source == recommendation.state and t.who & movers]
    verbs = frozenset(line.verb for line in lines)
    may_sign = bool(verbs & SIGNING) and can_sign(user, recommendation)
    return verbs if may_sign else verbs - SIGNING
