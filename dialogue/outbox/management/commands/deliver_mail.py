from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from dialogue.outbox.delivery import deliver_due


class Command(BaseCommand):
    help = "Send the mail that is due, once, and say how many were sent."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(str(deliver_due(now=timezone.now())))
