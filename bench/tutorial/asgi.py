"""Sockets under one address; the middleware of the tutorial is left out, which only helps it."""

import os

from channels.routing import ProtocolTypeRouter, URLRouter
from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.tutorial.settings")
http = get_asgi_application()

from django.urls import path  # noqa: E402 — after the applications are loaded

from bench.tutorial.consumers import Chat  # noqa: E402

application = ProtocolTypeRouter(
    {"http": http, "websocket": URLRouter([path("ws/chat/<slug:room>/", Chat.as_asgi())])}
)
