"""The room as somebody at a browser uses it. Everything waits for what a person would wait for."""

from playwright.sync_api import Locator, Page, expect

# Far above what it takes, so that only a loss fails; speed is measured by `make bench`.
SOON_MS = 15_000


class RoomPage:
    def __init__(self, page: Page) -> None:
        self.page = page

    def open(self, slug: str) -> None:
        self.page.goto(f"/rooms/{slug}/")

    def raise_concern(self, title: str, body: str, *, urgency: str, theme: str) -> None:
        self.page.locator(".room__head a.button--primary").click()
        self.page.locator("[name=title]").fill(title)
        self.page.locator("[name=body]").fill(body)
        self.page.locator("[name=region]").select_option(index=1)
        self.page.locator("details.more > summary").click()
        self.page.locator("select[name=urgency]").select_option(urgency)
        self.page.locator("select[name=theme]").select_option(theme)
        self.page.locator("form.writing .button--primary").click()
        expect(self.page.locator(".thread__title")).to_have_text(title, timeout=SOON_MS)

    def card(self, title: str) -> Locator:
        return self.page.locator(".thread-card", has_text=title)

    def follow_card(self, title: str) -> None:
        self.card(title).locator("a").first.click()
        expect(self.page.locator(".thread__title")).to_have_text(title, timeout=SOON_MS)

    def write(self, text: str) -> None:
        self.page.locator("#composer textarea").press_sequentially(text, delay=5)

    def send(self, text: str) -> None:
        self.page.locator("#composer textarea").fill(text)
        self.page.locator(".composer__send").click()
        expect(self.post(text)).to_have_count(1, timeout=SOON_MS)

    def send_office_note(self, text: str) -> None:
        self.page.locator(".switch--office").click()
        self.send(text)
        self.page.locator(".switch--office").click()

    def post(self, text: str) -> Locator:
        return self.page.locator(".log .post:not(.is-sending):not(.is-failed)", has_text=text)

    def react(self, text: str, sign: str) -> None:
        post = self.post(text)
        post.hover()
        post.locator(".post__actions summary").first.click()
        post.locator(f".menu__panel [data-reaction={sign}]").click()

    def count_of(self, text: str, sign: str) -> Locator:
        return self.post(text).locator(f".post__reactions [data-reaction={sign}] .reaction__count")

    def triage(self, verb: str) -> None:
        self.page.locator(f".room__rail form[data-triage={verb}] button").click()

    def texts(self) -> list[str]:
        """The bodies of the posts in the order in which they stand."""
        return [text.strip() for text in self.page.locator(".log .post__body").all_inner_texts()]
