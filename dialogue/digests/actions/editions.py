"""Planning an edition, and giving its mail to the outbox: at most one a person and ISO week.

Planning writes the windows, so a run that is killed goes on with the same ones. An edition is
claimed by changing its row in the transaction that queues its mail: whatever dies in between,
either both happened or neither. From there on the outbox answers for the mail.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db import transaction
from django.utils import timezone, translation

from dialogue.accounts.models import User
from dialogue.digests.access import can_receive
from dialogue.digests.actions.subscriptions import ensure_subscription
from dialogue.digests.models import Edition, EditionState, Subscription
from dialogue.digests.planning import edition_for, period_of
from dialogue.digests.rendering import compose
from dialogue.digests.selection import select
from dialogue.outbox.actions import Letter, queue_mail


class Fate(StrEnum):
    """What a run did about one person."""

    QUEUED = "queued"
    EMPTY = "empty"
    ALREADY = "already"
    UNWANTED = "unwanted"


@dataclass(frozen=True)
class Composed:
    letter: Letter | None
    counts: Mapping[str, int]


def plan_edition(person: User, *, now: datetime) -> Edition | None:
    """This week's edition, made the first time and found again; None for who wants none."""
    subscription = ensure_subscription(person, now=now)
    if not subscription.is_wanted:
        return None
    with transaction.atomic():
        _drop_older(person, now=now)
        made = edition_for(person, subscription, now=now)
        fields = ("looks_back_to", "is_first", "cut_at", "windows")
        values = {name: getattr(made, name) for name in fields}
        return Edition.objects.get_or_create(person=person, period=made.period, defaults=values)[0]


def send_edition(edition: Edition, *, now: datetime) -> Fate:
    """Queue its mail unless another run did, the reader left meanwhile, or there is nothing to say."""
    if edition.state != EditionState.PLANNED:
        return Fate.ALREADY
    person = edition.person
    subscription = ensure_subscription(person, now=now)
    if not subscription.is_wanted or not can_receive(person):
        return Fate.UNWANTED if _settle(edition, EditionState.DROPPED, now=now, windows={}) else Fate.ALREADY
    composed = compose_for(edition, subscription)
    if composed.letter is None:
        return Fate.EMPTY if _settle(edition, EditionState.EMPTY, now=now) else Fate.ALREADY
    return Fate.QUEUED if _claim_and_queue(edition, composed, now=now) else Fate.ALREADY


def compose_for(edition: Edition, subscription: Subscription) -> Composed:
    """The mail as it would leave now, in the reader's language; nothing is written."""
    with translation.override(edition.person.language), timezone.override(None):
        digest = select(edition.person, edition)
        letter = compose(digest, subscription) if digest.has_something_to_say else None
    return Composed(letter, digest.counts)


def _claim_and_queue(edition: Edition, composed: Composed, *, now: datetime) -> bool:
    assert composed.letter is not None  # noqa: S101 — for the type checker: the caller asked
    with transaction.atomic():
        if not _settle(edition, EditionState.QUEUED, now=now, counts=dict(composed.counts)):
            return False
        mail = queue_mail(
            composed.letter,
            recipient=edition.person.email,
            now=now,
            dedupe_key=f"digest:{edition.person.public_id}:{edition.period}",
        )
        Edition.objects.filter(pk=edition.pk).update(mail=mail)
    return True


def _settle(edition: Edition, state: EditionState, *, now: datetime, **fields: object) -> bool:
    """Only one of several runs changes the row."""
    planned = Edition.objects.filter(pk=edition.pk, state=EditionState.PLANNED)
    return planned.update(state=state, settled_at=now, **fields) == 1


def _drop_older(person: User, *, now: datetime) -> None:
    """A week that was never sent is told with this one: its windows are given back."""
    older = Edition.objects.filter(person=person, state=EditionState.PLANNED).exclude(period=period_of(now))
    older.update(state=EditionState.DROPPED, settled_at=now, windows={})
