"""B54 wherever somebody with an account chooses a password: not their name, address or organisation."""

from typing import Final

import pytest
from django.test import Client

from dialogue.accounts.models import User
from dialogue.organisations.models import Organisation, Role
from tests.matrix.entrance import PASSWORD, reset_page
from tests.organisations.cast import an_organisation, delegate_of

pytestmark = pytest.mark.django_db
BAD: Final = {
    "name": "Aigerim-Nova-88",
    "address": "delegate.aigerim@post",
    "organisation": "9-quiet coast-2026",
    "organisation in Russian": "Тихий_Берег-2026",
}
DOORS: Final = ("change", "set", "reset")


@pytest.fixture
def person() -> User:
    organisation = an_organisation("quiet-coast")
    Organisation.objects.update(name_ru="Тихий берег")
    person = delegate_of(organisation, Role.LEAD)
    person.name, person.email = "Aigerim Nova", "delegate.aigerim@post.example"
    person.save()
    return person


def chosen(person: User, door: str, password: str) -> int:
    client, typed = Client(), {"password1": password, "password2": password}
    if door == "reset":
        return client.post(reset_page(client, person), typed).status_code
    if door == "change":
        person.set_password(PASSWORD)
        person.save()
        typed["oldpassword"] = PASSWORD
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client.post(f"/accounts/password/{door}/", typed).status_code


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("what", BAD)
def test_whoever_knows_the_person_guesses_it_first(person: User, door: str, what: str) -> None:
    assert chosen(person, door, BAD[what]) == 200
    person.refresh_from_db()
    assert not person.check_password(BAD[what])


@pytest.mark.parametrize("door", DOORS)
def test_another_one_is_taken(person: User, door: str) -> None:
    good = "another-uncommon-phrase"
    assert chosen(person, door, good) == 302
    person.refresh_from_db()
    assert person.check_password(good)
