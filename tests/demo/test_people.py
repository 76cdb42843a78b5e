"""The fictional people exist, can come in by one press or by password, and only in the demonstration."""

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from pytest_django import Settings

from dialogue.accounts.queries import person_by_email
from dialogue.demo.people import load_people
from dialogue.demo.roles import DEMO_PASSWORD, DEMO_ROLES, demo_address
from dialogue.organisations import access
from tests.demo.story import read

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def quick_passwords(settings: Settings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def test_everybody_of_the_story_is_loaded_once() -> None:
    assert load_people() == len(read("people.toml")["people"])
    assert load_people() == 0


def test_the_roles_mean_what_their_buttons_say() -> None:
    load_people()
    people = {role: person_by_email(demo_address(role)) for role in DEMO_ROLES}
    assert None not in people.values()
    for role, question in {
        "member": access.is_member,
        "outsider": access.is_member,
        "moderator": access.is_moderator,
        "officer": access.is_officer,
        "approver": access.is_approver,
        "safety": access.is_safety_officer,
        "authority": access.is_authority,
        "observer": access.is_observer,
    }.items():
        person = people[role]
        assert person is not None
        assert question(person), role


@pytest.mark.parametrize("role", DEMO_ROLES)
def test_one_press_signs_in(client: Client, role: str) -> None:
    load_people()
    response = client.post("/demo/enter/", {"role": role})
    assert response.headers["Location"] == "/"
    assert client.get("/home/").context["user"].email == demo_address(role)


def test_the_published_password_opens_the_account(client: Client) -> None:
    load_people()
    typed = {"login": demo_address("member"), "password": DEMO_PASSWORD}
    assert client.post("/accounts/login/", typed).status_code == 302
    assert client.get("/home/").context["user"].email == demo_address("member")


@pytest.mark.parametrize("role", ["", "admin", "member@demo.example", "dina"])
def test_nobody_else_can_be_entered_as(client: Client, role: str) -> None:
    load_people()
    assert client.post("/demo/enter/", {"role": role}).status_code == 404


def test_outside_the_demonstration_there_is_no_such_door(client: Client, settings: Settings) -> None:
    load_people()
    settings.DEMO = False
    assert client.post("/demo/enter/", {"role": "member"}).status_code == 404
    assert "demo-role" not in client.get("/accounts/login/").text
    with pytest.raises(CommandError):
        call_command("load_demo")


def test_the_strip_says_that_all_of_it_is_fictional(client: Client) -> None:
    assert "demo-strip" in client.get("/").text
    assert "demo-strip" in client.get("/accounts/login/").text


def test_the_door_leads_nowhere_else(client: Client) -> None:
    load_people()
    response = client.post("/demo/enter/", {"role": "member", "next": "https://evil.example/"})
    assert response.headers["Location"] == "/"
