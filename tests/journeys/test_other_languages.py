"""The same way in Kazakh and in Russian, on a phone: every page on it opens, fits and can be used by all."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.visitor import Visitor
from tests.journeys.room_page import SOON_MS, RoomPage

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
Enter = Callable[..., Visitor]

PAGES = {
    "member": ("/home/", "/rooms/", "/rooms/youth/", "/rooms/youth/raise/", "/issues/", "/account/digest/"),
    "moderator": ("/home/", "/triage/", "/issues/"),
    "approver": ("/home/", "/to-sign/"),
    "authority": ("/home/", "/addressed/"),
}
RAISED = {"kk": "Мектепте пандус жоқ", "ru": "В школе нет пандуса"}


@pytest.mark.parametrize("language", ["kk", "ru"])
@pytest.mark.parametrize("role", PAGES)
def test_pages_on_a_phone(enter: Enter, language: str, role: str) -> None:
    visitor = enter(role, language=language, is_phone=True)
    for path in PAGES[role]:
        visitor.page.goto(path)
        expect(visitor.page.locator("html")).to_have_attribute("lang", language)
        visitor.check_access()
        visitor.check_width()


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_raised_in_one_browser_seen_in_another(enter: Enter, language: str) -> None:
    author, moderator = enter("member", language=language), enter("moderator", language=language)
    RoomPage(moderator.page).open("disability")
    room = RoomPage(author.page)
    room.open("disability")
    title = RAISED[language]
    room.raise_concern(title, title, urgency="normal", theme="disability")
    RoomPage(moderator.page).card(title).wait_for(timeout=SOON_MS)
    RoomPage(moderator.page).follow_card(title)
    RoomPage(moderator.page).send("👍 Рақмет, спасибо!")
    expect(room.post("Рақмет, спасибо!")).to_have_count(1, timeout=SOON_MS)
    author.check_access()
