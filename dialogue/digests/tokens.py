"""The word in a mail's unsubscribe link: the house can make it again, the table cannot tell it."""

import hashlib

from django.utils.crypto import salted_hmac

from dialogue.digests.models import Subscription


def token_of(subscription: Subscription) -> str:
    """The same every week, so that the link of an old mail still works."""
    return token_from(subscription.seed)


def token_from(seed: str) -> str:
    return salted_hmac("dialogue.digests.unsubscribe", seed, algorithm="sha256").hexdigest()


def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
