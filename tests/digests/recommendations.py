"""A recommendation of an issue, drafted and signed."""

from datetime import datetime

from dialogue.accounts.models import User
from dialogue.issues.access import visible_recommendation
from dialogue.issues.actions.recommendations import draft_recommendation, issue_recommendation
from dialogue.issues.models import Issue, Recommendation
from tests.digests.week import key


def a_draft(issue: Issue, by: User, *, now: datetime) -> Recommendation:
    done = draft_recommendation(
        issue, by=by, key=key(), addressee="akimat", texts={"kk": "Жасаңыз.", "ru": "Сделайте."}, now=now
    )
    return visible_recommendation(by, done.thing)


def a_signature(draft: Recommendation, by: User, *, now: datetime) -> None:
    issue_recommendation(draft, by=by, key=key(), now=now)
