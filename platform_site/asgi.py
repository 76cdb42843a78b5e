"""HTTP and websockets in one application. Sockets come with the room; until then every path is refused."""

import os
from collections.abc import Awaitable, Callable
from typing import Any

from channels.routing import ProtocolTypeRouter
from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "platform_site.settings")

Send = Callable[[dict[str, Any]], Awaitable[None]]
Receive = Callable[[], Awaitable[dict[str, Any]]]


async def refuse_socket(scope: dict[str, Any], receive: Receive, send: Send) -> None:
    """Close before accepting: daphne answers the handshake with 403."""
    await receive()
    await send({"type": "websocket.close"})


application = ProtocolTypeRouter({"http": get_asgi_application(), "websocket": refuse_socket})
