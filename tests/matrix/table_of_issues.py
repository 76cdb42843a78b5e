"""The rows of triage and issues; see ``table``. Verbs × states × roles: tests/issues/test_access_table."""

from collections.abc import Set
from typing import Final

from tests.matrix.table import (
    ELSEWHERE,
    INVITED,
    MARKED,
    MODERATOR,
    NOBODY,
    OFFICE,
    READERS,
    ROOMS,
    SAFE,
    SIGNED_IN,
    Row,
)

OFFICER: Final = frozenset({"officer"})
APPROVER: Final = frozenset({"approver"})
AUTHORITY: Final = frozenset({"authority"})
TAKEN_UP: Final = {"title": "Words", "summary": "Words.", "priority": "normal"}
BY_LETTER: Final = {"on": "$today", "channel": "letter", "number": "12-3"}
TEXTS: Final = {"text_kk": "Words.", "text_ru": "Words."}


def _act(verb: str, may: Set[str], about: str = "new issue", /, **send: str) -> Row:
    return Row("issues:act", about, verb, get=may, post=may, sees=READERS, send=send)


def _step(verb: str, may: Set[str], about: str, sees: Set[str], /, **send: str) -> Row:
    return Row("issues:step", about, verb, get=may, post=may, sees=sees, send=send)


def _escalate(about: str, sees: Set[str]) -> Row:
    return Row("issues:escalate", about, get=MODERATOR, post=MODERATOR, sees=sees, send=TAKEN_UP)


ACTS: Final = [
    _act("inquire", OFFICER, version="$version"),
    _act("decline", APPROVER, version="$version", outcome="declined", note="Words."),
    _act("return", OFFICER, reason="Words."),
    _act("assign", MODERATOR | OFFICER | APPROVER, version="$version", assignee="$officer"),
    _act("plan", MODERATOR | OFFICER, next_step_kk="Words.", next_step_ru="Words.", on="2030-01-10"),
    _act("reword", MODERATOR | OFFICER, version="$version", lang="en", title="Words", summary="Words."),
    _act("note", OFFICE, body="Words.", lang="en"),
    _act("draft", OFFICER, addressee="akimat", **TEXTS),
    _act("check", OFFICER, "issue", version="$version"),
    # Not in this state.
    _act("start_closing", NOBODY, version="$version", note="Words."),
    _act("resume", NOBODY, version="$version", note="Words."),
    _act("close", NOBODY, version="$version", note="Words.", outcome="implemented"),
    Row("issues:act", "new issue", "no-such-verb", get=NOBODY, post=NOBODY),
    *(
        Row("issues:act", about, "note", get=OFFICE, post=OFFICE, sees=sees, send={"body": "x", "lang": "en"})
        for about, sees in (("invited issue", INVITED), ("office issue", MARKED))
    ),
]
STEPS: Final = [
    _step("revise", OFFICER, "draft", OFFICE, version="$version", **TEXTS),
    _step("issue", APPROVER, "draft", OFFICE),
    _step("return", APPROVER, "draft", OFFICE, reason="Words."),
    _step("receive", OFFICER, "issued", READERS, **BY_LETTER),
    _step("answer", OFFICER, "issued", READERS, position="noted", text="x", lang="en", **BY_LETTER),
    _step("receive", OFFICER, "invited issued", INVITED, **BY_LETTER),
    _step("lapse", NOBODY, "draft", OFFICE),
    _step("assess", OFFICER, "judged", READERS, position="noted", implementation="none", reason_ru="x"),
    _step("no-such-verb", NOBODY, "issued", NOBODY),
]
ISSUES: Final = [
    Row("issues:board", get=OFFICE),
    _escalate("open thread", READERS),
    _escalate("invited thread", INVITED),
    _escalate("office thread", MARKED),
    Row("issues:escalate", "held thread", get=NOBODY, post=NOBODY, sees=SAFE, send=TAKEN_UP),
    Row("issues:home", get=SIGNED_IN),
    Row("issues:unread", get=SIGNED_IN),
    Row("issues:to_sign", get=APPROVER),
    Row("issues:addressed", get=AUTHORITY),
    Row("issues:list", get=SIGNED_IN),
    Row("issues:issue", "issue", get=READERS),
    Row("issues:issue", "new issue", get=READERS),
    Row("issues:issue", "invited issue", get=INVITED),
    Row("issues:issue", "office issue", get=MARKED),
    Row("issues:issue", "held issue", get=OFFICE | {"member"}),
    Row("issues:follow", "issue", post=READERS, send={"on": "true"}),
    Row("issues:follow", "invited issue", post=INVITED, send={"on": "true"}),
    Row("issues:follow", "office issue", post=MARKED, send={"on": "true"}),
    *ACTS,
    *STEPS,
]
ROWS: Final = [*ROOMS, *ISSUES, *ELSEWHERE]
