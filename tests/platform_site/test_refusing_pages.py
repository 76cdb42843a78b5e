"""The pages that say no: one shape, and the two that must work when nothing else does."""

import re

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.template import Context, Template, TemplateSyntaxError
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils.translation import override

PAGES = (
    "403.html",
    "403_csrf.html",
    "404.html",
    "413.html",
    "429.html",
    "503.html",
    "signed_out.html",
    "rooms/refused.html",
    "organisations/second_factor_missing.html",
    "organisations/invitation_not_valid.html",
)


@pytest.fixture
def strangers_request(rf: RequestFactory) -> HttpRequest:
    request = rf.get("/somewhere/")
    request.user = AnonymousUser()
    return request


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
@pytest.mark.parametrize("page", PAGES)
def test_a_page_that_says_no_is_headed_by_its_title(
    page: str, language: str, strangers_request: HttpRequest
) -> None:
    with override(language):
        shown = render_to_string(page, {}, strangers_request)
    title = between(shown, "title").rsplit(" · ", 1)[0].strip()
    assert title
    assert title == between(shown, "h1").strip()
    assert shown.count('class="refused"') == 1


def test_each_kept_text_says_which_it_is(strangers_request: HttpRequest) -> None:
    kept = [("title", "A lift that stands still"), ("body", "Nine steps.")]
    with override("en"):
        shown = render_to_string("signed_out.html", {"kept": kept}, strangers_request)
    labels = re.findall(r'<label class="field__label" for="kept-\d">\s*(.+?)\s*</label>', shown)
    assert labels == ["Title", "Your text"]


@pytest.mark.parametrize("page", ["404.html", "429.html"])
def test_a_stranger_has_no_page_of_their_own_to_go_to(page: str, strangers_request: HttpRequest) -> None:
    with override("en"):
        shown = render_to_string(page, {}, strangers_request)
    assert "To the start page" in shown
    assert "To your page" not in shown


@pytest.mark.parametrize("status", ["400", "500"])
def test_what_failed_is_said_in_three_languages_without_asking_anything(status: str) -> None:
    """No request, no database (the test has none), no catalogue."""
    shown = render_to_string(f"{status}.html")
    assert between(shown, "h1") == status
    assert between(shown, "title").startswith(f"{status} · ")
    assert re.findall(r'<p lang="(\w+)">', shown) == ["ru", "en"]


def test_what_is_said_again_is_escaped_once() -> None:
    shown = extend('<title>{% block title %}{% endblock %}</title><h1>{% again "title" %}</h1>')
    assert between(shown, "h1") == between(shown, "title") == "&lt;a&gt; &amp; b"


def test_nothing_unknown_can_be_said_again() -> None:
    with pytest.raises(TemplateSyntaxError, match="tile"):
        extend('{% block title %}{% endblock %}{% again "tile" %}')


def extend(source: str) -> str:
    page = Template("{% extends parent %}{% block title %}{{ name }}{% endblock %}")
    return str(page.render(Context({"parent": Template("{% load blocks %}" + source), "name": "<a> & b"})))


def between(shown: str, element: str) -> str:
    (found,) = re.findall(rf"<{element}>(.*?)</{element}>", shown, re.DOTALL)
    return str(found)
