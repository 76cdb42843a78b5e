"""Home: what is asked of somebody, what became of what they raised, what they follow and have not read."""

from dataclasses import dataclass, field, replace
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from dialogue.accounts.models import User
from dialogue.issues.queries.concerns import Concern, my_concerns
from dialogue.issues.queries.days import due_of
from dialogue.issues.queries.lists import followed
from dialogue.issues.queries.pages.asks import AskShown, asks_of
from dialogue.issues.queries.pages.clock import DueShown, HolderShown, days_words, due_shown, holder_shown
from dialogue.issues.queries.pages.issue_list import IssueRow, row_of
from dialogue.rooms.access import rooms_visible_to
from dialogue.rooms.models import Holder, Room
from dialogue.rooms.queries.pages.days import short_day
from dialogue.rooms.queries.pages.steps import TONES
from dialogue.rooms.queries.unread import unread_by_room
from dialogue.rooms.states import Shown

FOLLOWED_SHOWN = 8


@dataclass(frozen=True)
class ConcernRow:
    title: str
    lang: str
    address: str
    was: str
    now: str
    tone: str
    since: str
    holder: HolderShown
    due: DueShown | None
    reference: str = ""
    is_open: bool = True


@dataclass(frozen=True)
class UnreadRoom:
    room: Room
    count: int


@dataclass(frozen=True)
class HomeShown:
    asks: list[AskShown] = field(default_factory=list)
    concerns: list[ConcernRow] = field(default_factory=list)
    followed: list[IssueRow] = field(default_factory=list)
    unread: list[UnreadRoom] = field(default_factory=list)


def home_shown(user: User, *, now: datetime) -> HomeShown:
    return HomeShown(
        asks=asks_of(user, now=now),
        concerns=[_concern(each, now=now) for each in my_concerns(user, now=now)],
        followed=[row_of(card) for card in followed(user, now=now)[:FOLLOWED_SHOWN]],
        unread=_unread(user),
    )


def _concern(concern: Concern, *, now: datetime) -> ConcernRow:
    thread, issue = concern.thread, concern.issue
    due = due_of(concern.due_on, now=now) if concern.now is not Shown.CLOSED else None
    return ConcernRow(
        title=thread.title,
        lang=thread.lang,
        address=reverse("rooms:thread", args=[thread.room.slug, thread.public_id]),
        was=str(concern.was.label) if concern.was else "",
        now=str(concern.now.label),
        tone=TONES[concern.now],
        since=short_day(concern.since),
        holder=_holder(concern),
        due=due_shown(due) if due else None,
        reference=issue.reference if issue else "",
        is_open=concern.now is not Shown.CLOSED,
    )


def _holder(concern: Concern) -> HolderShown:
    """To whoever raised it, “those who raised it” are they themselves."""
    shown = holder_shown(concern.holder, concern.days)
    if concern.holder is not Holder.NGO:
        return shown
    here = _("With you")
    return replace(shown, words=f"{here} · {days_words(concern.days)}")


def _unread(user: User) -> list[UnreadRoom]:
    counts = unread_by_room(user)
    rooms = rooms_visible_to(user).filter(pk__in=counts).distinct()
    unread = [UnreadRoom(room, counts[room.pk]) for room in rooms]
    return sorted(unread, key=lambda each: each.count, reverse=True)
