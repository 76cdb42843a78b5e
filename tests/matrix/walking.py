"""Every address this site answers, asked of the resolver."""

import uuid
from collections.abc import Iterator, Mapping
from typing import Any, Final

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.matrix.table import Row

# Their pages are not ours: short rows of their own, in test_others.
OTHERS: Final = ("admin:", "account_")
# Sent twice, their forms change nothing the second time; a key would be a field nobody asked for.
KEYLESS: Final = {
    *("rooms:read", "issues:follow", "accounts:language", "digests:settings"),
    *("digests:unsubscribe", "digests:resubscribe", "demo:enter", "demo:send_digest"),
    "organisations:invitation",
}


def our_routes() -> dict[str, list[str]]:
    """Name of each route of our own → the names in its address."""
    return {name: names for name, names in _walk(get_resolver()) if not name.startswith(OTHERS)}


def routes_of_others(prefix: str) -> dict[str, list[str]]:
    return {name: names for name, names in _walk(get_resolver()) if name.startswith(prefix)}


def address_of(row: Row, thing: Mapping[str, str]) -> str:
    known = {**thing, "verb": row.verb}
    needed = our_routes_once()[row.route]
    path = reverse(row.route, kwargs={name: known[name] for name in needed})
    return f"{path}?token={thing['?token']}" if "?token" in thing else path


def typed(row: Row, thing: Mapping[str, str]) -> dict[str, str]:
    """What a person fills into the form of this row."""
    words = {field: thing[value[1:]] if value.startswith("$") else value for field, value in row.send.items()}
    return words if row.route in KEYLESS else {"key": str(uuid.uuid4()), **words}


_known: dict[str, list[str]] = {}


def our_routes_once() -> dict[str, list[str]]:
    if not _known:
        _known.update(our_routes())
    return _known


def _walk(resolver: URLResolver, above: str = "", names: tuple[str, ...] = ()) -> Iterator[tuple[str, Any]]:
    for each in resolver.url_patterns:
        here = (*names, *each.pattern.converters, *each.pattern.regex.groupindex)
        if isinstance(each, URLPattern):
            yield f"{above}{each.name or each.pattern}", list(dict.fromkeys(here))
        else:
            inside = f"{above}{each.namespace}:" if each.namespace else above
            yield from _walk(each, inside, here)
