"""What frames are made of, without a viewer: only ``realtime.frames`` may ask here."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from zlib import crc32

from dialogue.issues.models import Issue, IssueThread, Recommendation


def issues_for_frames(references: Collection[str]) -> dict[str, Issue]:
    rows = Issue.objects.filter(reference__in=references).select_related("theme", "region", "assignee")
    return {issue.reference: issue for issue in rows}


def recommendations_for_frames(public_ids: Collection[str]) -> dict[str, Recommendation]:
    rows = Recommendation.objects.filter(public_id__in=public_ids).select_related("addressee", "issue")
    return {row.public_id: row for row in rows}


def acl_versions(references: Collection[str]) -> Mapping[str, int]:
    """Reference → a number that is another one when a linked thread was held, released or marked anew.

    Who may see an issue follows from its threads; their acts know nothing of issues.
    """
    rows = IssueThread.objects.filter(issue__reference__in=references).order_by("thread_id")
    doors: defaultdict[str, list[object]] = defaultdict(list)
    facts = ("thread_id", "thread__held_at", "thread__marking", "thread__room__acl_version")
    for reference, *door in rows.values_list("issue__reference", *facts):
        doors[reference].append(door)
    return {reference: crc32(repr(found).encode()) for reference, found in doors.items()}
