"""A running site with the demonstration in it, and Chromium to look at it."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.visitor import Visitor
from tests.servers.chromium import chromium_arguments
from tests.servers.web_server import WebServer


@pytest.fixture(scope="session")
def site() -> Iterator[WebServer]:
    """What ``make run`` serves: the embedded default with the fictional people and rooms."""
    web = WebServer({})
    web.manage("migrate", "--verbosity", "0")
    web.manage("load_demo")
    with web:
        yield web


@pytest.fixture(scope="module")
def browser(chromium_path: str) -> Iterator[Browser]:
    """Ended with its module: as long as it runs, no asynchronous test can."""
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium_path, args=chromium_arguments())
        yield running
        running.close()


@pytest.fixture
def enter(site: WebServer, browser: Browser) -> Iterator[Callable[..., Visitor]]:
    """``enter("member", language="ru")``: a browser of their own, signed in by the demo's button."""
    visitors: list[Visitor] = []

    def enter_as(
        role: str, *, language: str = "en", is_phone: bool = False, has_script: bool = True
    ) -> Visitor:
        width, height = (390, 844) if is_phone else (1440, 900)
        context = browser.new_context(
            viewport={"width": width, "height": height},
            java_script_enabled=has_script,
            locale=language,
            base_url=site.address,
        )
        page = context.new_page()
        visitor = Visitor(page, role)
        visitors.append(visitor)
        visitor.come_in(language)
        return visitor

    yield enter_as
    for visitor in visitors:
        visitor.page.context.close()
    complaints = [f"{visitor.role}: {said}" for visitor in visitors for said in visitor.complaints]
    if complaints:
        pytest.fail("\n".join(complaints))
