"""The recommendations of an issue with what came back on them, as this person may see it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from dialogue.issues.access import (
    can_see_grades,
    recommendations_visible_to,
    steps_for,
)
from dialogue.issues.models import Assessment, Issue, NgoAssessment, Recommendation, Response
from dialogue.issues.queries.days import DaysLeft, due_of
from dialogue.organisations.standing import Reader


@dataclass(frozen=True)
class LedgerLine:
    """``grade`` is empty outside the office; ``may`` names the verbs open to this person now."""

    recommendation: Recommendation
    due: DaysLeft | None
    responses: Sequence[Response]
    assessment: Assessment | None
    ngo_assessments: Sequence[NgoAssessment]
    grade: str
    may: frozenset[str]


def ledger(user: Reader, issue: Issue, *, now: datetime) -> list[LedgerLine]:
    rows = recommendations_visible_to(user).filter(issue=issue).select_related("drafted_by", "receipt")
    filled = rows.prefetch_related("responses", "assessments", "ngo_assessments__for_organisation")
    sees_grades = can_see_grades(user)
    return [_line(user, row, now=now, sees_grades=sees_grades) for row in filled]


def _line(user: Reader, row: Recommendation, *, now: datetime, sees_grades: bool) -> LedgerLine:
    assessment = next(reversed(row.assessments.all()), None)
    grade = assessment.grade if assessment is not None and sees_grades else ""
    if assessment is not None:
        # A template that reaches past ``grade`` shall find nothing there.
        assessment.grade = grade
    return LedgerLine(
        recommendation=row,
        due=due_of(row.due_on, now=now),
        responses=list(row.responses.all()),
        assessment=assessment,
        ngo_assessments=list(row.ngo_assessments.all()),
        grade=grade,
        may=steps_for(user, row),
    )
