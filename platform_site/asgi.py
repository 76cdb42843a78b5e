"""HTTP and websockets in one application; the socket's own door refuses every path but one."""

import os

from channels.routing import ProtocolTypeRouter
from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "platform_site.settings")

http = get_asgi_application()

from dialogue.realtime.consumers import socket  # noqa: E402 — tables exist only from here on

application = ProtocolTypeRouter({"http": http, "websocket": socket})
