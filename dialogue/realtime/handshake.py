"""Who may open a socket: decided once, before it is accepted.

Every refusal is HTTP 403, which is all that daphne can say; a person whose session has ended is
let in to be told so (4401), because a browser cannot read the status of a refused handshake.
"""

import copy
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.cookies import CookieError, SimpleCookie
from typing import Any, Final

from django.conf import settings

from dialogue.accounts.models import User
from dialogue.accounts.queries import people_signed_in
from dialogue.organisations.standing import one_look
from dialogue.realtime.limits import MAX_HANDSHAKES_PER_ADDRESS
from dialogue.realtime.listener import Listener, listener_of
from dialogue.realtime.protocol import PROTOCOL
from dialogue.realtime.revocation import may_be_signed_in
from dialogue.rooms.access.reading import read_together

Scope = dict[str, Any]
# The signed-in person and who they are to the hub, read once; nothing when the session has ended.
Arrival = tuple[User, Listener] | None
# Keys are looked up together: one that PostgreSQL refuses to read would turn away all who come with it.
_COULD_BE_OURS: Final = re.compile(r"[a-z0-9]{8,40}")
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


def people_of(keys: Sequence[str]) -> list[Arrival]:
    """Who comes with each of these sessions, by a handful of queries for all."""
    people = people_signed_in(set(keys))
    with one_look():
        read_together({user.pk for user in people.values()})
        return [_arrival(people.get(key), key) for key in keys]


def _arrival(user: User | None, key: str) -> Arrival:
    # A copy: what is read about a person belongs to one socket.
    is_let_in = user is not None and may_be_signed_in(user)
    return (copy.copy(user), listener_of(user, key)) if user is not None and is_let_in else None


def session_key_of(scope: Scope) -> str:
    """Nothing where there is none, or what stands there cannot be one."""
    try:
        cookies = SimpleCookie("; ".join(_headers(scope, b"cookie")))
    except CookieError:
        return ""
    found = cookies.get(settings.SESSION_COOKIE_NAME)
    return str(found.value) if found and _COULD_BE_OURS.fullmatch(found.value) else ""


def _headers(scope: Scope, name: bytes) -> list[str]:
    headers: list[tuple[bytes, bytes]] = scope["headers"]
    return [value.decode("latin-1") for key, value in headers if key.lower() == name]
