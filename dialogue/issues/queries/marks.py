"""How much waits behind each place of the navigation, as the mark beside its name says it."""

from dialogue.accounts.models import User
from dialogue.issues.access import can_see_signing
from dialogue.issues.queries.lists import count_to_sign
from dialogue.rooms.access import can_see_board
from dialogue.rooms.queries.board import count_awaiting
from dialogue.rooms.queries.unread import mark_of


def marks_for(user: User, *, unread: int) -> dict[str, str]:
    """By the place's code; only of places that are open to this person. ``unread``: in all their rooms."""
    marks = {"rooms": mark_of(unread)}
    if can_see_board(user):
        marks["triage"] = mark_of(count_awaiting(user))
    if can_see_signing(user):
        marks["sign"] = mark_of(count_to_sign(user))
    return marks
