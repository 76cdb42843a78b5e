"""The page of an issue, in words: every part of it for its templates."""

from typing import Any

from dialogue.issues.queries.page import IssuePage
from dialogue.issues.queries.pages.buttons import buttons_of
from dialogue.issues.queries.pages.clock import clock_of, holder_of
from dialogue.issues.queries.pages.course import (
    priority_pill,
    raised_by,
    readers_sentence,
    state_pill,
    stepper_of,
    threads_linked,
)
from dialogue.issues.queries.pages.exhibits import exhibits_shown
from dialogue.issues.queries.pages.happenings import happenings_shown
from dialogue.issues.queries.pages.rows import rows_of
from dialogue.issues.queries.pages.words import words_of
from dialogue.rooms.access import Reading
from dialogue.rooms.queries.pages.days import short_day

# They have a form, or a place, of their own on the page.
_ELSEWHERE = ("note", "draft")


def issue_shown(page: IssuePage, reading: Reading) -> dict[str, Any]:
    """By the names the templates use."""
    found, threads = page.issue, threads_linked(page.threads, reading)
    return {
        "page": page,
        "issue": found,
        "title": words_of(found, "title"),
        "summary": words_of(found, "summary"),
        "next_step": words_of(found, "next_step"),
        "next_step_on": short_day(found.next_step_on) if found.next_step_on else "",
        "opened_on": short_day(found.registered_at),
        "state": state_pill(found),
        "priority": priority_pill(found),
        "steps": stepper_of(page),
        "clock": clock_of(found, page.days, page.due),
        "holder": holder_of(found, page.days),
        "rows": rows_of(list(page.ledger)),
        "happenings": happenings_shown(list(page.timeline), lang=found.lang),
        "exhibits": exhibits_shown(page.exhibits),
        "threads": threads,
        "raised_by": raised_by(threads),
        "readers": readers_sentence(found),
        "buttons": [button for button in buttons_of(found, page.may) if button.verb not in _ELSEWHERE],
    }
