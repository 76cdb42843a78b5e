"""B35, B38–B40 at every address that takes a form, ours and allauth's: refused, nothing written, text kept.

Left out is the admin, whose forms are Django's: it takes from a request only the fields it names.
"""

from typing import Any, Final

import pytest
from django.apps import apps
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import translation
from django.utils.html import escape

from dialogue.text.forms import DAMAGED
from dialogue.text.languages import Language
from tests.matrix.entrance import ENTRANCE, Sending
from tests.matrix.table import Row
from tests.matrix.table_of_issues import ROWS
from tests.matrix.undoing import undone
from tests.matrix.walking import address_of, our_routes, routes_of_others, typed
from tests.matrix.world import World

# What is shown again: all that a person types, but never a password.
KEPT: Final = (
    *("body", "title", "summary", "note", "reason", "text", "text_kk", "text_ru", "next_step_kk"),
    *("email", "login", "name"),
)
# The one address that nobody of the cast may use: nobody of them is in the demonstration.
ENTER: Final = Row("demo:enter", post={"visitor"}, send={"role": "member"})
# Without a code that was sent, which this house never does, it only leads away.
LEADS_AWAY: Final = {"account_confirm_login_code"}


def _one_of_each(rows: list[Row]) -> dict[str, Row]:
    found = {" ".join(filter(None, (row.route, row.verb))): row for row in reversed(rows) if row.post}
    return dict(sorted(found.items()))


OURS: Final = _one_of_each([*ROWS, ENTER])
FORMS: Final = [*OURS, *ENTRANCE]


def sending(world: World, form: str) -> Sending:
    cache.clear()  # tries are counted there
    if form in ENTRANCE:
        return ENTRANCE[form](world)
    row = OURS[form]
    thing = world.things[row.about]
    return Sending(world.clients[sorted(row.post or ())[0]], address_of(row, thing), typed(row, thing))


def rows() -> dict[str, Any]:
    """Everything there is in the database."""
    with translation.override("en"):
        return {model._meta.label: list(model._base_manager.values()) for model in apps.get_models()}


def refused(world: World, form: str, strange: Any) -> None:
    with undone():
        sent = sending(world, form)
        before = rows()
        answer: HttpResponse = sent.client.post(sent.address, strange(sent.typed))  # type: ignore[assignment]
        assert answer.status_code == 400
        assert rows() == before
        assert says_what_is_wrong(answer.text)
        for name in KEPT:
            assert name not in sent.typed or sent.typed[name] in answer.text or is_button(answer), name


def is_button(answer: HttpResponse) -> bool:
    """Sent by a button of a page: there is no text that could be lost."""
    return "<h1>400</h1>" in answer.text


def says_what_is_wrong(page: str) -> bool:
    for language in Language.values:
        with translation.override(language):
            if str(DAMAGED) in page:
                return True
    return "The server did not understand this request." in page


@pytest.mark.parametrize("form", FORMS)
def test_b39_a_field_nobody_asked_for(world: World, form: str) -> None:
    refused(world, form, lambda typed: {**typed, "role_of": "admin", "author": "2"})


@pytest.mark.parametrize("form", FORMS)
def test_b40_a_field_sent_twice(world: World, form: str) -> None:
    def twice(typed: dict[str, str]) -> dict[str, Any]:
        name = next(iter(typed), "next")
        return {**typed, name: [typed.get(name, "/")] * 2}

    refused(world, form, twice)


@pytest.mark.parametrize("form", [form for form in FORMS if form != "digests:unsubscribe"])
def test_b38_a_form_that_was_open_too_long(world: World, form: str) -> None:
    """Mail programs leave the digest without a token, and without a page of ours."""
    with undone():
        sent = sending(world, form)
        strict = Client(enforce_csrf_checks=True, headers={"Accept-Language": "en"})
        strict.cookies = sent.client.cookies
        before = rows()
        answer = strict.post(sent.address, dict(sent.typed))
        assert answer.status_code == 403
        assert "This page has been open too long" in answer.text
        assert rows() == before
        for name, value in sent.typed.items():
            if "password" in name:
                assert value not in answer.text
            elif name in KEPT:
                assert escape(value) in answer.text, name


@pytest.mark.parametrize("form", FORMS)
def test_b35_json_is_no_form(world: World, form: str) -> None:
    with undone():
        sent = sending(world, form)
        before = rows()
        answer = sent.client.post(sent.address, dict(sent.typed), content_type="application/json")
        assert answer.status_code == 415
        assert rows() == before


@pytest.mark.parametrize("form", FORMS)
def test_without_anything_strange_the_same_is_taken(world: World, form: str) -> None:
    """Or the two above would pass whatever was wrong."""
    with undone():
        sent = sending(world, form)
        answer = sent.client.post(sent.address, sent.typed)
        # Nobody of the demonstration is in this world, and nobody has the typed address and password.
        expected = {"demo:enter": (404,), "account_login": (200,)}.get(form, (200, 302))
        assert answer.status_code in expected
        assert not says_what_is_wrong(answer.text)


def test_every_address_that_takes_a_form_is_here(world: World) -> None:
    ours = {row.route for row in ROWS if row.post is not None}
    assert ours == {row.route for row in OURS.values()}
    assert ours <= set(our_routes())
    theirs = {name.partition(" ")[0] for name in ENTRANCE}
    for name in set(routes_of_others("account_")) - theirs - LEADS_AWAY:
        assert takes_no_form(world, name), f"Say in tests/matrix/entrance.py what {name} is sent."


def takes_no_form(world: World, name: str) -> bool:
    return world.clients["member"].post(reverse(name)).status_code == 405
