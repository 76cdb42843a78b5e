"""The cast against the verbs: each cell is a promise of the product page."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from dialogue.organisations import access
from dialogue.organisations.actions.delegations import delegate
from dialogue.organisations.actions.organisations import suspend_organisation
from dialogue.organisations.models import ROLES_OF, Delegation, Kind, Organisation, Role
from dialogue.organisations.standing import Standing, standing_of
from tests.organisations.cast import an_organisation, delegate_of, somebody

pytestmark = pytest.mark.django_db

VERBS = {
    "office": access.is_office,
    "handler": access.is_handler,
    "moderator": access.is_moderator,
    "officer": access.is_officer,
    "approver": access.is_approver,
    "safety": access.is_safety_officer,
    "member": access.is_member,
    "observer": access.is_observer,
    "authority": access.is_authority,
    "second_factor": access.needs_second_factor,
}
TABLE = {
    (Kind.NGO, Role.MEMBER): {"member"},
    (Kind.NGO, Role.LEAD): {"member"},
    (Kind.OFFICE, Role.MODERATOR): {"office", "handler", "moderator", "second_factor"},
    (Kind.OFFICE, Role.OFFICER): {"office", "handler", "officer", "second_factor"},
    (Kind.OFFICE, Role.APPROVER): {"office", "handler", "approver", "second_factor"},
    (Kind.OFFICE, Role.SAFETY): {"office", "handler", "safety", "second_factor"},
    (Kind.OFFICE, Role.DATA_OFFICER): {"office", "second_factor"},
    (Kind.OFFICE, Role.ADMIN): {"office", "second_factor"},
    (Kind.AUTHORITY, Role.AUTHORITY): {"authority", "second_factor"},
    (Kind.OBSERVER, Role.OBSERVER): {"observer"},
}


def test_the_table_knows_every_role() -> None:
    assert set(TABLE) == {(kind, role) for kind, roles in ROLES_OF.items() for role in roles}


@pytest.mark.parametrize(("kind", "role"), TABLE)
def test_cast_and_verbs(kind: Kind, role: Role) -> None:
    person = delegate_of(an_organisation("one", kind), role)
    assert {name for name, verb in VERBS.items() if verb(person)} == TABLE[kind, role]


def test_visitors_and_people_without_delegation_are_nobody() -> None:
    for nobody in (AnonymousUser(), somebody()):
        assert not any(verb(nobody) for verb in VERBS.values())
    assert standing_of(AnonymousUser()) == Standing()


@pytest.mark.parametrize("fault", ["ended", "over", "unverified", "suspended", "inactive", "foreign"])
def test_what_is_not_valid_counts_for_nothing(fault: str) -> None:
    ngo = an_organisation()
    person = delegate_of(ngo, Role.MEMBER)
    assert access.is_member(person)
    earlier = timezone.now() - timedelta(seconds=1)
    rows, homes = Delegation.objects.filter(person=person), Organisation.objects.filter(pk=ngo.pk)
    if fault == "ended":
        rows.update(ended_at=earlier)
    elif fault == "over":
        rows.update(until=earlier)
    elif fault == "unverified":
        homes.update(verified_at=None)
    elif fault == "suspended":
        suspend_organisation(ngo, by=None)
    elif fault == "foreign":
        rows.update(role=Role.MODERATOR)
    else:
        person.is_active = False
        person.save()
    assert standing_of(person).roles == frozenset()
    assert not access.organisations_of(person).exists()


def test_standing_takes_one_query(django_assert_num_queries: pytest.FixtureRequest) -> None:
    ngo = an_organisation()
    person = delegate_of(ngo, Role.MEMBER)
    delegate(person, ngo, Role.LEAD, given_by=None)
    with django_assert_num_queries(1):  # type: ignore[operator]
        standing = standing_of(person)
    assert standing.roles == {Role.MEMBER, Role.LEAD}


def test_who_may_invite_where() -> None:
    ngo, other, office = an_organisation(), an_organisation("other"), an_organisation("office", Kind.OFFICE)
    lead, member = delegate_of(ngo, Role.LEAD), delegate_of(ngo, Role.MEMBER)
    moderator, admin = delegate_of(office, Role.MODERATOR), delegate_of(office, Role.ADMIN)
    data_officer = delegate_of(office, Role.DATA_OFFICER)
    people = {"lead": lead, "member": member, "moderator": moderator, "admin": admin, "data": data_officer}
    may = [{n for n, p in people.items() if access.can_invite(p, o)} for o in (ngo, other, office)]
    assert may == [{"lead", "moderator", "admin"}, {"moderator", "admin"}, {"admin"}]
    suspend_organisation(ngo, by=moderator)
    assert not access.can_invite(moderator, ngo)
