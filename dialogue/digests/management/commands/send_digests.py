from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from dialogue.accounts.queries import person_by_email
from dialogue.digests.actions.editions import compose_for
from dialogue.digests.actions.runs import Run, rehearse, send_due, subscription_or_new
from dialogue.digests.planning import edition_for
from dialogue.digests.queries import uncertain_editions
from dialogue.outbox.delivery import deliver_due


class Command(BaseCommand):
    help = (
        "Send this week's digests to whoever has not got theirs; a second time nothing happens. "
        "Before Monday 09:00 in Almaty it sends nothing, unless --now."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        one = parser.add_mutually_exclusive_group()
        one.add_argument("--dry-run", action="store_true", help="say what would be sent; write nothing")
        one.add_argument("--preview", metavar="ADDRESS", help="print one person's digest; write nothing")
        one.add_argument(
            "--now", action="store_true", help="do not wait for Monday 09:00, and empty the outbox at once"
        )
        parser.add_argument("--html", action="store_true", help="with --preview: the HTML part instead")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["preview"]:
            self._preview(options["preview"], as_html=options["html"])
        elif options["dry_run"]:
            self._report(rehearse(now=timezone.now()), would=True)
        else:
            self._report(send_due(now=timezone.now(), at_once=options["now"]))
            if options["now"]:
                self.stdout.write(f"delivered from the outbox: {deliver_due(now=timezone.now())}")

    def _report(self, run: Run, *, would: bool = False) -> None:
        if not run.is_due and not would:
            self.stdout.write(f"{run.period}: not before Monday 09:00 in Almaty; --now does not wait")
            return
        fates = ", ".join(f"{fate} {count}" for fate, count in sorted(run.fates.items())) or "nobody"
        self.stdout.write(f"{run.period}{' (dry run)' if would else ''}: {fates}, failed {run.failed}")
        for edition in uncertain_editions():
            self.stdout.write(
                f"perhaps sent, never sent again by itself: edition {edition.pk} of {edition.period}"
            )
        if run.failed:
            raise CommandError("Some digests failed; the log names the errors. Run it again this week.")

    def _preview(self, address: str, *, as_html: bool) -> None:
        person = person_by_email(address)
        if person is None:
            raise CommandError("Nobody has this address.")
        now = timezone.now()
        subscription = subscription_or_new(person, now=now)
        letter = compose_for(edition_for(person, subscription, now=now), subscription).letter
        if letter is None:
            self.stdout.write("Nothing to say: no mail would be sent.")
            return
        self.stdout.write(letter.html if as_html else f"{letter.subject}\n\n{letter.text}")
