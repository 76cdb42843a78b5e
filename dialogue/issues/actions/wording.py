"""The office writes the common part of an issue: its words in each language, and what comes next."""

from datetime import date, datetime
from typing import Final

from django.utils.translation import gettext_lazy as _

from dialogue.accounts.models import User
from dialogue.calendar.working_days import today_in_almaty
from dialogue.issues.access import can_reword_ever
from dialogue.issues.actions.course import NextMove, advance
from dialogue.issues.actions.escalation import MAX_SUMMARY
from dialogue.issues.actions.running import ActAsked, refuse_closed_issue, refuse_stale, run_on_issue, tell
from dialogue.issues.actions.words import Texts, clean_texts, put_words
from dialogue.issues.kinds import ISSUE_PLANNED, ISSUE_REWORDED
from dialogue.issues.models import Issue
from dialogue.journal.acts import Done, Key
from dialogue.journal.entries import Opened, Place
from dialogue.rooms.actions.refused import language
from dialogue.text.cleaning import clean_body, clean_title
from dialogue.text.refusals import Invalid

MAX_NEXT_STEP: Final = 1_000


def reword(
    issue: Issue,
    *,
    by: User,
    key: Key,
    lang: str,
    title: str,
    summary: str,
    version: int | None = None,
    now: datetime | None = None,
) -> Done:
    """Write title and summary in one language, anew or for the first time."""
    code = language(lang).value
    words = {
        "title": clean_title(title),
        "summary": clean_body(summary, field="summary", max_characters=MAX_SUMMARY),
    }
    content = {"act": "issues.reword", "issue": issue.reference, "lang": code, **words}

    def write(opened: Opened, fresh: Issue) -> Place:
        refuse_closed_issue(fresh)
        refuse_stale(fresh, version)
        fields = [name for field, text in words.items() for name in put_words(fresh, field, {code: text})]
        fresh.version += 1
        fresh.save(update_fields=[*fields, "version"])
        return tell(opened, fresh, ISSUE_REWORDED, by=by, lang=code)

    return run_on_issue(issue, ActAsked(by, key, content, now), may=can_reword_ever, do=write)


def plan_next_step(
    issue: Issue, *, by: User, key: Key, on: date, texts: Texts, now: datetime | None = None
) -> Done:
    """Say what the office does next and by which day; that day shows while the office has the ball."""
    words = clean_texts(texts, field="next_step", max_characters=MAX_NEXT_STEP)
    content = {"act": "issues.plan", "issue": issue.reference, "on": on.isoformat(), "texts": words}

    def plan(opened: Opened, fresh: Issue) -> Place:
        refuse_closed_issue(fresh)
        if on < today_in_almaty(opened.at):
            raise Invalid("bad_day", _("Choose today or a later day."), "on")
        put_words(fresh, "next_step", words)
        fresh.next_step_on = on
        place = tell(opened, fresh, ISSUE_PLANNED, by=by, on=on.isoformat())
        advance(opened, fresh, NextMove("plan"), by=by)
        return place

    return run_on_issue(issue, ActAsked(by, key, content, now), may=can_reword_ever, do=plan)
