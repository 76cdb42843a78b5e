"""Earlier versions of a post: an edit hides nothing."""

from dialogue.rooms.models import Post, PostRevision


def revisions_of(post: Post) -> list[PostRevision]:
    """Newest first. The post must be one its reader may see."""
    return list(PostRevision.objects.filter(post=post).order_by("-version"))
