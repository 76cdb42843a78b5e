"""Every state of the link to the server has its sentence on every page that has one."""

import re
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).resolve().parents[2]
SCRIPT: Final = ROOT / "frontend/src/rooms/link_words.ts"
PAGES: Final = {
    "rooms/templates/rooms/_connection.html": frozenset[str](),
    # Only a thread can be out of sight while its page is open.
    "issues/templates/issues/issue.html": frozenset({"gone"}),
}


@pytest.mark.parametrize("page", PAGES)
def test_no_state_is_without_words(page: str) -> None:
    [names] = re.findall(r"^type Name = (.*);$", SCRIPT.read_text(encoding="utf-8"), re.MULTILINE)
    states = {re.sub(r"[A-Z]", lambda m: f"-{m[0].lower()}", name) for name in re.findall(r'"(\w+)"', names)}
    text = (ROOT / "dialogue" / page).read_text(encoding="utf-8")
    [line] = re.findall(r'<p class="connection".*?></p>', text, re.DOTALL)
    said = set(re.findall(r'data-([\w-]+)="{% translate "[^"]+" %}"', line))
    assert said == states - PAGES[page]


def test_the_board_has_a_notice_for_each() -> None:
    text = (ROOT / "dialogue/issues/templates/issues/board.html").read_text(encoding="utf-8")
    slots = set(re.findall(r'data-slot="([\w-]+)"', text))
    assert {"offline", "polling", "elsewhere", "over", "signed-out"} <= slots
