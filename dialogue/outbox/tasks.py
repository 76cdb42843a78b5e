"""What the worker calls by name; the schedule is written by a migration."""

from django.utils import timezone

from dialogue.outbox.delivery import deliver_due


def deliver() -> int:
    return deliver_due(now=timezone.now())
