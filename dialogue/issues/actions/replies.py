"""What comes back from an authority: that it has the recommendation, what it says, or nothing in time."""

from datetime import date, datetime
from typing import Final

from django.utils.translation import gettext_lazy as _

from dialogue.accounts.models import User
from dialogue.calendar.working_days import current_calendar, due_after, today_in_almaty
from dialogue.issues.access import movers_of
from dialogue.issues.actions.course import NextMove, advance
from dialogue.issues.actions.running import tell
from dialogue.issues.actions.steps import StepAsked, take_step, write_step
from dialogue.issues.actions.words import Texts, clean_texts, columns
from dialogue.issues.kinds import (
    RECOMMENDATION_ANSWERED,
    RECOMMENDATION_ASSESSED,
    RECOMMENDATION_RECEIVED,
    RECOMMENDATION_UNANSWERED,
)
from dialogue.issues.models import (
    Assessment,
    Channel,
    Grade,
    Implementation,
    Position,
    Receipt,
    Recommendation,
    Response,
)
from dialogue.journal.acts import Done, Key
from dialogue.journal.entries import Opened, Place
from dialogue.rooms.actions.refused import choice, language
from dialogue.text.cleaning import clean_body, clean_line
from dialogue.text.refusals import Conflict, Forbidden, Invalid

REPLY_WITHIN_WORKING_DAYS: Final = 15  # Law 154-VII, article 15(2): from receipt
MAX_ANSWER: Final = 10_000
MAX_REASON: Final = 4_000


def record_receipt(
    recommendation: Recommendation,
    *,
    by: User,
    key: Key,
    on: date,
    channel: str,
    number: str = "",
    now: datetime | None = None,
) -> Done:
    """The authority has it since ``on``, and its clock runs: acknowledged there, or a letter with number."""
    way, letter = _way(channel, number)
    wish = StepAsked("receive", by, key, {"on": on.isoformat(), "channel": way.value, "number": letter}, now)
    due = due_after(on, REPLY_WITHIN_WORKING_DAYS, calendar=current_calendar())

    def write(opened: Opened, fresh: Recommendation) -> Place:
        if Receipt.objects.filter(recommendation=fresh).exists():
            raise Conflict("already_received", _("It was already recorded when the authority received this."))
        _refuse_day(on, fresh, today=today_in_almaty(opened.at))
        _refuse_foreign_way(way, by=by)
        Receipt.objects.create(recommendation=fresh, on=on, channel=way, number=letter, by=by, at=opened.at)
        write_step(opened, fresh, wish, due_on=due.on, calendar_version=due.calendar_version)
        refs = {"recommendation": fresh.public_id, "due_on": due.on.isoformat()}
        place = tell(opened, fresh.issue, RECOMMENDATION_RECEIVED, by=by, **refs)
        advance(opened, fresh.issue, NextMove("receive"), by=by)
        return place

    return take_step(recommendation, wish, do=write)


def record_response(
    recommendation: Recommendation,
    *,
    by: User,
    key: Key,
    on: date,
    channel: str,
    position: str,
    text: str,
    lang: str,
    number: str = "",
    now: datetime | None = None,
) -> Done:
    """Keep the authority's words as they came. When nothing else is awaited, the office has the ball."""
    way, letter = _way(channel, number)
    said = _said(position, text, lang)
    about = {"channel": way.value, "number": letter}
    wish = StepAsked("answer", by, key, {"on": on.isoformat(), **about, **said}, now)

    def write(opened: Opened, fresh: Recommendation) -> Place:
        _refuse_day(on, fresh, today=today_in_almaty(opened.at))
        _refuse_foreign_way(way, by=by)
        Response.objects.create(recommendation=fresh, on=on, by=by, at=opened.at, **about, **said)
        write_step(opened, fresh, wish)
        refs = {"recommendation": fresh.public_id, "position": said["position"]}
        place = tell(opened, fresh.issue, RECOMMENDATION_ANSWERED, by=by, **refs)
        advance(opened, fresh.issue, NextMove("answer"), by=by)
        return place

    return take_step(recommendation, wish, do=write)


def record_no_reply(
    recommendation: Recommendation, *, by: User, key: Key, now: datetime | None = None
) -> Done:
    """The time ran out. The authority still owes its answer, and that shows."""
    wish = StepAsked("lapse", by, key, {}, now)

    def write(opened: Opened, fresh: Recommendation) -> Place:
        if fresh.due_on is None or fresh.due_on >= today_in_almaty(opened.at):
            raise Conflict("still_in_time", _("The time for an answer still runs."))
        write_step(opened, fresh, wish)
        place = tell(opened, fresh.issue, RECOMMENDATION_UNANSWERED, by=by, recommendation=fresh.public_id)
        advance(opened, fresh.issue, NextMove("lapse"), by=by)
        return place

    return take_step(recommendation, wish, do=write)


def assess(
    recommendation: Recommendation,
    *,
    by: User,
    key: Key,
    position: str,
    implementation: str,
    reasons: Texts,
    grade: str = "",
    now: datetime | None = None,
) -> Done:
    """The office's judgement, again and again; each stays. ``grade`` is for the office's eyes."""
    words = clean_texts(reasons, field="reason", max_characters=MAX_REASON)
    judged = _judged(position, implementation, grade)
    wish = StepAsked("assess", by, key, {**judged, "reasons": words}, now)

    def write(opened: Opened, fresh: Recommendation) -> Place:
        Assessment.objects.create(
            recommendation=fresh, by=by, at=opened.at, **judged, **columns("reason", words)
        )
        write_step(opened, fresh, wish)
        refs = {name: judged[name] for name in ("position", "implementation")}
        place = tell(
            opened, fresh.issue, RECOMMENDATION_ASSESSED, by=by, recommendation=fresh.public_id, **refs
        )
        advance(opened, fresh.issue, NextMove("assess"), by=by)
        return place

    return take_step(recommendation, wish, do=write)


def _said(position: str, text: str, lang: str) -> dict[str, str]:
    return {
        "position": choice(Position, position, field="position").value,
        "text": clean_body(text, field="text", max_characters=MAX_ANSWER),
        "lang": language(lang).value,
    }


def _judged(position: str, implementation: str, grade: str) -> dict[str, str]:
    return {
        "position": choice(Position, position, field="position").value,
        "implementation": choice(Implementation, implementation, field="implementation").value,
        "grade": choice(Grade, grade, field="grade").value if grade else "",
    }


def _way(channel: str, number: str) -> tuple[Channel, str]:
    way = choice(Channel, channel, field="channel")
    if way is Channel.LETTER:
        return way, clean_line(number, field="number", max_characters=60)
    return way, ""


def _refuse_day(on: date, recommendation: Recommendation, *, today: date) -> None:
    issued = recommendation.issued_at
    if on > today or (issued is not None and on < today_in_almaty(issued)):
        raise Invalid("bad_date", _("Choose a day between the signing and today."), "on")


def _refuse_foreign_way(way: Channel, *, by: User) -> None:
    """A letter is logged by the office; the authority itself uses its workspace."""
    if way is Channel.LETTER and not movers_of(by):
        raise Forbidden("forbidden", _("A letter is logged by the office."))
