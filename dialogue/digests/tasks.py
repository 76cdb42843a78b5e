"""What the worker calls by name; the schedule is written by a migration."""

from typing import Final

from django.utils import timezone
from django_q.tasks import async_task

from dialogue.digests.actions.runs import send_due

# Well below the worker's limit of five minutes: what is left is one more task.
RUN_SECONDS: Final = 200


def send() -> int:
    """Queue the mails of this week that nobody queued yet; how many people are left for the next task."""
    run = send_due(now=timezone.now(), seconds=RUN_SECONDS)
    if run.left:
        async_task("dialogue.digests.tasks.send")
    return run.left
