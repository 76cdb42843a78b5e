"""The list of issues and its chips."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from dialogue.accounts.models import User
from dialogue.issues.models import Issue
from dialogue.issues.queries.days import DaysLeft, DaysWith
from dialogue.issues.queries.lists import IssueCard, count_by_state, followed, issue_list
from dialogue.issues.queries.pages.clock import DueShown, HolderShown, due_shown, holder_of
from dialogue.issues.queries.pages.course import priority_pill, state_pill
from dialogue.issues.queries.pages.words import WordsShown, words_of
from dialogue.issues.states import SHOWN_OF_ISSUE, IssueState
from dialogue.rooms.queries.pages.cards import ChipShown, PillShown
from dialogue.rooms.states import Shown

_OPEN = tuple(state for state in IssueState if state is not IssueState.CLOSED)
# What the chips show, by the word in the address.
SHOWS: Mapping[str, tuple[IssueState, ...]] = {
    "open": _OPEN,
    **{
        shown.value: tuple(state for state, said in SHOWN_OF_ISSUE.items() if said is shown)
        for shown in (
            *(Shown.TAKEN_UP, Shown.AWAITING_AUTHORITY, Shown.CHECKING, Shown.YOUR_VIEW, Shown.CLOSED),
        )
    },
    "all": tuple(IssueState),
    "followed": (),
}


@dataclass(frozen=True)
class IssueRow:
    issue: Issue
    title: WordsShown
    state: PillShown
    priority: PillShown | None
    holder: HolderShown
    due: DueShown | None
    is_followed: bool
    region: str
    is_open: bool


@dataclass(frozen=True)
class ListShown:
    chips: list[ChipShown]
    rows: list[IssueRow]
    is_filtered: bool


def list_shown(user: User, *, show: str, now: datetime) -> ListShown:
    own = followed(user, now=now)
    cards = own if show == "followed" else issue_list(user, now=now, states=SHOWS[show])
    counts = count_by_state(user)
    numbers = {name: sum(counts.get(state, 0) for state in states) for name, states in SHOWS.items()}
    numbers["followed"] = len(own)
    base = reverse("issues:list")
    chips = [
        ChipShown(name, _label(name), f"{base}?show={name}", name == show, numbers[name])
        for name in SHOWS
        if numbers[name] or name == show or name in ("open", "followed")
    ]
    return ListShown(chips, [row_of(card) for card in cards], show != "all")


def row_of(card: IssueCard) -> IssueRow:
    return _row(card.issue, card.days, card.due, is_followed=card.is_followed)


def _row(issue: Issue, days: DaysWith, due: DaysLeft | None, *, is_followed: bool) -> IssueRow:
    is_open = issue.state != IssueState.CLOSED
    return IssueRow(
        issue=issue,
        title=words_of(issue, "title"),
        state=state_pill(issue),
        priority=priority_pill(issue) if is_open else None,
        holder=holder_of(issue, days),
        due=due_shown(due) if due and is_open else None,
        is_followed=is_followed,
        region=issue.region.name if issue.region else _("Whole country"),
        is_open=is_open,
    )


def _label(show: str) -> str:
    named = {
        "open": pgettext("issues", "Open"),
        "all": pgettext("issues", "All"),
        "followed": pgettext("issues", "Followed"),
    }
    return named[show] if show in named else str(Shown(show).label)
