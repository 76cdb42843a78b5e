"""``manage.py renew_epochs``: after a backup was put back, before the first web process starts."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from dialogue.journal.epochs import count_streams, renew_epochs


class Command(BaseCommand):
    help = (
        "Give every stream a new epoch: to be done once after a backup was put back, so that pages which "
        "know more than the backup start anew. Positions stay. Never run it while web processes serve: "
        "stop them before the backup is put back, and start them after this."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--yes", action="store_true", help="do not ask; no web process is running")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["yes"]:
            self._ask()
        self.stdout.write(f"{renew_epochs()} streams have a new epoch.")

    def _ask(self) -> None:
        self.stdout.write(f"{count_streams()} streams get a new epoch; every open page will start anew.")
        try:
            answer = input("Are all web processes stopped? Type yes to go on: ")
        except EOFError:
            answer = ""
        if answer.strip().lower() != "yes":
            raise CommandError("Nothing was changed. Where nobody can be asked, say --yes.")
