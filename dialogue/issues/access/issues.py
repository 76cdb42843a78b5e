"""Who sees an issue's common part, and hears its streams.

It is for everyone who raised a linked concern, whoever may read a linked room, and the office. Titles
of threads, counts and exhibits keep their own room's rule: see ``queries.page``.
"""

from django.db.models import Q, QuerySet

from dialogue.issues.models import Issue, IssueThread
from dialogue.organisations.standing import Reader
from dialogue.rooms.access import Hearing, audience_of, hears_the_office, reading_of, rooms_visible_to
from dialogue.rooms.access.refused import not_found
from dialogue.rooms.models import Marking


def issues_visible_to(user: Reader) -> QuerySet[Issue]:
    reading = reading_of(user)
    if reading.is_handler:
        return Issue.objects.all()
    opens = Q(thread__room__in=rooms_visible_to(reading), thread__held_at=None)
    # That somebody raised a concern for the office only may not be learnt from its issue.
    opens &= ~Q(thread__marking=Marking.OFFICE)
    if reading.is_member:
        opens |= Q(thread__raised_by=reading.person_id)
    return Issue.objects.filter(pk__in=IssueThread.objects.filter(opens).values("issue"))


def visible_issue(user: Reader, reference: str) -> Issue:
    issue = issues_visible_to(user).filter(reference=reference).first()
    if issue is None:
        raise not_found()
    return issue


def hearing_of(user: Reader, stream_name: str) -> Hearing | None:
    """None for a stream that is missing or not for them; there is no floor in an issue."""
    prefix, _colon, rest = stream_name.partition(":")
    reference, _colon, part = rest.partition(":")
    if prefix != "issue" or part not in ("", "office") or rest.endswith(":"):
        return None
    if not issues_visible_to(user).filter(reference=reference).exists():
        return None
    if part == "office" and not hears_the_office(user):
        return None
    return Hearing(audience_of(user))
