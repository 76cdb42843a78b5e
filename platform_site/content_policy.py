"""What a browser may load and run on our pages: ours alone, and nothing inline (T7)."""

from collections.abc import Iterable
from typing import Any

from csp.constants import NONE, SELF


def content_policy(socket_origins: Iterable[str]) -> dict[str, Any]:
    """For ``CONTENT_SECURITY_POLICY``."""
    sockets = [origin.replace("http", "ws", 1) for origin in socket_origins]
    return {
        "DIRECTIVES": {
            "default-src": [NONE],
            "script-src": [SELF],
            "style-src": [SELF],
            "font-src": [SELF],
            "img-src": [SELF, "data:"],
            "connect-src": [SELF, *sockets],
            "manifest-src": [SELF],
            "form-action": [SELF],
            "frame-ancestors": [NONE],
            "base-uri": [NONE],
            "object-src": [NONE],
        },
    }
