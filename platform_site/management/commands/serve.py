"""``manage.py serve --port N``: one web process; start as many beside each other as you like."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Serve HTTP and websockets with daphne, until SIGTERM or Ctrl-C."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=settings.PORT)

    def handle(self, *args: Any, **options: Any) -> None:
        # Daphne installs its reactor when imported, so no other command may import it.
        from platform_site.asgi import application
        from platform_site.serving import WebProcess

        WebProcess(application, host=options["host"], port=options["port"]).run()
