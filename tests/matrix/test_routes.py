"""Every address × everybody × reading and sending: who is not named finds nothing, and nothing is told."""

from collections.abc import Iterator, Set
from typing import Final

import pytest
from django.core.cache import cache
from django.http import HttpResponse

from dialogue.issues.views.acts import ACTS, STEPS
from dialogue.rooms.views.doors import WRITTEN
from dialogue.rooms.views.triage import ACTS as MOVES
from tests.cast import NAMES
from tests.matrix import table
from tests.matrix.secrets_kept import SECRETS
from tests.matrix.table import Row
from tests.matrix.table_of_issues import ROWS
from tests.matrix.undoing import undone
from tests.matrix.walking import address_of, our_routes, typed
from tests.matrix.world import World

REFUSED_BY_NAME: Final = (403, 409, 410)


def test_every_route_has_a_row() -> None:
    rows = {row.route for row in ROWS}
    missing = set(our_routes()) - rows
    assert not missing, f"Say in tests/matrix/table.py who may do what at {', '.join(sorted(missing))}."
    gone = rows - set(our_routes())
    assert not gone, (
        f"tests/matrix/table.py speaks of addresses that are not there: {', '.join(sorted(gone))}."
    )


def test_everybody_of_the_cast_is_placed() -> None:
    new = set(NAMES) ^ set(table.EVERYBODY)
    assert not new, f"Say in tests/matrix/table.py what they may read: {', '.join(sorted(new))}."
    strange = {name for row in ROWS for name in _named(row)} - set(NAMES)
    assert not strange, f"Nobody in tests/cast.py is called {', '.join(sorted(strange))}."


def test_every_verb_has_a_row() -> None:
    verbs = {"rooms:triage": MOVES, "issues:act": ACTS, "issues:step": STEPS}
    for route, known in verbs.items():
        missing = set(known) - {row.verb for row in ROWS if row.route == route}
        assert not missing, f"Say in the table who may {', '.join(sorted(missing))} at {route}."


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_who_finds_what(world: World, row: Row) -> None:
    wrong = [sentence for name in NAMES for sentence in _wrong(world, row, name)]
    assert not wrong, "\n".join(["", *wrong])


@pytest.mark.parametrize("row", {row.route: row for row in ROWS}.values(), ids=lambda row: row.route)
def test_b34_a_method_that_no_address_has(world: World, row: Row) -> None:
    name = sorted(_named(row) or {"visitor"})[0]
    for method in ("put", "patch", "delete"):
        answer = getattr(world.clients[name], method)(address_of(row, world.things[row.about]))
        assert answer.status_code == 405, method
        assert "GET" in answer.headers["Allow"] or "POST" in answer.headers["Allow"]


def _named(row: Row) -> Set[str]:
    return (row.get or frozenset()) | (row.post or frozenset()) | row.sees


def _wrong(world: World, row: Row, name: str) -> Iterator[str]:
    cache.clear()  # wrong guesses are counted there
    for method in _methods(row, name):
        with undone():
            answer = _asked(world, row, name, method)
        expected = _expected(row, name, method)
        if answer.status_code not in expected:
            yield f"{method} {row}: {name} got {answer.status_code}, not {expected}"
        if answer.status_code == 405 and not answer.headers.get("Allow"):
            yield f"{method} {row}: {name} was not told which method is right (B34)"
        if name == "visitor" and expected == (302,) and not answer["Location"].startswith("/accounts/login/"):
            yield f"{method} {row}: {name} was sent to {answer['Location']}"
        said = answer.text + str(answer.headers) + str(answer.cookies)
        for secret in SECRETS:
            if secret.word in said and name not in secret.readers:
                yield f"{method} {row}: {name} was told {secret.what}"
            if secret.word not in said and name in secret.readers and (method, str(row)) == secret.told_by:
                yield f"{method} {row}: {name} was not told {secret.what}"


def _shows_what_was_typed(row: Row) -> bool:
    """Their session ended meanwhile: the text comes back before the way in is offered."""
    typed_by_hand = any(name in WRITTEN or " " in words for name, words in row.send.items())
    return row.route.startswith(("rooms:", "issues:")) and typed_by_hand


def _methods(row: Row, name: str) -> Iterator[str]:
    """A method that an address does not have is refused before anybody is asked who they are."""
    for method, may in (("get", row.get), ("post", row.post)):
        if may is not None or name in ("member", "nobody", "visitor"):
            yield method


def _asked(world: World, row: Row, name: str, method: str) -> HttpResponse:
    thing = world.things[row.about]
    ask = getattr(world.clients[name], method)
    answer: HttpResponse = ask(address_of(row, thing), typed(row, thing) if method == "post" else None)
    return answer


def _expected(row: Row, name: str, method: str) -> tuple[int, ...]:
    may = row.get if method == "get" else row.post
    if may is None:
        return (405,)
    if name in may:
        return (200, 302)
    if name == "visitor":
        return (401,) if method == "post" and _shows_what_was_typed(row) else (row.signed_out,)
    return REFUSED_BY_NAME if name in _named(row) else (404,)
