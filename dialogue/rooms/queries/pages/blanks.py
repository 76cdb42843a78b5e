"""The copies script fills: every part drawn, every word in the reader's language."""

from dataclasses import dataclass
from datetime import UTC, datetime

from django.utils.translation import ngettext

from dialogue.rooms.queries.pages.cards import CardShown, PillShown
from dialogue.rooms.queries.pages.posts import ICONS, PostShown, Quoted, SignShown
from dialogue.rooms.queries.pages.steps import TONES
from dialogue.rooms.states import Shown

# Stand in every attribute of a copy where an id belongs.
POST_ID, THREAD_ID = "__post__", "__thread__"
_NO_TIME = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class RepliesBlank:
    """Whole phrases for the plural forms of three languages, with a number script replaces."""

    one: str
    few: str
    many: str


@dataclass(frozen=True)
class Blanks:
    post: PostShown
    note: PostShown
    card: CardShown
    replies: RepliesBlank


def blanks(*, may_react: bool) -> Blanks:
    return Blanks(
        post=_post(is_note=False, may_react=may_react),
        note=_post(is_note=True, may_react=may_react),
        card=_card(),
        replies=RepliesBlank(*(_replies(number) for number in (1, 2, 5))),
    )


def _post(*, is_note: bool, may_react: bool) -> PostShown:
    return PostShown(
        id=POST_ID,
        at=_NO_TIME,
        signs=tuple(map(SignShown, ICONS)),
        reply_to=Quoted(POST_ID),
        is_note=is_note,
        is_edited=True,
        is_blank=True,
        may_react=may_react,
        may_reply=may_react and not is_note,
        may_edit=True,
        may_withdraw=True,
    )


def _card() -> CardShown:
    states = tuple(PillShown(shown.value, str(shown.label), TONES[shown]) for shown in Shown)
    return CardShown(
        id=THREAD_ID,
        at=_NO_TIME,
        pills=(PillShown("reference", "", "escalated"), *states),
        is_urgent=True,
        is_for_the_office=True,
        is_held=True,
        is_blank=True,
    )


def _replies(number: int) -> str:
    return ngettext("{n} reply", "{n} replies", number).format(n=number)
