"""The main journey: a concern is raised, discussed, taken up, and told again by the week's digest."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.visitor import Visitor
from tests.journeys.room_page import SOON_MS, RoomPage
from tests.servers.web_server import WebServer

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
Enter = Callable[..., Visitor]
ROOM = "youth"


def test_a_concern_becomes_an_issue_that_everybody_sees(enter: Enter, site: WebServer) -> None:
    author, other, moderator = enter("member"), enter("outsider"), enter("moderator")
    title = "No ramp at the polling station in our district"
    raised_before_their_eyes(author, other, title)
    discussed_live(author, other, title)
    nothing_missed_while_away(author, other)
    kept_among_the_office(moderator, author, title)
    reference = taken_up(moderator, title)
    for visitor in (author, other):
        expect(visitor.page.locator(".thread__head")).to_contain_text(reference, timeout=SOON_MS)
        visitor.check_access()
    seen_as_an_issue(author, reference)
    told_by_the_digest(author, site, reference)


def raised_before_their_eyes(author: Visitor, other: Visitor, title: str) -> None:
    RoomPage(other.page).open(ROOM)
    room = RoomPage(author.page)
    room.open(ROOM)
    author.check_access()
    room.raise_concern(
        title, "Since spring the **only** entrance has three steps.", urgency="high", theme="disability"
    )
    author.check_access()
    expect(RoomPage(other.page).card(title)).to_be_visible(timeout=SOON_MS)
    RoomPage(other.page).follow_card(title)
    expect(RoomPage(other.page).post("the only entrance has three steps")).to_be_visible()


def discussed_live(author: Visitor, other: Visitor, title: str) -> None:
    hers, his = RoomPage(author.page), RoomPage(other.page)
    his.write("The same in our town")
    expect(author.page.locator(".typing")).not_to_be_empty(timeout=SOON_MS)
    his.send("The same in our town, at two schools.")
    expect(hers.post("at two schools")).to_have_count(1, timeout=SOON_MS)
    hers.react("at two schools", "same_here")
    expect(his.count_of("at two schools", "same_here")).to_have_text("1", timeout=SOON_MS)


def nothing_missed_while_away(author: Visitor, other: Visitor) -> None:
    """The link is gone while two posts are written; both come, once and in order."""
    hers, his = RoomPage(author.page), RoomPage(other.page)
    other.expects_trouble = True
    other.page.context.set_offline(True)
    hers.send("First while he is away")
    hers.send("Second while he is away")
    other.page.context.set_offline(False)
    expect(his.post("Second while he is away")).to_have_count(1, timeout=2 * SOON_MS)
    assert his.texts() == hers.texts()


def kept_among_the_office(moderator: Visitor, author: Visitor, title: str) -> None:
    room = RoomPage(moderator.page)
    room.open(ROOM)
    room.follow_card(title)
    room.triage("acknowledge")
    expect(moderator.page.locator("[data-triage=acknowledge]")).to_have_count(0, timeout=SOON_MS)
    room.send_office_note("For us: the third report from this region.")
    moderator.check_access()
    room.send("Thank you, we look into it.")
    expect(RoomPage(author.page).post("we look into it")).to_have_count(1, timeout=SOON_MS)
    assert "third report" not in author.page.content()


def taken_up(moderator: Visitor, title: str) -> str:
    page = moderator.page
    page.goto("/triage/")
    moderator.check_access()
    ticket = page.locator(".ticket", has_text=title)
    expect(ticket).to_be_visible()
    ticket.locator("summary").first.click()
    ticket.locator("a[href*='/escalate/']").click()
    moderator.check_access()
    page.locator("[name=title]").fill("Polling stations without step-free entrance")
    page.locator("[name=summary]").fill("Organisations report stations that wheelchair users cannot enter.")
    page.locator("form .button--primary").click()
    page.wait_for_url(re.compile(r"/issues/OMB-\d{4}-\d{5}/"), timeout=SOON_MS)
    moderator.check_access()
    return page.url.rstrip("/").rsplit("/", 1)[1]


def seen_as_an_issue(author: Visitor, reference: str) -> None:
    author.page.goto("/home/")
    author.check_access()
    expect(author.page.locator("main")).to_contain_text(reference)
    author.page.goto(f"/issues/{reference}/")
    expect(author.page.locator("main")).to_contain_text("Polling stations without step-free entrance")
    author.check_access()


def told_by_the_digest(author: Visitor, site: WebServer, reference: str) -> None:
    site.manage("send_digests", "--now")
    author.page.goto("/demo/mail/")
    author.check_access()
    expect(author.page.locator("main")).to_contain_text(reference)
