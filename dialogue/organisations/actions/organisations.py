"""An organisation is registered, verified, suspended, readmitted.

``by=None`` is the house itself: the demo and the first installation.
"""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from dialogue.accounts.actions import raise_auth_version
from dialogue.accounts.models import User
from dialogue.organisations.access import can_oversee
from dialogue.organisations.actions.refused import refuse_unless
from dialogue.organisations.models import Kind, Organisation
from dialogue.taxonomy.models import DutyBearer


def register_organisation(
    *,
    by: User | None,
    slug: str,
    names: Mapping[str, str],
    kind: Kind,
    duty_bearer: DutyBearer | None = None,
) -> Organisation:
    """``names`` by language code; it counts only when somebody verifies it."""
    translated = {f"name_{language}": name for language, name in names.items()}
    organisation = Organisation(slug=slug, kind=kind, duty_bearer=duty_bearer, **translated)
    refuse_unless(by is None or can_oversee(by, organisation))
    organisation.save()
    return organisation


@transaction.atomic
def verify_organisation(organisation: Organisation, *, by: User | None) -> None:
    refuse_unless(by is None or can_oversee(by, organisation))
    organisation.verified_at = timezone.now()
    organisation.verified_by = by
    organisation.save(update_fields=["verified_at", "verified_by"])


@transaction.atomic
def suspend_organisation(organisation: Organisation, *, by: User | None) -> None:
    """Its delegates lose what they could read through it, on open pages too."""
    refuse_unless(by is None or can_oversee(by, organisation))
    organisation.suspended_at = timezone.now()
    organisation.save(update_fields=["suspended_at"])
    delegates = organisation.delegations.filter(ended_at=None)
    raise_auth_version(delegates.values_list("person_id", flat=True))


@transaction.atomic
def readmit_organisation(organisation: Organisation, *, by: User | None) -> None:
    refuse_unless(by is None or can_oversee(by, organisation))
    organisation.suspended_at = None
    organisation.save(update_fields=["suspended_at"])
