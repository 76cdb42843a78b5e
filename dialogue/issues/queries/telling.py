"""What frames are made of, without a viewer: only ``realtime.frames`` may ask here."""

from collections.abc import Collection

from dialogue.issues.models import Issue, Recommendation


def issues_for_frames(references: Collection[str]) -> dict[str, Issue]:
    rows = Issue.objects.filter(reference__in=references).select_related("theme", "region", "assignee")
    return {issue.reference: issue for issue in rows}


def recommendations_for_frames(public_ids: Collection[str]) -> dict[str, Recommendation]:
    rows = Recommendation.objects.filter(public_id__in=public_ids).select_related("addressee", "issue")
    return {row.public_id: row for row in rows}
