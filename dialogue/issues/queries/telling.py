"""What frames are made of, without a viewer: only ``realtime.frames`` may ask here."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from zlib import crc32

from dialogue.issues.models import Issue, IssueThread
from dialogue.rooms.access.rooms import FACTS_THAT_LET_IN


def issues_for_frames(references: Collection[str]) -> dict[str, Issue]:
    rows = Issue.objects.filter(reference__in=references).select_related("theme", "region", "assignee")
    return {issue.reference: issue for issue in rows}


def acl_versions(references: Collection[str]) -> Mapping[str, int]:
    """Reference → a number that is another one when a linked thread or its room lets in others.

    Who may see an issue follows from its threads; their acts know nothing of issues.
    """
    rows = IssueThread.objects.filter(issue__reference__in=references).order_by("thread_id")
    doors: defaultdict[str, list[object]] = defaultdict(list)
    of_room = [f"thread__room__{fact}" for fact in FACTS_THAT_LET_IN]
    facts = ("thread_id", "thread__held_at", "thread__marking", *of_room)
    for reference, *door in rows.values_list("issue__reference", *facts):
        doors[reference].append(door)
    return {reference: crc32(repr(found).encode()) for reference, found in doors.items()}
