"""Who may open a socket: decided once, before it is accepted.

Every refusal is HTTP 403, which is all that daphne can say; a person whose session has ended is
let in to be told so (4401), because a browser cannot read the status of a refused handshake.
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from http.cookies import CookieError, SimpleCookie
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user
from django.http import HttpRequest

from dialogue.accounts.models import User
from dialogue.organisations.standing import one_look
from dialogue.realtime.limits import MAX_HANDSHAKES_PER_ADDRESS
from dialogue.realtime.listener import Listener, listener_of
from dialogue.realtime.protocol import PROTOCOL
from dialogue.realtime.revocation import may_be_signed_in

Scope = dict[str, Any]
_under_way: Counter[str] = Counter()


def is_admissible(scope: Scope) -> bool:
    """One Origin, one of ours to the letter, and the protocol we speak. Query strings are not read."""
    origins = _headers(scope, b"origin")
    return (
        len(origins) == 1
        and origins[0] in settings.SOCKET_ORIGINS
        and scope["path"] == "/ws/"
        and PROTOCOL in scope.get("subprotocols", ())
    )


@contextmanager
def place_for(address: str) -> Iterator[bool]:
    """Whether this address has fewer than its share of handshakes under way; counts this one."""
    _under_way[address] += 1
    try:
        yield _under_way[address] <= MAX_HANDSHAKES_PER_ADDRESS
    finally:
        _under_way[address] -= 1
        if not _under_way[address]:
            del _under_way[address]


def address_of(scope: Scope) -> str:
    """Where it comes from; behind proxies of ours, what the outermost of them saw."""
    hops = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    told = [hop.strip() for line in _headers(scope, b"x-forwarded-for") for hop in line.split(",")]
    if hops and len(told) >= hops:
        return str(told[-hops])
    client = scope.get("client")
    return str(client[0]) if client else ""


def person_of(scope: Scope) -> tuple[User, Listener] | None:
    """The signed-in person and who they are to the hub, read once; nothing when the session has ended."""
    key = _session_key(scope)
    if not key:
        return None
    request = HttpRequest()
    request.session = import_module(settings.SESSION_ENGINE).SessionStore(key)
    user = get_user(request)
    with one_look():
        if not isinstance(user, User) or not may_be_signed_in(user):
            return None
        return user, listener_of(user, key)


def _session_key(scope: Scope) -> str:
    try:
        cookies = SimpleCookie("; ".join(_headers(scope, b"cookie")))
    except CookieError:
        return ""
    found = cookies.get(settings.SESSION_COOKIE_NAME)
    return str(found.value) if found else ""


def _headers(scope: Scope, name: bytes) -> list[str]:
    headers: list[tuple[bytes, bytes]] = scope["headers"]
    return [value.decode("latin-1") for key, value in headers if key.lower() == name]
