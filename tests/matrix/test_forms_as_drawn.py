"""Every form of every page, sent as it is drawn: nothing stands in it that its address refuses as strange."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Final

import pytest
from django.core.cache import cache
from django.test import Client

from tests.matrix.entrance import ENTRANCE
from tests.matrix.table import Row
from tests.matrix.table_of_issues import ROWS
from tests.matrix.test_strange_fields import says_what_is_wrong
from tests.matrix.undoing import undone
from tests.matrix.walking import address_of
from tests.matrix.world import World

PAGES: Final = {f"{row.route} {row.about} {row.verb}".strip(): row for row in ROWS if row.get}
# Who is offered most; whoever may read a page is offered some of the same.
MANY_BUTTONS: Final = {"member", "moderator", "officer"}
CONTROLS: Final = {"input", "button", "textarea", "select"}


@dataclass
class Drawn:
    """``buttons`` of a form that has several are sent one at a time."""

    action: str
    id: str = ""
    fields: dict[str, str] = field(default_factory=dict)
    buttons: list[tuple[str, str, str]] = field(default_factory=list)


class Forms(HTMLParser):
    def __init__(self, page: str, *, address: str) -> None:
        super().__init__()
        self.address, self.found, self.depth = address, list[Drawn](), 0
        self.loose: list[tuple[str, dict[str, str]]] = []
        self.feed(page)
        for tag, said in self.loose:
            self._control(next(form for form in self.found if form.id == said["form"]), tag, said)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attributes}
        if tag == "form":
            self.depth = 1
            if said.get("method") == "post":
                self.found.append(Drawn(said.get("action") or self.address, said.get("id", "")))
            else:
                self.depth = 0
        elif tag in CONTROLS and "form" in said:
            self.loose.append((tag, said))
        elif tag in CONTROLS and self.depth:
            self._control(self.found[-1], tag, said)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.depth = 0

    def _control(self, form: Drawn, tag: str, said: dict[str, str]) -> None:
        name = said.get("name", "")
        if tag == "button":
            form.buttons.append((said.get("formaction", form.action), name, said.get("value", "")))
        elif name and not (said.get("type") == "checkbox" and "checked" not in said):
            form.fields[name] = said.get("value", "")


def send_all(client: Client, page: str, *, address: str) -> int:
    """How many presses were tried."""
    presses = 0
    for form in Forms(page, address=address).found:
        for action, name, value in form.buttons or [(form.action, "", "")]:
            cache.clear()
            button = {name: value} if name else {}
            with undone():
                answer = client.post(action.replace("&amp;", "&"), {**form.fields, **button})
            assert answer.status_code != 400, f"{action} {sorted({**form.fields, **button})}"
            assert not says_what_is_wrong(answer.text)
            presses += 1
    return presses


@pytest.mark.parametrize("row", PAGES.values(), ids=PAGES)
def test_a_page_offers_only_what_is_taken(world: World, row: Row) -> None:
    readers = row.get or set()
    for name in (readers & MANY_BUTTONS) or sorted(readers)[:1]:
        address = address_of(row, world.things[row.about])
        with undone():
            answer = world.clients[name].get(address)
        if answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/html"):
            assert send_all(world.clients[name], answer.text, address=address)


@pytest.mark.parametrize("form", ENTRANCE)
def test_a_page_of_the_entrance_offers_only_what_is_taken(world: World, form: str) -> None:
    with undone():
        sent = ENTRANCE[form](world)
        answer = sent.client.get(sent.address)
        assert answer.status_code == 200
        assert send_all(sent.client, answer.text, address=sent.address)
