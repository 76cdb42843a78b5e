"""The refusals that several acts share."""

from django.utils.translation import gettext_lazy as _

from dialogue.organisations.models import ROLES_OF, Kind, Organisation, Role
from dialogue.text.refusals import Invalid, NotFound


def refuse_unless(allowed: bool) -> None:
    if not allowed:
        raise NotFound("not_found", _("This organisation does not exist, or it is not open to you."))


def refuse_foreign_role(organisation: Organisation, role: Role) -> None:
    if role not in ROLES_OF[Kind(organisation.kind)]:
        raise Invalid("role_not_here", _("An organisation of this kind has no such role."), "role")
