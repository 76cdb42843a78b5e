"""Pages that are not ours, admin's and allauth's: nothing of ours is told there, and nobody is let in."""

from typing import Final

import pytest
from django.core.cache import cache
from django.http import HttpResponse
from django.urls import reverse

from tests.cast import NAMES
from tests.matrix.secrets_kept import SECRETS
from tests.matrix.undoing import undone
from tests.matrix.walking import routes_of_others
from tests.matrix.world import World

ADMIN: Final = routes_of_others("admin:")
ACCOUNT: Final = {
    "account_login": "open",
    "account_signup": "open",  # and closed without an invitation
    "account_inactive": "open",
    "account_email_verification_sent": "open",
    "account_confirm_email": "open",
    "account_reset_password": "open",
    "account_reset_password_done": "open",
    "account_reset_password_from_key": "open",
    "account_reset_password_from_key_done": "open",
    "account_confirm_login_code": "sends on",
    "account_logout": "sends on",
    "account_reauthenticate": "sends on",
    "account_email": "sends on",
    "account_change_password": "sends on",
    "account_set_password": "sends on",
}
VALUES: Final = {
    "object_id": "1",
    "content_type_id": "1",
    "uidb36": "1",
    "key": "a-b",
    "app_label": "accounts",
}


def test_every_page_of_allauth_has_a_row() -> None:
    names = set(routes_of_others("account_"))
    assert names == set(ACCOUNT), f"Say in {__file__} whether visitors get {names ^ set(ACCOUNT)}."


@pytest.mark.parametrize("route", ACCOUNT)
def test_pages_of_accounts_tell_nothing(world: World, route: str) -> None:
    for name in NAMES:
        answer = asked(world, route, name)
        assert answer.status_code in (200, 302, 403), name
        assert not told(answer, name)
    assert asked(world, route, "visitor").status_code == (200 if ACCOUNT[route] == "open" else 302)


@pytest.mark.parametrize("route", ACCOUNT)
def test_b34_methods_that_pages_of_accounts_do_not_have(world: World, route: str) -> None:
    needed = routes_of_others("account_")[route]
    address = reverse(route, kwargs={value: VALUES[value] for value in needed})
    for method in ("put", "patch", "delete"):
        answer = getattr(world.clients["member"], method)(address)
        assert answer.status_code == 405
        assert answer.headers["Allow"] == "GET, HEAD, POST"


@pytest.mark.parametrize("route", [name for name in ADMIN if name.partition(":")[2].isidentifier()])
def test_the_admin_lets_nobody_of_the_cast_in(world: World, route: str) -> None:
    """``is_staff`` opens it; no role does."""
    names = NAMES if route in ("admin:index", "admin:accounts_user_changelist") else ("visitor", "safety")
    for name in names:
        answer = asked(world, route, name)
        assert answer.status_code in (302, 403, 404), f"{name} got {answer.status_code}"
        assert not told(answer, name)


def asked(world: World, route: str, name: str) -> HttpResponse:
    cache.clear()  # tries are counted there
    needed = {**ADMIN, **routes_of_others("account_")}[route]
    with undone():
        page: HttpResponse = world.clients[name].get(
            reverse(route, kwargs={value: VALUES[value] for value in needed})
        )  # type: ignore[assignment]
    return page


def told(answer: HttpResponse, name: str) -> list[str]:
    said = answer.text + str(answer.headers)
    return [each.what for each in SECRETS if each.word in said and name not in each.readers]
