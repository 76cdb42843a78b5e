"""The reader's choice, and the way out without sign-in: the table of unsubscribe links."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from dialogue.digests.actions.subscriptions import choose, ensure_subscription, unsubscribe
from dialogue.digests.models import Frequency, Subscription
from dialogue.digests.tokens import token_of
from tests.cast import Cast, a_thread
from tests.digests.week import LAST_WEEK, letter_to

pytestmark = pytest.mark.django_db
SETTINGS, LEAVE, UNDO = "/account/digest/", "/digest/unsubscribe/", "/digest/unsubscribe/undo/"


@pytest.fixture
def link(cast: Cast) -> str:
    return f"{LEAVE}?token={token_of(ensure_subscription(cast.member))}"


def frequency_of(cast: Cast) -> str:
    return Subscription.objects.get(person=cast.member).frequency


def test_settings_are_for_who_is_signed_in(cast: Cast, client: Client) -> None:
    assert reverse("digests:settings") == SETTINGS
    for method in (client.get, client.post):
        answer = method(SETTINGS)
        assert answer.status_code == 302
        assert "/accounts/login/" in answer.headers["Location"]


def test_choosing_and_reading_the_choice_again(cast: Cast, client: Client) -> None:
    client.force_login(cast.member)
    assert 'value="weekly"' in client.get(SETTINGS).text
    assert not Subscription.objects.exists(), "looking writes nothing"
    answer = client.post(SETTINGS, {"frequency": "none", "is_private": "on"})
    assert (answer.status_code, answer.headers["Location"]) == (302, SETTINGS)
    chosen = Subscription.objects.get(person=cast.member)
    assert (chosen.frequency, chosen.is_private) == (Frequency.NONE, True)
    page = client.get(SETTINGS).text
    assert page.count("checked") == 2


@pytest.mark.parametrize("frequency", ["", "hourly", "weekly\x00"])
def test_what_is_not_offered_is_refused_and_nothing_changes(
    cast: Cast, client: Client, frequency: str
) -> None:
    client.force_login(cast.member)
    assert client.post(SETTINGS, {"frequency": frequency}).status_code == 422
    assert not Subscription.objects.exists()


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_pages_speak_the_readers_language(cast: Cast, client: Client, link: str, language: str) -> None:
    client.cookies["django_language"] = language
    words = {"kk": "Апталық шолу", "ru": "обзора недели", "en": "weekly digest"}
    assert words[language] in client.get(link).text


def test_a_mail_program_posts_without_cookies_or_csrf_token(cast: Cast, link: str) -> None:
    program = Client(enforce_csrf_checks=True, headers={"Origin": "https://mail.example"})
    answer = program.post(link, {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert frequency_of(cast) == Frequency.NONE


def test_scanners_that_open_every_link_change_nothing(cast: Cast, client: Client, link: str) -> None:
    page = client.get(link)
    assert page.status_code == 200
    assert "<form" in page.text
    assert client.head(link).status_code == 200
    assert frequency_of(cast) == Frequency.WEEKLY


def test_twice_is_once_and_undo_leads_back(cast: Cast, client: Client, link: str) -> None:
    for _time in range(2):
        assert client.post(link).status_code == 200
    assert frequency_of(cast) == Frequency.NONE
    assert client.post(link.replace(LEAVE, UNDO)).status_code == 200
    assert frequency_of(cast) == Frequency.WEEKLY


def test_undo_comes_from_our_page_only(cast: Cast, link: str) -> None:
    unsubscribe(link.partition("=")[2])
    stranger = Client(enforce_csrf_checks=True)
    assert stranger.post(link.replace(LEAVE, UNDO)).status_code == 403
    assert stranger.get(link.replace(LEAVE, UNDO)).status_code == 405
    assert frequency_of(cast) == Frequency.NONE


@pytest.mark.parametrize("fault", ["cut", "forged", "empty", "none", "hash", "seed", "long"])
def test_a_link_that_is_none_is_not_found(cast: Cast, client: Client, link: str, fault: str) -> None:
    known = Subscription.objects.get(person=cast.member)
    token = link.partition("=")[2]
    wrong = {
        **{"cut": token[:-1], "forged": "0" * 64, "empty": "", "long": token * 200},
        **{"hash": known.token_hash, "seed": known.seed},
    }
    address = LEAVE if fault == "none" else f"{LEAVE}?token={wrong[fault]}"
    assert client.get(address).status_code == 404
    assert client.post(address).status_code == 404
    assert client.post(address.replace(LEAVE, UNDO)).status_code == 404
    assert frequency_of(cast) == Frequency.WEEKLY


def test_one_readers_link_is_not_anothers(cast: Cast, client: Client, link: str) -> None:
    ensure_subscription(cast.lead)
    client.force_login(cast.lead)
    client.post(link)
    assert Subscription.objects.get(person=cast.lead).frequency == Frequency.WEEKLY
    assert frequency_of(cast) == Frequency.NONE


def test_the_link_of_an_old_mail_still_works(cast: Cast, client: Client) -> None:
    a_thread(cast.disability, cast.second_member, now=LAST_WEEK)
    ensure_subscription(cast.member)
    old = letter_to(cast.member).headers["List-Unsubscribe"]
    for frequency in (Frequency.NONE, Frequency.WEEKLY):
        choose(by=cast.member, frequency=frequency, is_private=False)
    assert letter_to(cast.member).headers["List-Unsubscribe"] == old
    client.post(old.strip("<>").removeprefix("https://dialogue.example"))
    assert frequency_of(cast) == Frequency.NONE


def test_the_table_does_not_tell_the_token(cast: Cast, link: str) -> None:
    row = str(Subscription.objects.filter(person=cast.member).values())
    assert link.partition("=")[2] not in row


def test_after_the_house_changed_its_key_new_mails_can_be_left(cast: Cast, settings: Settings) -> None:
    ensure_subscription(cast.member)
    settings.SECRET_KEY = "another key of the house, after somebody got in"
    unsubscribe(token_of(ensure_subscription(cast.member)))
    assert frequency_of(cast) == Frequency.NONE
