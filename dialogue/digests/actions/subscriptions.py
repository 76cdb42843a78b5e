"""Choosing the digest, and leaving it with one press. These acts touch the reader's own mail only."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dialogue.accounts.models import User
from dialogue.digests.models import Frequency, Subscription, new_seed
from dialogue.digests.tokens import hash_of, token_from, token_of
from dialogue.text.refusals import NotFound


def new_subscription(person: User, *, now: datetime) -> Subscription:
    """What somebody who never chose has, not written down."""
    seed = new_seed()
    return Subscription(person=person, seed=seed, token_hash=hash_of(token_from(seed)), since=now)


def ensure_subscription(person: User, *, now: datetime | None = None) -> Subscription:
    """The person's row; the second time the same."""
    known = Subscription.objects.filter(person=person).first()
    if known is not None:
        return _with_a_living_link(known)
    fresh = new_subscription(person, now=now or timezone.now())
    values = {"seed": fresh.seed, "token_hash": fresh.token_hash, "since": fresh.since}
    return Subscription.objects.get_or_create(person=person, defaults=values)[0]


def choose(*, by: User, frequency: Frequency, is_private: bool, now: datetime | None = None) -> Subscription:
    """Set both at once. Turned on again, the digest looks back one week, not over the whole pause."""
    at = now or timezone.now()
    with transaction.atomic():
        _turn(ensure_subscription(by, now=at), frequency, now=at)
        Subscription.objects.filter(person=by).update(is_private=is_private)
        return Subscription.objects.get(person=by)


def unsubscribe(token: str) -> Subscription:
    """From a mail, without sign-in; the second time changes nothing. Refuses what is no such link."""
    subscription = subscription_behind(token)
    _turn(subscription, Frequency.NONE, now=timezone.now())
    return subscription


def resubscribe(token: str) -> Subscription:
    """The way back from the page that ``unsubscribe`` leads to."""
    subscription = subscription_behind(token)
    _turn(subscription, Frequency.WEEKLY, now=timezone.now())
    return subscription


def subscription_behind(token: str) -> Subscription:
    """Forged, cut and missing look alike."""
    subscription = Subscription.objects.filter(token_hash=hash_of(token)).select_related("person").first()
    if subscription is None:
        raise NotFound("link_not_valid", _("This link is not valid."))
    return subscription


def _with_a_living_link(subscription: Subscription) -> Subscription:
    """When the house's key was changed, links of old mails are dead, but those of new ones must work."""
    token_hash = hash_of(token_of(subscription))
    if subscription.token_hash != token_hash:
        Subscription.objects.filter(pk=subscription.pk).update(token_hash=token_hash)
        subscription.token_hash = token_hash
    return subscription


def _turn(subscription: Subscription, frequency: Frequency, *, now: datetime) -> None:
    others = Subscription.objects.filter(pk=subscription.pk).exclude(frequency=frequency)
    others.update(frequency=frequency, **({"since": now} if frequency is Frequency.WEEKLY else {}))
    subscription.refresh_from_db()
