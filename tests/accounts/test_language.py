"""The language a person chose is the language they read, with and without an account."""

import pytest
from django.test import Client

from dialogue.accounts.models import User


@pytest.fixture
def person(client: Client) -> User:
    user = User.objects.create_user("reader@example.org", "-", name="Reader", language="ru")
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return user


@pytest.mark.django_db
def test_a_visitor_reads_kazakh_until_they_choose(client: Client) -> None:
    assert client.get("/").headers["Content-Language"] == "kk"
    client.post("/language/", {"language": "en", "next": "/"})
    assert client.get("/").headers["Content-Language"] == "en"


@pytest.mark.django_db
def test_the_choice_is_kept_on_the_account(client: Client, person: User) -> None:
    assert 'lang="ru"' in client.get("/home/").text
    client.post("/language/", {"language": "kk", "next": "/"})
    person.refresh_from_db()
    assert person.language == "kk"
    assert 'lang="kk"' in client.get("/home/").text


@pytest.mark.django_db
@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example", "\\\\evil", "javascript:alert(1)"]
)
def test_the_switch_leads_nowhere_else(client: Client, target: str) -> None:
    assert client.post("/language/", {"language": "ru", "next": target}).headers["Location"] == "/"


@pytest.mark.django_db
def test_an_unknown_language_changes_nothing(client: Client, person: User) -> None:
    answer = client.post("/language/", {"language": "xx", "next": "/"})
    assert answer.status_code == 400
    assert "xx" not in answer.text
    assert "django_language" not in answer.cookies
    person.refresh_from_db()
    assert person.language == "ru"


@pytest.mark.django_db
def test_reading_changes_nothing(client: Client) -> None:
    response = client.get("/language/")
    assert response.status_code == 405
    assert response.headers["Allow"] == "POST"
