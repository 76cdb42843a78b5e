"""One step of a recommendation along its table, for the acts that draft, sign and answer."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from dialogue.accounts.models import User
from dialogue.issues.access import knows_step, movers_of_recommendation, visible_recommendation
from dialogue.issues.actions.running import ActAsked, run
from dialogue.issues.models import Recommendation, RecommendationStep
from dialogue.issues.states import (
    RECOMMENDATION_TRANSITIONS,
    RecommendationState,
    recommendation_transition,
)
from dialogue.journal.acts import Done, Key
from dialogue.journal.entries import Opened, Place
from dialogue.text.refusals import Conflict

StepDeed = Callable[[Opened, Recommendation], Place]


@dataclass(frozen=True)
class StepAsked:
    """``content`` is what a repeated key must repeat, beside the verb and the recommendation."""

    verb: str
    by: User
    key: Key
    content: dict[str, Any]
    now: datetime | None = None
    note: str = ""


def take_step(recommendation: Recommendation, wish: StepAsked, *, do: StepDeed) -> Done:
    """Check role and state, keep the step, and let ``do`` write the rest after the state was set."""

    def go(opened: Opened, fresh: Recommendation) -> tuple[Place, str]:
        refuse_moved(fresh, wish)
        return do(opened, fresh), fresh.public_id

    content = {"act": f"recommendations.{wish.verb}", "recommendation": recommendation.public_id}
    return run(
        recommendation.issue,
        ActAsked(wish.by, wish.key, {**content, **wish.content}, wish.now),
        look=lambda: visible_recommendation(wish.by, recommendation.public_id),
        may=lambda fresh: knows_step(movers_of_recommendation(wish.by, fresh), wish.verb),
        do=go,
    )


def refuse_moved(recommendation: Recommendation, wish: StepAsked) -> None:
    state = RecommendationState(recommendation.state)
    if recommendation_transition(wish.verb, state) is None:
        raise Conflict(
            "transition_not_allowed",
            _("This recommendation has moved on meanwhile. See how it stands now."),
            current={
                "state": recommendation.state,
                "version": recommendation.version,
                "verbs": [t.verb for t in RECOMMENDATION_TRANSITIONS if t.source == state],
            },
        )


def write_step(opened: Opened, recommendation: Recommendation, wish: StepAsked, **changes: Any) -> None:
    """Set the state the table names, with ``changes``, and keep who did it, when and why."""
    source = RecommendationState(recommendation.state)
    step = recommendation_transition(wish.verb, source)
    recommendation.state = step.target if step else source
    recommendation.version += 1
    for name, value in changes.items():
        setattr(recommendation, name, value)
    recommendation.save()
    keep_step(opened, recommendation, wish, source=source)


def keep_step(
    opened: Opened,
    recommendation: Recommendation,
    wish: StepAsked,
    *,
    source: RecommendationState | None = None,
) -> None:
    RecommendationStep.objects.create(
        recommendation=recommendation,
        verb=wish.verb,
        source=source or "",
        target=recommendation.state,
        note=wish.note,
        by=wish.by,
        at=opened.at,
    )
