"""allauth's forms: who sends which, and what is typed into it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from allauth.account.utils import user_pk_to_url_str
from django.test import Client
from django.urls import reverse

from dialogue.accounts.models import User
from tests.matrix.world import ONLY_INVITED_NAME, World

PASSWORD: Final = "a-long-and-uncommon-phrase"
TWICE: Final = {"password1": PASSWORD, "password2": PASSWORD}


@dataclass(frozen=True)
class Sending:
    client: Client
    address: str
    typed: Mapping[str, str]


def _open(route: str, typed: Mapping[str, str]) -> Callable[[World], Sending]:
    return lambda world: Sending(Client(), reverse(route), typed)


def _own(route: str, typed: Mapping[str, str], *, has_password: bool = True) -> Callable[[World], Sending]:
    return lambda world: Sending(_member(world, has_password=has_password), reverse(route), typed)


def _member(world: World, *, has_password: bool) -> Client:
    person = User.objects.get(pk=world.cast.member.pk)
    if has_password:
        person.set_password(PASSWORD)
        person.save(update_fields=["password"])
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def _sign_up(world: World) -> Sending:
    client = Client()
    client.get(reverse("organisations:invitation", kwargs=world.things["invitation"]))
    typed = {"name": "Aigerim Nova", "email": ONLY_INVITED_NAME, "password1": PASSWORD, "language": "en"}
    return Sending(client, reverse("account_signup"), typed)


def _reset(world: World) -> Sending:
    client = Client()
    return Sending(client, reset_page(client, world.cast.member), {**TWICE, "action": ""})


def reset_page(client: Client, person: User) -> str:
    """Where the link of a mail leads to."""
    return client.get(reset_link(person), follow=True).redirect_chain[-1][0]


def reset_link(person: User) -> str:
    known = {"uidb36": user_pk_to_url_str(person), "key": default_token_generator.make_token(person)}
    return reverse("account_reset_password_from_key", kwargs=known)


def _confirm(world: World) -> Sending:
    key = EmailConfirmationHMAC(EmailAddress.objects.get(user=world.cast.member)).key
    return Sending(Client(), reverse("account_confirm_email", args=[key]), {})


ENTRANCE: Final[Mapping[str, Callable[[World], Sending]]] = {
    "account_login": _open("account_login", {"login": "typed@post.example", "password": PASSWORD}),
    "account_signup": _sign_up,
    "account_reset_password": _open("account_reset_password", {"email": "typed@post.example"}),
    "account_reset_password_from_key": _reset,
    "account_confirm_email": _confirm,
    "account_logout": _own("account_logout", {}),
    "account_email": _own("account_email", {"email": "typed@post.example", "action_add": ""}),
    "account_email remove": _own("account_email", {"email": "typed@post.example", "action_remove": ""}),
    "account_change_password": _own("account_change_password", {"oldpassword": PASSWORD, **TWICE}),
    "account_set_password": _own("account_set_password", TWICE, has_password=False),
    "account_reauthenticate": _own("account_reauthenticate", {"password": PASSWORD}),
}
