"""On the way in people read our words, not those of the library, and are told what is not kept."""

import pytest
from django.conf import settings
from django.test import Client
from django.utils.module_loading import import_string
from django.utils.translation import override

from dialogue.accounts.actions import create_account
from dialogue.accounts.forms.entrance import EntranceForm

pytestmark = pytest.mark.django_db
PASSWORD = "a-long-and-uncommon-phrase"
THEIRS = ("Email", "New Password", "New Password (again)", "Current Password", "Password (again)")
AGAIN = {
    "en": "A password is never kept: type it again.",
    "ru": "Пароль не сохраняется: введите его ещё раз.",
    "kk": "Құпиясөз ешқашан сақталмайды: қайта теріңіз.",
}
KEPT = {
    "en": "What you typed is kept.",
    "ru": "То, что вы ввели, сохранено.",
    "kk": "Жазғаныңыз сақталды.",
}


def member(language: str) -> Client:
    client = Client()
    client.force_login(
        create_account(
            email="member@demo.example",
            name="Member",
            language=language,
            password=PASSWORD,
            is_address_confirmed=True,
        )
    )
    return client


@pytest.mark.parametrize("path", settings.ACCOUNT_FORMS.values())
def test_every_form_of_the_entrance_has_labels_of_ours(path: str) -> None:
    form = import_string(path)
    assert issubclass(form, EntranceForm)
    assert form.labels


@pytest.mark.parametrize(
    "label", {label for form in EntranceForm.__subclasses__() for label in form.labels.values()}
)
def test_each_label_is_translated(label: str) -> None:
    said = set()
    for language in ("en", "ru", "kk"):
        with override(language):
            said.add(str(label))
    assert len(said) == 3


def test_the_labels_are_ours() -> None:
    page = member("en").get("/accounts/password/change/").content.decode()
    for words in ("Present password", "New password", "New password, once more"):
        assert words in page
    assert not any(words in page for words in THEIRS)
    assert "placeholder" not in page


@pytest.mark.parametrize("language", ["en", "ru", "kk"])
def test_where_a_password_is_typed_nobody_is_told_that_it_is_kept(language: str) -> None:
    for client, address in (
        (Client(), "/accounts/login/"),
        (member(language), "/accounts/password/change/"),
    ):
        page = client.post(address, {}, headers={"accept-language": language}).content.decode()
        assert AGAIN[language] in page, address
        assert KEPT[language] not in page, address


@pytest.mark.parametrize("language", ["en", "ru", "kk"])
def test_where_none_is_typed_what_was_typed_is_kept(language: str) -> None:
    page = Client().post("/accounts/password/reset/", {"email": "no"}, headers={"accept-language": language})
    assert KEPT[language] in page.content.decode()
    assert AGAIN[language] not in page.content.decode()
    assert 'value="no"' in page.content.decode()
