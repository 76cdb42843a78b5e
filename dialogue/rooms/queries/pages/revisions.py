"""Earlier versions of a post: an edit hides nothing."""

from dataclasses import dataclass
from datetime import datetime

from dialogue.rooms.models import Post, PostRevision
from dialogue.rooms.queries.pages.days import day_and_hour


@dataclass(frozen=True)
class RevisionShown:
    version: int
    at: datetime
    moment: str
    html: str


def revisions_of(post: Post) -> list[RevisionShown]:
    """Newest first. The post must be one its reader may see."""
    return [
        RevisionShown(each.version, each.written_at, day_and_hour(each.written_at), each.html)
        for each in PostRevision.objects.filter(post=post).order_by("-version")
    ]
