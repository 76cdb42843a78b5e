"""Admins end access; they neither make accounts nor take them over."""

import pytest
from django.test import Client

from dialogue.accounts.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(client: Client) -> Client:
    root = User.objects.create_superuser("root@demo.example", "-", name="Root")
    client.force_login(root, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def person() -> User:
    return User.objects.create_user("reader@example.org", "-", name="Reader", language="ru")


def test_an_account_is_deactivated_and_open_pages_learn_it(admin: Client, person: User) -> None:
    wish = {"name": "Reader", "language": "kk", "email": "taken@over.example", "password": "chosen"}
    assert admin.post(f"/admin/accounts/user/{person.pk}/change/", wish).status_code == 302
    after = User.objects.get(pk=person.pk)
    assert (after.is_active, after.language) == (False, "kk")
    assert after.auth_version == person.auth_version + 1
    assert (after.email, after.password) == (person.email, person.password)


@pytest.mark.parametrize("act", ["add/", "{}/delete/"])
def test_accounts_are_neither_made_nor_deleted(admin: Client, person: User, act: str) -> None:
    address = f"/admin/accounts/user/{act.format(person.pk)}"
    assert admin.post(address, {"name": "X", "language": "kk", "post": "yes"}).status_code == 403
    assert User.objects.filter(pk=person.pk).exists()
    assert User.objects.count() == 2
