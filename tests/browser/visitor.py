"""One person at a browser. Errors in the console and pages that axe faults are complaints."""

import json
from pathlib import Path
from typing import Any

from playwright.sync_api import ConsoleMessage, Page

AXE = Path(__file__).resolve().parents[2] / "frontend" / "node_modules" / "axe-core" / "axe.min.js"


class Visitor:
    def __init__(self, page: Page, role: str) -> None:
        self.page = page
        self.role = role
        self.complaints: list[str] = []
        self.expects_trouble = False
        page.on("pageerror", lambda error: self.complaints.append(f"script failed: {error}"))
        page.on("console", self._read_console)

    def come_in(self, language: str) -> None:
        self.page.goto("/accounts/login/")
        self.page.locator(f"button[name=role][value={self.role}]").click()
        self.page.wait_for_url(lambda address: "login" not in address)
        self.speak(language)

    def speak(self, language: str) -> None:
        self.page.locator(f"button[name=language][value={language}]").locator("visible=true").first.click()
        self.page.wait_for_selector(f"html[lang={language}]")

    def check_width(self) -> None:
        """Nothing is wider than the window: on a phone nobody scrolls sideways (WCAG 1.4.10)."""
        widths = self.page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
        if widths[0] > widths[1]:
            self.complaints.append(f"{self.page.url}: {widths[0]} px wide in a window of {widths[1]}")

    def check_access(self) -> None:
        """No violation of WCAG 2.2 AA that axe can find. It is run in the page, past its own CSP.

        What lies under a phone's bottom bar can be scrolled out from there, but axe sees no room around
        it; so it looks at the page unrolled.
        """
        size = self.page.viewport_size
        if size and size["width"] < 600:
            height = self.page.evaluate("document.documentElement.scrollHeight") + 200
            self.page.set_viewport_size({"width": size["width"], "height": int(height)})
        session = self.page.context.new_cdp_session(self.page)
        session.send("Runtime.evaluate", {"expression": AXE.read_text(encoding="utf-8")})
        tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
        question = f"axe.run({{runOnly: {json.dumps(tags)}}}).then(r => JSON.stringify(r.violations))"
        answer = session.send("Runtime.evaluate", {"expression": question, "awaitPromise": True})
        session.detach()
        if size:
            self.page.set_viewport_size(size)
        for fault in json.loads(answer["result"]["value"]):
            self.complaints.append(f"{self.page.url}: {describe(fault)}")

    def _read_console(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not self.expects_trouble:
            self.complaints.append(f"{self.page.url}: {message.text}")


def describe(fault: dict[str, Any]) -> str:
    places = [" ".join(node["target"]) for node in fault["nodes"][:3]]
    return f"{fault['id']} ({fault['help']}) at {'; '.join(places)}"
