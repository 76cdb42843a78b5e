"""One run over all readers: by the schedule on Monday, or by hand."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from time import monotonic

import structlog

from dialogue.accounts.models import User
from dialogue.digests.access import readers
from dialogue.digests.actions.editions import Fate, compose_for, plan_edition, send_edition
from dialogue.digests.actions.subscriptions import new_subscription
from dialogue.digests.models import Edition, EditionState, Subscription
from dialogue.digests.planning import edition_for, is_due, period_of
from dialogue.digests.queries import subscription_of

log = structlog.get_logger(__name__)


@dataclass
class Run:
    """How many people met which fate; ``failed`` ones are tried again by the next run of the week."""

    period: str
    is_due: bool = True
    fates: Counter[Fate] = field(default_factory=Counter)
    failed: int = 0
    left: int = 0


def send_due(*, now: datetime, at_once: bool = False, seconds: float | None = None) -> Run:
    """Plan and queue what this week still needs; ``at_once`` does not wait for Monday 09:00.

    Ends after ``seconds`` and says how many are ``left``. One reader's trouble holds up nobody.
    """
    run = Run(period_of(now), is_due=at_once or is_due(now))
    people = readers() if run.is_due else []
    end = monotonic() + seconds if seconds is not None else None
    for number, person in enumerate(people):
        if end is not None and monotonic() > end:
            run.left = len(people) - number
            break
        _one(run, person, now=now)
    log.info("digests.run", count=run.fates[Fate.QUEUED], state="left" if run.left else "done")
    return run


def send_to(person: User, *, now: datetime) -> Fate:
    """The same for one person, at once."""
    edition = plan_edition(person, now=now)
    return send_edition(edition, now=now) if edition else Fate.UNWANTED


def rehearse(*, now: datetime) -> Run:
    """What ``send_due`` would do at this moment. Writes nothing."""
    run = Run(period_of(now), is_due=is_due(now))
    for person in readers():
        subscription = subscription_or_new(person, now=now)
        if not subscription.is_wanted:
            run.fates[Fate.UNWANTED] += 1
        elif _is_made(person, now=now):
            run.fates[Fate.ALREADY] += 1
        else:
            letter = compose_for(edition_for(person, subscription, now=now), subscription).letter
            run.fates[Fate.QUEUED if letter else Fate.EMPTY] += 1
    return run


def subscription_or_new(person: User, *, now: datetime) -> Subscription:
    return subscription_of(person) or new_subscription(person, now=now)


def _one(run: Run, person: User, *, now: datetime) -> None:
    try:
        run.fates[send_to(person, now=now)] += 1
    except Exception as error:
        log.error("digests.failed", exception_type=type(error).__name__, user_id=person.pk)
        run.failed += 1


def _is_made(person: User, *, now: datetime) -> bool:
    made = Edition.objects.filter(person=person, period=period_of(now))
    return made.exclude(state=EditionState.PLANNED).exists()
