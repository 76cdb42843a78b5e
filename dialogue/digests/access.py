"""Who gets a digest, and what of it may stand in a mail. Asked anew each time."""

from typing import Final

from django.db.models import Q, QuerySet

from dialogue.accounts.models import User
from dialogue.issues.access import can_sign, issues_visible_to, recommendations_visible_to
from dialogue.issues.models import Issue, Recommendation
from dialogue.issues.states import RecommendationState
from dialogue.organisations.models import Role
from dialogue.organisations.queries import valid_delegations_in
from dialogue.organisations.standing import standing_of
from dialogue.rooms.access import posts_visible_to, rooms_visible_to, threads_visible_to
from dialogue.rooms.models import Entrance, Marking, Post, Room, Thread

# Mail boxes are read by others: only what every member may know is called by its name in them.
NAMED: Final = (Marking.PUBLIC, Marking.MEMBERS)


def readers() -> list[User]:
    """Everybody who stands for an organisation now, once, in a stable order."""
    delegations = (row for role in Role for row in valid_delegations_in(role))
    people = {row.person_id: row.person for row in delegations}
    return [people[pk] for pk in sorted(people)]


def can_receive(person: User) -> bool:
    """Asked again just before a mail is written: somebody may have left since it was planned."""
    return bool(standing_of(person).roles)


def streams_told_to(person: User) -> list[str]:
    """Never an office's or a safety stream: what stands there is not for mail, whoever reads it."""
    rooms = [room.stream_name for room in rooms_visible_to(person)]
    return rooms + [issue.stream_name for issue in issues_told_to(person)]


def threads_told_to(person: User) -> QuerySet[Thread]:
    """Less than the person may read: nothing held, nothing for the office only."""
    return threads_visible_to(person).filter(held_at=None).exclude(marking=Marking.OFFICE)


def posts_told_to(person: User) -> QuerySet[Post]:
    posts = posts_visible_to(person).filter(thread__in=threads_told_to(person), office_only=False)
    return posts.filter(withdrawn_at=None, hidden_at=None)


def issues_told_to(person: User) -> QuerySet[Issue]:
    """Those the person follows, leads, or raised: each once."""
    theirs = Q(follows__person=person) | Q(assignee=person) | Q(links__thread__raised_by=person)
    told = issues_visible_to(person).filter(theirs).exclude(marking=Marking.OFFICE)
    return told.exclude(links__thread__held_at__isnull=False).distinct()


def recommendations_to_sign(person: User) -> list[Recommendation]:
    drafts = recommendations_visible_to(person).filter(state=RecommendationState.DRAFTED)
    return [draft for draft in drafts.order_by("drafted_at") if can_sign(person, draft)]


def can_thread_be_named(thread: Thread) -> bool:
    """Whether its title may stand in a mail; otherwise it is counted."""
    return thread.marking in NAMED


def can_issue_be_named(issue: Issue) -> bool:
    """By the strictest of today: threads may have been narrowed since. Otherwise only its number is said."""
    return issue.marking in NAMED and not issue.links.exclude(thread__marking__in=NAMED).exists()


def can_room_be_named(room: Room) -> bool:
    """Neither name nor address of a room behind an invitation: its topic alone may endanger somebody."""
    return room.entrance == Entrance.MEMBERS and room.default_marking in NAMED
