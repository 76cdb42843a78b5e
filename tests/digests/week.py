"""A Monday, the week before it, and how a digest is asked for in these tests."""

import uuid
from datetime import datetime, timedelta
from typing import Any

from django.utils import translation

from dialogue.accounts.models import User
from dialogue.calendar.working_days import ALMATY
from dialogue.digests.actions.editions import Composed, Fate, compose_for, plan_edition, send_edition
from dialogue.digests.actions.runs import subscription_or_new
from dialogue.digests.planning import edition_for
from dialogue.digests.selection import select
from dialogue.digests.selection.news import Digest
from dialogue.issues.access import visible_issue
from dialogue.issues.actions.escalation import escalate
from dialogue.issues.models import Issue
from dialogue.outbox.actions import Letter
from dialogue.rooms.models import Thread

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=ALMATY)
LAST_WEEK = MONDAY - timedelta(days=4)
WEEK = timedelta(days=7)


def key() -> uuid.UUID:
    return uuid.uuid4()


def an_issue(thread: Thread, by: User, *, now: datetime = LAST_WEEK, **fields: Any) -> Issue:
    words = {"title": "Ramps are missing", "summary": "Steps.", "lang": "en"}
    done = escalate(thread, by=by, key=key(), now=now, **{**words, **fields})
    return visible_issue(by, done.thing)


def digest_of(person: User, *, now: datetime = MONDAY) -> Digest:
    """What would be told, in English, without writing anything down."""
    with translation.override("en"):
        return select(person, edition_for(person, subscription_or_new(person, now=now), now=now))


def composed_for(person: User, *, now: datetime = MONDAY) -> Composed:
    subscription = subscription_or_new(person, now=now)
    return compose_for(edition_for(person, subscription, now=now), subscription)


def letter_to(person: User, *, now: datetime = MONDAY) -> Letter:
    letter = composed_for(person, now=now).letter
    assert letter is not None, "there was nothing to say"
    return letter


def told(person: User, *, now: datetime = MONDAY) -> str:
    """Everything a mail says, subject, text and HTML; empty when none would be sent."""
    letter = composed_for(person, now=now).letter
    return f"{letter.subject}\n{letter.text}\n{letter.html}" if letter else ""


def plan(person: User, *, now: datetime = MONDAY) -> Any:
    edition = plan_edition(person, now=now)
    assert edition is not None
    return edition


def send(person: User, *, now: datetime = MONDAY) -> Fate:
    return send_edition(plan(person, now=now), now=now)
