"""Nouns of the issues, one a file."""

from dialogue.issues.models.answer import (
    Assessment,
    Grade,
    Implementation,
    NgoAssessment,
    Position,
    Response,
)
from dialogue.issues.models.closing import Closing, ClosingView
from dialogue.issues.models.course import Assignment, Move, Note
from dialogue.issues.models.escalation import Escalation, Exhibit
from dialogue.issues.models.issue import Follow, Issue, IssueThread, Number
from dialogue.issues.models.recommendation import Channel, Receipt, Recommendation, RecommendationStep

__all__ = [
    "Assessment",
    "Assignment",
    "Channel",
    "Closing",
    "ClosingView",
    "Escalation",
    "Exhibit",
    "Follow",
    "Grade",
    "Implementation",
    "Issue",
    "IssueThread",
    "Move",
    "NgoAssessment",
    "Note",
    "Number",
    "Position",
    "Receipt",
    "Recommendation",
    "RecommendationStep",
    "Response",
]
