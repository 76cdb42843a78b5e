"""The sentences that several acts answer with when they do nothing."""

from enum import Enum
from typing import TypeVar

from django.utils.translation import gettext_lazy as _

from dialogue.rooms import access
from dialogue.rooms.models import Byline, Room, Thread
from dialogue.rooms.states import ThreadState
from dialogue.text.languages import Language
from dialogue.text.refusals import Conflict, Forbidden, Invalid

Code = TypeVar("Code", bound=Enum)


def refuse_writing(by: access.Reading, room: Room) -> None:
    if not access.can_write_in(by, room):
        raise Forbidden("not_a_member", _("You may read here, but not write."))
    if room.archived_at is not None:
        raise Conflict("room_closed", _("This room is closed. It can be read, but nothing can be added."))


def refuse_closed_thread(thread: Thread) -> None:
    if thread.state == ThreadState.CLOSED:
        raise Conflict("thread_closed", _("This thread is closed. Reopen it, or raise a new concern."))


def refuse_thin_shield(by: access.Reading, room: Room, *, byline: Byline, is_for_the_office: bool) -> None:
    if byline is not Byline.SHIELDED:
        return
    if not by.is_member:
        raise Invalid("not_a_choice", _("The office writes under its own name."), "byline")
    if not access.can_be_shielded(by, room, is_for_the_office=is_for_the_office):
        raise Invalid(
            "shield_too_thin",
            _("This room is too small to hide who wrote. Mark the concern “office only” instead."),
            "byline",
        )


def language(code: str) -> Language:
    if code not in Language.values:
        raise Invalid("bad_lang", _("Choose Kazakh, Russian or English."), "lang")
    return Language(code)


def choice(kind: type[Code], code: object, *, field: str) -> Code:
    try:
        return kind(code)
    except ValueError:
        raise not_in_the_list(field) from None


def not_in_the_list(field: str) -> Invalid:
    return Invalid("not_a_choice", _("This is not in the list. Choose one of those offered."), field)
