"""``manage.py load_demo``: load the fictional people and their story, once."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from dialogue.demo.loading import load_story
from dialogue.demo.people import load_people


class Command(BaseCommand):
    help = "Load the fictional demo. What is there already stays as it is."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("This installation is not a demonstration (DEMO=false): nothing was loaded.")
        people, threads = load_people(), load_story(now=timezone.now())
        found = f"{people} fictional people and {threads} threads loaded."
        self.stdout.write(found if people or threads else "The demo is there already.")
