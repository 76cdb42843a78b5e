"""The pages a newcomer meets first, on a desk and on a phone, in light and in dark."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser

from tests.browser.visitor import Visitor
from tests.servers.web_server import WebServer

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("path", ["/", "/accounts/login/", "/accounts/password/reset/", "/nowhere/"])
@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_before_the_door(site: WebServer, browser: Browser, path: str, width: int, scheme: str) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        color_scheme="dark" if scheme == "dark" else "light",
        base_url=site.address,
    )
    visitor = Visitor(context.new_page(), "visitor")
    visitor.page.goto(path)
    visitor.check_access()
    visitor.check_width()
    context.close()
    assert [said for said in visitor.complaints if "404 (Not Found)" not in said] == []


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_one_press_lets_in_and_the_page_speaks_the_language(
    enter: Callable[..., Visitor], language: str
) -> None:
    visitor = enter("member", language=language)
    visitor.check_access()
    visitor.check_width()
