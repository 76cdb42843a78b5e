"""The frame of every page: headers, health, and the page that keeps what was typed."""

import pytest
from django.test import Client
from django.urls import reverse

from platform_site import health
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def test_health_needs_no_database_and_readiness_does(client: Client) -> None:
    assert client.get("/healthz").text == "ok"
    assert client.get("/readyz").json() == {"database": True, "rings": True}


def test_a_deaf_process_says_so_and_goes_on(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "is_hearing_others", lambda: False)
    response = client.get("/readyz")
    assert (response.status_code, response.json()["rings"]) == (200, False)


def test_private_pages_are_not_kept_anywhere(client: Client) -> None:
    headers = client.get("/accounts/login/").headers
    assert "no-store" in headers["Cache-Control"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"


def test_signing_out_tells_the_browser_to_forget(client: Client) -> None:
    assert client.post("/accounts/logout/").headers["Clear-Site-Data"] == '"cache", "storage"'
    assert "Clear-Site-Data" not in client.get("/accounts/logout/").headers


def test_the_admin_has_no_door_of_its_own(client: Client) -> None:
    """Only our own sign-in page knows whom to refuse."""
    for page in ("/admin/", "/admin/login/"):
        answer = client.get(page, follow=True)
        assert answer.redirect_chain[-1][0].startswith("/accounts/login/")


def test_no_page_may_run_inline_script_or_style(client: Client) -> None:
    policy = client.get("/").headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe-inline" not in policy
    assert "unsafe-eval" not in policy
    assert "object-src 'none'" in policy
    assert "base-uri 'none'" in policy


def test_a_stale_form_keeps_the_text_and_hides_secrets() -> None:
    client = Client(enforce_csrf_checks=True)
    typed = {"body": "what I wrote on the train", "password": "secret-canary"}
    response = client.post("/language/", typed)
    assert response.status_code == 403
    assert "what I wrote on the train" in response.text
    assert "secret-canary" not in response.text


def test_another_sites_form_gets_no_button_that_sends_it() -> None:
    client = Client(enforce_csrf_checks=True)
    response = client.post("/language/", {"body": "x"}, headers={"Origin": "https://evil.example"})
    assert 'action="/language/"' not in response.text.split("<main")[1]


def test_a_forged_host_is_refused(client: Client) -> None:
    assert client.get("/", headers={"Host": "evil.example"}).status_code == 400


def test_an_unknown_address_says_so(client: Client) -> None:
    assert client.get("/no-such-page/").status_code == 404


def test_a_lead_finds_the_way_to_invite_and_nobody_else_does(cast: Cast) -> None:
    for person, leads in ((cast.lead, True), (cast.member, False), (cast.moderator, False)):
        client = Client()
        client.force_login(person)
        page = client.get(reverse("issues:home")).text
        assert ('href="/organisations/quiet-coast/invite/"' in page) == leads
        assert ("Invite into quiet-coast en" in page) == leads
