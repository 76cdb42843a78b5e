"""``manage.py messages collect | compile | check [--package rooms]``."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from platform_site.translations.verbs import VERBS, NotInOrder, perform


class Command(BaseCommand):
    help = "Keeps the catalogues of Kazakh, Russian and English: collect from the sources, compile, check."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("verb", choices=tuple(VERBS))
        parser.add_argument("--package", help="only this one, for instance rooms or platform_site")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            lines = perform(options["verb"], options["package"])
        except NotInOrder as fault:
            raise CommandError(str(fault)) from fault
        for line in lines:
            self.stdout.write(line)
