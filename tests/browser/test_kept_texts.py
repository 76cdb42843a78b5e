"""What somebody typed is not lost when their session ends, nor kept once it has arrived."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.timeout(120)]
Enter = Callable[..., Visitor]
RAISE = "/rooms/youth/raise/"


def test_a_session_that_ended_takes_no_concern_with_it(enter: Enter) -> None:
    visitor = enter("member")
    page = visitor.page
    page.goto(RAISE)
    page.locator("[name=title]").fill("Typed before the session ended")
    page.locator("[name=body]").fill("Nine steps and no ramp.")
    page.locator("[name=region]").select_option("country")
    page.context.clear_cookies(name="sessionid")
    page.locator("form.writing .button--primary").click()
    page.wait_for_url("**/accounts/login/**")
    page.locator("button[name=role][value=member]").click()
    page.wait_for_url(f"**{RAISE}")
    expect(page.locator("[name=title]")).to_have_value("Typed before the session ended")
    expect(page.locator("[name=region]")).to_have_value("country")
    page.locator("form.writing .button--primary").click()
    expect(page.locator(".thread__title")).to_have_text("Typed before the session ended")
    page.goto(RAISE)
    expect(page.locator("[name=title]")).to_have_value("")
