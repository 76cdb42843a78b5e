"""Rows B34–B61 of the catalogue of bad input, tried on every form there is.

What the table of addresses can try on all of them is tried here; what concerns one page stands beside it:

B34 test_routes, test_others · B35, B38–B40 test_strange_fields; B40 of an address, B41, B42, B43 here · B36
rooms/test_post_page, B54 · B37 no JSON is taken by a form, see B35 · B44 cursors of polling
realtime/test_polling, of pages here · B45 here, accounts/test_language, rooms/test_sign_page · B46
platform_site/test_pages · B47 test_sign_up · B48 here · B49 rooms/test_edit_page, issues/test_act_page · B50
rooms/test_post_page, test_raise_page, test_edit_page, issues/test_escalate_page, test_act_page,
organisations/test_invitations · B51 rooms/test_triage_page, issues/test_act_page · B52 here,
rooms/test_post_page · B53–B56, B58 test_sign_up; B54 organisations/test_passwords; B55, B58
organisations/test_invitations · B57, B59–B61: there is no second factor, search, export or statistics yet.
"""

import html
import itertools
import re
from typing import Any, Final

import pytest
from django.core.cache import cache
from django.http import HttpResponse
from django.urls import reverse

from tests.matrix.table import Row
from tests.matrix.table_of_issues import ROWS
from tests.matrix.undoing import undone
from tests.matrix.walking import address_of, typed
from tests.matrix.world import World, planted
from tests.rooms.refusals import everything

KEPT: Final = ("body", "title", "summary", "note", "reason", "text", "text_kk", "next_step_kk")
TARGETS: Final = ("https://evil.example/", "//evil.example", r"\\evil.example", "javascript:alert(1)")
OURS: Final = ("rooms:", "issues:")


def _one_of_each(rows: list[Row]) -> list[Row]:
    found = {(row.route, row.verb): row for row in reversed(rows) if row.route.startswith(OURS)}
    return list(found.values())


FORMS: Final = _one_of_each([row for row in ROWS if row.post])
PAGES: Final = _one_of_each([row for row in ROWS if row.get])
THINGS: Final = [row for row in PAGES if row.about != "nothing"]


def sent(world: World, row: Row, data: Any, **how: Any) -> HttpResponse:
    cache.clear()
    thing = world.things[row.about]
    answer: HttpResponse = world.clients[sender(row)].post(address_of(row, thing), data, **how)  # type: ignore[assignment]
    return answer


def got(world: World, name: str, address: str, query: str = "") -> HttpResponse:
    return world.clients[name].get(f"{address}?{query}")  # type: ignore[return-value]


def sender(row: Row) -> str:
    return sorted(row.post or ())[0]


def filled(world: World, row: Row) -> dict[str, Any]:
    return typed(row, world.things[row.about])


def assert_kept(row: Row, answer: HttpResponse) -> None:
    for name in KEPT:
        assert name not in row.send or row.send[name] in answer.text, f"{name} is lost"


@pytest.mark.parametrize("page", ["0", "-1", "abc", f"1{'0' * 30}", "1.5", "%00", "٣"])
def test_b41_a_page_that_is_none_is_the_first_or_the_last(world: World, page: str) -> None:
    for address in ("/rooms/disability/", "/issues/", "/triage/", "/home/"):
        assert got(world, "moderator", address, f"page={page}&limit=100000").status_code == 200


@pytest.mark.parametrize(
    "row", {row.route: row for row in ROWS if row.get}.values(), ids=lambda row: row.route
)
def test_b40_b42_what_asks_twice_or_for_a_querys_inside_is_refused(world: World, row: Row) -> None:
    """Polling has words of its own for it: realtime/test_polling."""
    name, address = sorted(row.get or ())[0], address_of(row, world.things[row.about])
    expected = 200 if row.route.startswith("realtime:") else 400
    for query in (
        "id=1&id=2",
        "filter[_connector]=OR",
        "_connector=OR",
        "_negated=1",
        "author__email=x",
        "order=password",
    ):
        joined = f"{address}{'&' if '?' in address else '?'}{query}"
        assert world.clients[name].get(joined).status_code == expected, query


@pytest.mark.parametrize("row", PAGES, ids=str)
def test_b42_odd_questions_show_the_page_as_it_is(world: World, row: Row) -> None:
    """No page can be filtered by what an address names."""
    name, address = sorted(row.get or ())[0], address_of(row, world.things[row.about])
    query = "email=password&show=%00&room=&pane=x&prepared=%00"
    plain, odd = got(world, name, address), got(world, name, address, query)
    assert plain.status_code == odd.status_code == 200
    assert "password" not in said(odd)


@pytest.mark.parametrize("row", THINGS, ids=str)
def test_b43_closed_missing_and_malformed_look_alike(world: World, row: Row) -> None:
    thing = world.things[row.about]
    answers = [got(world, "nobody", address_of(row, thing))]
    for wrong in ("nothere", "x" * 500, "-", "1"):
        known = dict.fromkeys(thing, wrong)
        answers.append(got(world, "nobody", address_of(row, known)))
    assert {answer.status_code for answer in answers} == {404}
    assert len({said(answer) for answer in answers}) == 1


@pytest.mark.parametrize("thing", ["held post", "invited post", "office note", "office post"])
@pytest.mark.parametrize("query", ["before", "reply_to"])
def test_b44_a_place_in_the_log_that_is_not_theirs_is_passed_over(
    world: World, query: str, thing: str
) -> None:
    address = reverse("rooms:thread", kwargs=world.things["open thread"])
    answer = got(world, "outsider", address, f"{query}={world.things[thing]['post_id']}")
    assert answer.status_code == 200
    assert planted(thing) not in answer.text
    assert said(answer, bare=True) == said(got(world, "outsider", address), bare=True)


@pytest.mark.parametrize(("row", "target"), list(zip(FORMS, itertools.cycle(TARGETS), strict=False)), ids=str)
def test_b45_a_form_leads_nowhere_else(world: World, row: Row, target: str) -> None:
    with undone():
        answer = sent(world, row, {**filled(world, row), "next": target})
    assert answer.status_code == 302
    assert answer["Location"].startswith("/")
    assert "evil" not in answer["Location"]
    assert "script" not in answer["Location"]


@pytest.mark.parametrize(
    "day", ["2026-02-30", "0001-01-01", "10000-01-01", "", "tomorrow", "2026-13-01", "٢٠٢٦-٠١-٠١"]
)
@pytest.mark.parametrize(
    "row", [row for row in FORMS if "on" in row.send and row.route != "issues:follow"], ids=str
)
def test_b48_a_day_that_is_none_is_said_beside_it(world: World, row: Row, day: str) -> None:
    with undone():
        before = everything()
        answer = sent(world, row, {**filled(world, row), "on": day})
        assert answer.status_code == 422
        assert 'class="field__error"' in answer.text
        assert everything() == before
        assert_kept(row, answer)


@pytest.mark.parametrize("row", [row for row in FORMS if set(KEPT) & set(row.send)], ids=str)
def test_b52_what_looks_like_code_is_shown_as_typed(world: World, row: Row) -> None:
    """Sent with a fault, so that the page comes back with it, then without, so that it is kept."""
    code = "<script>zq(1)</script> {{7*7}} ${x} %s '; DROP--"
    words = {**filled(world, row), **{name: code for name in KEPT if name in row.send}}
    with undone():
        refused = sent(world, row, {**words, "unasked": "1"})
        assert "<script>zq" not in refused.text
        assert html.escape(code) in refused.text
        kept = sent(world, row, words)
        assert kept.status_code == 302
        page = got(world, sender(row), kept["Location"].partition("#")[0].partition("?")[0])
        assert page.status_code == 200
        assert "<script>zq" not in page.text


def said(answer: HttpResponse, *, bare: bool = False) -> str:
    """The middle of a page; ``bare`` without what is new each time it is drawn."""
    middle = answer.text.split("<main", 1)[-1].split("</main>", 1)[0]
    return re.sub(r'(name="key"[^>]*value|value)="[^"]*"', "", middle) if bare else middle
