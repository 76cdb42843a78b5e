"""Signing out in one tab empties the others; what somebody was writing there stays."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.timeout(120)]
Enter = Callable[..., Visitor]


def test_a_room_says_nothing_after_signing_out_in_another_tab(enter: Enter) -> None:
    visitor = enter("member")
    page = visitor.page
    page.goto("/rooms/youth/")
    page.locator(".thread-card__title a").first.click()
    page.wait_for_selector(".post")
    title = page.locator(".thread__title").inner_text()
    page.locator("#body").fill("Half a text")
    other = page.context.new_page()
    other.goto("/accounts/logout/")
    other.locator("main form button").click()
    expect(page.locator(".connection[role=status]")).to_contain_text("You are signed out.")
    expect(page.locator(".post, .thread-card, .room-link")).to_have_count(0)
    assert title not in page.content()
    expect(page.locator("#body")).to_have_value("Half a text")
    expect(page.locator("[data-slot=sign-in] a")).to_be_visible()
    expect(page.locator(".person, .top .count, .bottom .count")).to_have_count(0)
    expect(page.locator(".composer__bar")).to_be_hidden()
    visitor.check_access()


@pytest.mark.parametrize("place", ["/triage/", "/issues/"])
def test_the_office_reads_nothing_either(enter: Enter, place: str) -> None:
    visitor = enter("moderator", is_phone=place == "/issues/")
    page = visitor.page
    page.goto(place)
    if place == "/issues/":
        page.locator("main a[href*='/issues/OMB-']").first.click()
        page.wait_for_selector("#issue")
    page.wait_for_timeout(500)
    other = page.context.new_page()
    other.goto("/accounts/logout/")
    other.locator("main form button").click()
    expect(page.locator("[data-slot=sign-in] a")).to_be_focused()
    expect(page.locator(".ticket, .ledger, .timeline > *, .person, .count")).to_have_count(0)
    visitor.check_access()
    visitor.check_width()
