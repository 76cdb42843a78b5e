"""Who may see which terms. Who is the office is known on a later line, so callers say it."""

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from dialogue.taxonomy.models import AffectedGroup


def affected_groups_visible_to(
    user: AbstractBaseUser | AnonymousUser, *, is_office: bool
) -> QuerySet[AffectedGroup]:
    """Groups to choose from and to show; some are for the office's eyes only.

    ``is_office`` alone opens nothing: a signed-out or deactivated person sees what all see.
    """
    if is_office and user.is_authenticated and user.is_active:
        return AffectedGroup.objects.all()
    return AffectedGroup.objects.filter(office_only=False)
