"""Posts that bear an issue out: pinned as they read at this moment, with the hash of their text."""

from collections.abc import Sequence
from typing import Final

from django.utils.translation import gettext_lazy as _

from dialogue.accounts.models import User
from dialogue.issues.models import Exhibit, Issue
from dialogue.rooms.access import posts_visible_to
from dialogue.rooms.models import Post, PostRevision, Thread, sha256_of
from dialogue.text.refusals import Invalid

MAX_EXHIBITS: Final = 50


def revisions_to_pin(thread: Thread, public_ids: Sequence[str], *, by: User) -> list[PostRevision]:
    """In the order chosen. Refuses what is not a told post of this thread, and the office's own notes."""
    wanted = list(dict.fromkeys(public_ids))
    if len(wanted) > MAX_EXHIBITS:
        raise Invalid("too_many", _("These are too many posts. Choose the 50 that matter most."), "exhibits")
    told = _posts_that_may_be_shown(thread, wanted, by=by)
    found = {post.public_id: post.current for post in told if post.current is not None}
    if len(found) != len(wanted):
        raise Invalid(
            "not_an_exhibit",
            _("One of the chosen posts can no longer be shown. Choose again from those offered."),
            "exhibits",
        )
    return [found[public_id] for public_id in wanted]


def pin(issue: Issue, revisions: Sequence[PostRevision]) -> None:
    """Number them 1, 2, 3 … The hash is of the text itself, not copied from where it could be wrong."""
    Exhibit.objects.bulk_create(
        Exhibit(issue=issue, revision=revision, number=number, sha256=sha256_of(revision.body))
        for number, revision in enumerate(revisions, start=1)
    )


def _posts_that_may_be_shown(thread: Thread, public_ids: Sequence[str], *, by: User) -> Sequence[Post]:
    posts = posts_visible_to(by).filter(thread=thread, public_id__in=public_ids)
    return list(posts.for_everyone_here().select_related("current"))
