"""Who a text seems to come from, in words."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from dialogue.organisations.models import Kind, Organisation
from dialogue.rooms.access import Reading, audience_of, shown_by
from dialogue.rooms.models import Byline, Post, Thread


@dataclass(frozen=True)
class AuthorShown:
    """``second`` stands smaller beside the name: an organisation, or the person behind one."""

    name: str
    second: str = ""
    pseudonym: str = ""
    initials: str = ""
    is_shielded: bool = False
    is_mine: bool = False
    is_office: bool = False


def author_shown(thing: Post | Thread, reading: Reading) -> AuthorShown:
    author_id = thing.author_id if isinstance(thing, Post) else thing.raised_by_id
    is_mine = reading.person_id is not None and author_id == reading.person_id
    by = shown_by(thing, audience=audience_of(reading), is_mine=is_mine, leads=reading.leads)
    if by.byline is Byline.SHIELDED:
        name = _("A member organisation of this room")
        return AuthorShown(name, pseudonym=by.pseudonym or "", is_shielded=True, is_mine=is_mine)
    organisation, person = by.organisation or "", by.name or ""
    named = (person, organisation) if by.byline is Byline.NAMED else (organisation, person)
    return AuthorShown(
        name=named[0],
        second=named[1],
        initials=initials_of(named[0]),
        is_mine=is_mine,
        is_office=is_of_the_office(thing.for_organisation),
    )


def is_of_the_office(organisation: Organisation | None) -> bool:
    return organisation is not None and organisation.kind == Kind.OFFICE


def initials_of(name: str) -> str:
    """Two letters at most; quotation marks and dots are no initials."""
    letters = [next(filter(str.isalnum, word), "") for word in name.split()]
    return "".join(filter(None, letters))[:2].upper()
