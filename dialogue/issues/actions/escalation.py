"""A thread becomes a tracked issue, once; or is given back to triage."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dialogue.accounts.models import User
from dialogue.calendar.working_days import Due, current_calendar, due_after, today_in_almaty
from dialogue.issues.access import can_escalate_ever, can_return, can_return_ever
from dialogue.issues.actions.course import NextMove, advance_to, update_cards
from dialogue.issues.actions.exhibits import pin, revisions_to_pin
from dialogue.issues.actions.following import let_follow
from dialogue.issues.actions.numbering import next_number
from dialogue.issues.actions.running import (
    ActAsked,
    opening_with_cards,
    refuse_unless_theirs,
    run_on_issue,
    tell,
    tell_the_office,
)
from dialogue.issues.actions.words import columns
from dialogue.issues.kinds import ISSUE_ESCALATED, ISSUE_REGISTERED, ISSUE_RETURNED
from dialogue.issues.models import Escalation, Issue, IssueThread, Move
from dialogue.issues.queries.escalating import first_escalation
from dialogue.issues.states import IssueOutcome, IssueState
from dialogue.journal.acts import Done, Key, already_done, parse_key, remember
from dialogue.journal.entries import Opened, Place
from dialogue.rooms.access import visible_thread
from dialogue.rooms.actions.opening import streams_of_thread
from dialogue.rooms.actions.refused import choice, language
from dialogue.rooms.actions.triage import move_back_to_review, move_to_escalated
from dialogue.rooms.models import Holder, PostRevision, Thread, Urgency
from dialogue.taxonomy.models import Region, Theme
from dialogue.taxonomy.queries import regions, themes, with_code
from dialogue.text.cleaning import clean_body, clean_title
from dialogue.text.refusals import Conflict

RETURN_WITHIN_WORKING_DAYS: Final = 2
MAX_SUMMARY: Final = 4_000
MAX_REASON: Final = 2_000
Translations = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class _CommonPart:
    """What the office writes about it, cleaned before the lock."""

    titles: dict[str, str]
    summaries: dict[str, str]
    lang: str
    theme: Theme | None
    region: Region | None
    priority: Urgency


def escalate(
    thread: Thread,
    *,
    by: User,
    key: Key,
    title: str,
    summary: str,
    lang: str,
    translations: Translations | None = None,
    theme: str | None = None,
    region: str | None = None,
    priority: str | None = None,
    exhibits: Sequence[str] = (),
    now: datetime | None = None,
) -> Done:
    """``thing`` is the reference of the new issue. Codes not given are the thread's own.

    ``translations`` is ``{"ru": {"title": …, "summary": …}}``. Of two at once the second is refused
    with ``already_escalated`` and the reference in ``current``.
    """
    words = {**(translations or {}), lang: {"title": title, "summary": summary}}
    codes = {"theme": theme, "region": region, "priority": priority}
    part = _common_part(thread, words, lang=lang, now=now or timezone.now(), **codes)
    content = {"act": "issues.escalate", "thread": thread.public_id, "lang": lang, **codes}
    asked = ActAsked(by, key, {**content, "words": words, "exhibits": list(exhibits)}, now)
    return _escalate_once(thread, part, asked, exhibits=exhibits)


def _escalate_once(thread: Thread, part: _CommonPart, asked: ActAsked, *, exhibits: Sequence[str]) -> Done:
    by, key, until = asked.by, parse_key(asked.key), _return_until(asked.now or timezone.now())
    with opening_with_cards(streams_of_thread(thread), by=by, key=key, now=asked.now) as opened:
        fresh = visible_thread(by, thread.public_id)
        refuse_unless_theirs(can_escalate_ever(by))
        if done := already_done(by, key, asked.content):
            return done
        revisions = _refuse_or_pin(fresh, exhibits, by=by)
        move_to_escalated(fresh, by=by, now=opened.at)
        issue, place = _register(opened, fresh, part, by=by)
        _bind(opened, issue, fresh, by=by, until=until, revisions=revisions)
        return remember(by, key, asked.content, place=place, thing=issue.reference)


def return_escalation(issue: Issue, *, by: User, key: Key, reason: str, now: datetime | None = None) -> Done:
    """The officer gives it back to triage within two working days; the number stays used."""
    why = clean_body(reason, field="reason", max_characters=MAX_REASON)
    content = {"act": "issues.return", "issue": issue.reference, "reason": why}

    def give_back(opened: Opened, fresh: Issue) -> Place:
        if not can_return(by, fresh, now=opened.at):
            raise Conflict("too_late", _("It can no longer be given back to triage. Decline or lead it."))
        for escalation in fresh.escalations.filter(returned_at=None).select_related("thread__room"):
            move_back_to_review(escalation.thread, by=by, note=why, now=opened.at)
        returned = {"returned_by": by, "returned_at": opened.at, "return_reason": why}
        fresh.escalations.filter(returned_at=None).update(**returned)
        tell_the_office(opened, fresh, ISSUE_RETURNED, by=by)
        step = NextMove("return", IssueState.CLOSED, note=why, outcome=IssueOutcome.DECLINED)
        return advance_to(opened, fresh, step, by=by)

    return run_on_issue(issue, ActAsked(by, key, content, now), may=can_return_ever, do=give_back)


def already_escalated(thread: Thread) -> Conflict | None:
    """The truthful answer to whoever comes second."""
    first = first_escalation(thread)
    if first is None:
        return None
    return Conflict(
        "already_escalated",
        _("Somebody has already taken this up as an issue."),
        current={"reference": first.issue.reference},
    )


def _refuse_or_pin(thread: Thread, exhibits: Sequence[str], *, by: User) -> list[PostRevision]:
    first = already_escalated(thread)
    if first is not None:
        raise first
    if thread.is_held:
        raise Conflict("thread_held", _("This thread is held. Release it before you take it up."))
    return revisions_to_pin(thread, exhibits, by=by)


def _register(opened: Opened, thread: Thread, part: _CommonPart, *, by: User) -> tuple[Issue, Place]:
    number = next_number(opened.at)
    issue = Issue.objects.create(
        reference=number.reference,
        year=number.year,
        sequence=number.sequence,
        lang=part.lang,
        theme=part.theme,
        region=part.region,
        priority=part.priority,
        marking=thread.marking,
        state_since=opened.at,
        registered_at=opened.at,
        registered_by=by,
        **columns("title", part.titles),
        **columns("summary", part.summaries),
    )
    opened.begin(issue.stream_name)
    opened.begin(issue.office_stream_name)
    return issue, tell(opened, issue, ISSUE_REGISTERED, by=by, state=IssueState.REGISTERED.value)


def _bind(
    opened: Opened, issue: Issue, thread: Thread, *, by: User, until: Due, revisions: list[PostRevision]
) -> None:
    """Escalation, link, exhibits, the first step of the count, followers, and the card."""
    Escalation.objects.create(
        thread=thread,
        issue=issue,
        by=by,
        at=opened.at,
        return_until=until.at,
        calendar_version=until.calendar_version,
    )
    IssueThread.objects.create(issue=issue, thread=thread, at=opened.at)
    pin(issue, revisions)
    Move.objects.create(
        issue=issue, verb="register", target=issue.state, holder=Holder.OFFICE, by=by, at=opened.at
    )
    let_follow(issue, [thread.raised_by_id, by.pk], at=opened.at)
    tell_the_office(opened, issue, ISSUE_ESCALATED, by=by, thread=thread.public_id, exhibits=len(revisions))
    update_cards(opened, issue, by=by)


def _common_part(
    thread: Thread, words: Translations, *, lang: str, now: datetime, **codes: str | None
) -> _CommonPart:
    """Refuses unknown codes with ``not_a_choice``, and a language half filled with ``empty``."""
    by_language = {language(code).value: text for code, text in words.items()}
    theme, region, priority = codes["theme"], codes["region"], codes["priority"]
    known: Any = regions(today_in_almaty(now))
    return _CommonPart(
        titles={code: clean_title(text["title"]) for code, text in by_language.items()},
        summaries={
            code: clean_body(text["summary"], field="summary", max_characters=MAX_SUMMARY)
            for code, text in by_language.items()
        },
        lang=lang,
        theme=with_code(themes(), theme, field="theme") if theme else thread.theme,
        region=with_code(known, region, field="region") if region else thread.region,
        priority=choice(Urgency, priority or thread.urgency, field="priority"),
    )


def _return_until(now: datetime) -> Due:
    return due_after(today_in_almaty(now), RETURN_WITHIN_WORKING_DAYS, calendar=current_calendar())
