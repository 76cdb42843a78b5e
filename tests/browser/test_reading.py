"""What is said stays in sight: nothing of it lies behind the composer, however large that grows."""

from collections.abc import Callable

import pytest

from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser

MANY_LINES = "\n".join(["A line of what somebody writes."] * 14)
# Where the last words end, where the log does, where the composer begins and how much of the log is left.
PLACES = """() => {
  const [log, composer] = ['.log', '.composer'].map((part) => document.querySelector(part));
  const last = [...log.children].filter((line) => line.offsetHeight).at(-1);
  const [words, shown, form] = [last, log, composer].map((part) => part.getBoundingClientRect());
  return [words.bottom, shown.bottom, form.top, shown.height];
}"""


# The last of them is a desk's screen enlarged twice.
@pytest.mark.parametrize(("width", "height"), [(1440, 900), (390, 844), (720, 450)])
def test_the_last_words_stand_above_the_composer(
    enter: Callable[..., Visitor], width: int, height: int
) -> None:
    visitor = enter("member", language="ru", is_phone=width < 600)
    page = visitor.page
    page.set_viewport_size({"width": width, "height": height})
    page.goto("/rooms/disability/")
    page.locator(".thread-card__title a").first.click()
    page.wait_for_selector(".log .post")
    for words in ("", MANY_LINES, "One line"):
        page.locator("#body").fill(words)
        page.wait_for_timeout(200)
        end, log, composer, left = page.evaluate(PLACES)
        assert end <= log <= composer + 1, words
        assert left > 100
    visitor.check_access()
    visitor.check_width()


def test_the_button_that_sends_is_whole_on_every_screen(enter: Callable[..., Visitor]) -> None:
    page = enter("moderator", language="ru").page
    page.goto("/rooms/disability/")
    page.locator(".thread-card__title a").first.click()
    page.wait_for_selector(".composer")
    for width in (1440, 1366, 1280, 900, 840, 390, 320):
        page.set_viewport_size({"width": width, "height": 800})
        bar, button = (page.locator(part).bounding_box() for part in (".composer__bar", ".composer__send"))
        assert bar
        assert button
        assert button["x"] + button["width"] <= bar["x"] + bar["width"] + 1, width
