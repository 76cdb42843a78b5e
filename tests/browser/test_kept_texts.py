"""What somebody typed is not lost when their session ends, nor kept once it has arrived."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.timeout(120)]
Enter = Callable[..., Visitor]
RAISE = "/rooms/youth/raise/"


def come_back(visitor: Visitor) -> None:
    """The page that says “signed out” shows the text and the way in, which leads back to the form."""
    visitor.check_access()
    visitor.page.locator(".refused .button--primary").click()
    visitor.page.wait_for_url("**/accounts/login/**")
    visitor.page.locator(f"button[name=role][value={visitor.role}]").click()


def test_a_session_that_ended_takes_no_concern_with_it(enter: Enter) -> None:
    visitor = enter("member")
    page = visitor.page
    fill(page, "Typed before the session ended")
    page.context.clear_cookies(name="sessionid")
    visitor.expects_trouble = True
    page.locator("form.writing .button--primary").click()
    come_back(visitor)
    page.wait_for_url(f"**{RAISE}")
    expect(page.locator("[name=title]")).to_have_value("Typed before the session ended")
    expect(page.locator("[name=region]")).to_have_value("country")
    page.locator("form.writing .button--primary").click()
    expect(page.locator(".thread__title")).to_have_text("Typed before the session ended")
    page.goto(RAISE)
    expect(page.locator("[name=title]")).to_have_value("")


def fill(page: Page, title: str) -> None:
    page.goto(RAISE)
    page.locator("[name=title]").fill(title)
    page.locator("[name=body]").fill("Nine steps and no ramp.")
    page.locator("[name=region]").select_option("country")


def a_new_thread(enter: Enter) -> str:
    page = enter("member").page
    fill(page, "A lift that stands still")
    page.locator("form.writing .button--primary").click()
    page.wait_for_url("**/threads/*/?pane=thread")
    return page.url.partition("?")[0].rstrip("/").rpartition("/")[2]


def test_a_question_of_the_office_outlives_its_session_too(enter: Enter) -> None:
    ask = f"/threads/{a_new_thread(enter)}/triage/ask/?next=/triage/"
    visitor = enter("moderator")
    page = visitor.page
    page.goto(ask)
    page.locator("[name=body]").fill("Since when has the lift been out of order?")
    page.context.clear_cookies(name="sessionid")
    visitor.expects_trouble = True
    page.locator("form.writing .button--primary").click()
    come_back(visitor)
    page.wait_for_url(f"**{ask}")
    expect(page.locator("[name=body]")).to_have_value("Since when has the lift been out of order?")
    page.locator("form.writing .button--primary").click()
    page.wait_for_url("**/triage/")
    assert page.evaluate("Object.keys(sessionStorage).filter((name) => name.startsWith('form:'))") == []


def test_a_reason_for_a_hold_comes_back_and_leaves_no_trace(enter: Enter) -> None:
    address = f"/threads/{a_new_thread(enter)}/triage/hold/"
    visitor = enter("moderator")
    page = visitor.page
    page.goto(address)
    page.locator("[name=reason]").fill("Somebody at the home was threatened.")
    assert page.evaluate("sessionStorage.length") == 0
    page.context.clear_cookies(name="sessionid")
    visitor.expects_trouble = True
    page.locator("form.writing .button--primary, form.writing .button--danger").click()
    expect(page.locator(".refused textarea")).to_have_value("Somebody at the home was threatened.")
    assert page.evaluate("sessionStorage.length") == 0


def test_a_title_that_is_too_long_is_counted_and_comes_back_whole(enter: Enter) -> None:
    visitor = enter("member")
    page = visitor.page
    fill(page, "t" * 203)
    expect(page.locator(".field__left")).to_contain_text("3 characters too many")
    visitor.expects_trouble = True
    page.locator("form.writing .button--primary").click()
    expect(page.locator("[name=title]")).to_have_attribute("aria-invalid", "true")
    expect(page.locator("[name=title]")).to_have_value("t" * 203)
