"""``manage.py serve --port N``: one web process; start as many beside each other as you like."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

MAX_FRAME_BYTES = 64 * 1024


class Command(BaseCommand):
    help = "Serve HTTP and websockets with daphne, until SIGTERM or Ctrl-C."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=settings.PORT)

    def handle(self, *args: Any, **options: Any) -> None:
        # Daphne installs its reactor when imported, so no other command may import it.
        from daphne.endpoints import build_endpoint_description_strings
        from daphne.server import Server

        from platform_site.asgi import application

        Server(
            application=application,
            endpoints=build_endpoint_description_strings(host=options["host"], port=options["port"]),
            websocket_max_message_size=MAX_FRAME_BYTES,
            websocket_max_frame_size=MAX_FRAME_BYTES,
            verbosity=0,
            server_name="dialogue",
        ).run()
