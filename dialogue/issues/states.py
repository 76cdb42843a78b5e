"""The states of issues and recommendations, who moves them, and what readers are shown.

Stored, not derived. The tables are the specification: a verb that is not here cannot be done.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from django.db import models
from django.utils.translation import pgettext_lazy

from dialogue.rooms.models import Holder
from dialogue.rooms.states import Shown


class IssueState(models.TextChoices):
    REGISTERED = "registered", pgettext_lazy("issue state", "Registered")
    INQUIRY = "inquiry", pgettext_lazy("issue state", "Inquiry")
    WITH_AUTHORITY = "with_authority", pgettext_lazy("issue state", "With the authority")
    FOLLOW_UP = "follow_up", pgettext_lazy("issue state", "Follow-up")
    CLOSING = "closing", pgettext_lazy("issue state", "Closing")
    CLOSED = "closed", pgettext_lazy("issue state", "Closed")


class IssueOutcome(models.TextChoices):
    IMPLEMENTED = "implemented", pgettext_lazy("issue outcome", "Implemented")
    IN_PART = "in_part", pgettext_lazy("issue outcome", "Implemented in part")
    REJECTED = "rejected", pgettext_lazy("issue outcome", "Rejected and reported")
    REFERRED = "referred", pgettext_lazy("issue outcome", "Referred")
    DECLINED = "declined", pgettext_lazy("issue outcome", "Declined")
    OUTSIDE_MANDATE = "outside_mandate", pgettext_lazy("issue outcome", "Outside the mandate")
    WITHDRAWN_FOR_SAFETY = "withdrawn_safety", pgettext_lazy("issue outcome", "Withdrawn for safety")
    OVERTAKEN = "overtaken", pgettext_lazy("issue outcome", "Overtaken by events")
    CONTESTED = "contested", pgettext_lazy("issue outcome", "Closed as contested")


class RecommendationState(models.TextChoices):
    DRAFTED = "drafted", pgettext_lazy("recommendation state", "Drafted")
    ISSUED = "issued", pgettext_lazy("recommendation state", "Issued")
    RESPONDED = "responded", pgettext_lazy("recommendation state", "Answered")
    NO_REPLY = "no_reply", pgettext_lazy("recommendation state", "No reply in time")
    ASSESSED = "assessed", pgettext_lazy("recommendation state", "Assessed")
    CLOSED = "closed", pgettext_lazy("recommendation state", "Closed")


SHOWN_OF_ISSUE: Final[dict[IssueState, Shown]] = {
    IssueState.REGISTERED: Shown.TAKEN_UP,
    IssueState.INQUIRY: Shown.TAKEN_UP,
    IssueState.WITH_AUTHORITY: Shown.AWAITING_AUTHORITY,
    IssueState.FOLLOW_UP: Shown.CHECKING,
    IssueState.CLOSING: Shown.YOUR_VIEW,
    IssueState.CLOSED: Shown.CLOSED,
}
SHOWN_OF_RECOMMENDATION: Final[dict[RecommendationState, Shown]] = {
    RecommendationState.DRAFTED: Shown.TAKEN_UP,
    RecommendationState.ISSUED: Shown.AWAITING_AUTHORITY,
    RecommendationState.NO_REPLY: Shown.AWAITING_AUTHORITY,
    RecommendationState.RESPONDED: Shown.CHECKING,
    RecommendationState.ASSESSED: Shown.CHECKING,
    RecommendationState.CLOSED: Shown.CLOSED,
}
HOLDER_OF: Final[dict[IssueState, Holder]] = {
    IssueState.REGISTERED: Holder.OFFICE,
    IssueState.INQUIRY: Holder.OFFICE,
    IssueState.WITH_AUTHORITY: Holder.AUTHORITY,
    IssueState.FOLLOW_UP: Holder.OFFICE,
    IssueState.CLOSING: Holder.NGO,
    IssueState.CLOSED: Holder.NOBODY,
}


class Mover(StrEnum):
    """Who moves an issue or a recommendation; ``access.py`` says who that is today."""

    OFFICER = "officer"
    APPROVER = "approver"
    ADDRESSEE = "addressee"


class Guard(StrEnum):
    """What must be there for the move."""

    ISSUED_RECOMMENDATION = "issued_recommendation"
    REPLY_OR_LAPSE = "reply_or_lapse"
    NOTE = "note"
    OUTCOME = "outcome"
    WITHIN_2_DAYS = "within_2_days"
    OTHER_HAND = "other_hand"
    TIME_IS_OVER = "time_is_over"


@dataclass(frozen=True)
class Transition:
    verb: str
    source: IssueState
    target: IssueState
    who: frozenset[Mover]
    guard: Guard | None = None


@dataclass(frozen=True)
class RecommendationTransition:
    verb: str
    source: RecommendationState
    target: RecommendationState
    who: frozenset[Mover]
    guard: Guard | None = None


_OFFICER = frozenset({Mover.OFFICER})
_APPROVER = frozenset({Mover.APPROVER})
_OFFICER_OR_ADDRESSEE = frozenset({Mover.OFFICER, Mover.ADDRESSEE})
_EARLY = (IssueState.REGISTERED, IssueState.INQUIRY)
_BEFORE_SENDING = (*_EARLY, IssueState.FOLLOW_UP)
_S = RecommendationState

TRANSITIONS: Final = (
    Transition("inquire", IssueState.REGISTERED, IssueState.INQUIRY, _OFFICER),
    *(
        Transition("send", source, IssueState.WITH_AUTHORITY, _APPROVER, Guard.ISSUED_RECOMMENDATION)
        for source in _BEFORE_SENDING
    ),
    Transition("check", IssueState.WITH_AUTHORITY, IssueState.FOLLOW_UP, _OFFICER, Guard.REPLY_OR_LAPSE),
    Transition("start_closing", IssueState.FOLLOW_UP, IssueState.CLOSING, _APPROVER, Guard.NOTE),
    Transition("resume", IssueState.CLOSING, IssueState.FOLLOW_UP, _APPROVER, Guard.NOTE),
    Transition("close", IssueState.CLOSING, IssueState.CLOSED, _APPROVER, Guard.OUTCOME),
    *(Transition("decline", source, IssueState.CLOSED, _APPROVER, Guard.OUTCOME) for source in _EARLY),
    *(Transition("return", source, IssueState.CLOSED, _OFFICER, Guard.WITHIN_2_DAYS) for source in _EARLY),
)

RECOMMENDATION_TRANSITIONS: Final = (
    RecommendationTransition("revise", _S.DRAFTED, _S.DRAFTED, _OFFICER),
    RecommendationTransition("return", _S.DRAFTED, _S.DRAFTED, _APPROVER, Guard.NOTE),
    RecommendationTransition("issue", _S.DRAFTED, _S.ISSUED, _APPROVER, Guard.OTHER_HAND),
    RecommendationTransition("receive", _S.ISSUED, _S.ISSUED, _OFFICER_OR_ADDRESSEE),
    RecommendationTransition("answer", _S.ISSUED, _S.RESPONDED, _OFFICER_OR_ADDRESSEE),
    RecommendationTransition("answer", _S.NO_REPLY, _S.RESPONDED, _OFFICER_OR_ADDRESSEE),
    # They write again, once there is something to show.
    RecommendationTransition("answer", _S.ASSESSED, _S.RESPONDED, _OFFICER_OR_ADDRESSEE),
    RecommendationTransition("lapse", _S.ISSUED, _S.NO_REPLY, _OFFICER, Guard.TIME_IS_OVER),
    RecommendationTransition("assess", _S.RESPONDED, _S.ASSESSED, _OFFICER),
    RecommendationTransition("assess", _S.NO_REPLY, _S.ASSESSED, _OFFICER),
    RecommendationTransition("assess", _S.ASSESSED, _S.ASSESSED, _OFFICER),
)
# What a person chooses; the others happen inside an act of their own.
VERBS_OF_MOVE: Final = ("inquire", "check", "start_closing", "resume", "close", "decline")


def transition(verb: str, source: IssueState) -> Transition | None:
    """The one line of the table for this move, or None: then it is not allowed."""
    return next((t for t in TRANSITIONS if t.verb == verb and t.source == source), None)


def recommendation_transition(verb: str, source: RecommendationState) -> RecommendationTransition | None:
    fitting = (t for t in RECOMMENDATION_TRANSITIONS if t.verb == verb and t.source == source)
    return next(fitting, None)
