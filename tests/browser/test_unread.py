"""The marks of what is unread keep up with what happens in other rooms while a page is open."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.visitor import Visitor
from tests.journeys.room_page import RoomPage

pytestmark = pytest.mark.browser

LOOKS_AGAIN = "document.dispatchEvent(new Event('visibilitychange'))"


def test_a_post_in_another_room_is_counted_when_one_looks_again(enter: Callable[..., Visitor]) -> None:
    reader, writer = enter("member"), enter("outsider")
    reader.page.goto("/rooms/disability/")
    writer.page.goto("/rooms/youth/")
    writer.page.locator(".thread-card__title a").first.click()
    room = reader.page.locator(".room-link[data-room=youth] [data-slot=unread]")
    total = reader.page.locator(".top__link[data-code=rooms] .count")
    before, before_all = int(room.inner_text().split()[0]), int(total.inner_text().split()[0])
    RoomPage(writer.page).send("Counted elsewhere.")
    with reader.page.expect_response("**/unread/"):
        reader.page.evaluate(LOOKS_AGAIN)
    expect(room).to_have_text(f"{before + 1} unread")
    expect(total).to_have_text(f"{before_all + 1} unread")
    reader.check_access()
