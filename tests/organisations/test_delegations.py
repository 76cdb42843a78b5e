import pytest

from dialogue.accounts.queries import auth_versions
from dialogue.organisations import access
from dialogue.organisations.actions.delegations import delegate, end_delegation
from dialogue.organisations.actions.organisations import readmit_organisation, suspend_organisation
from dialogue.organisations.models import Delegation, Role
from dialogue.text.refusals import Invalid, NotFound
from tests.organisations.cast import an_organisation, delegate_of, somebody

pytestmark = pytest.mark.django_db


def test_a_role_given_twice_is_one_delegation() -> None:
    ngo, person = an_organisation(), somebody()
    first = delegate(person, ngo, Role.MEMBER, given_by=None)
    assert delegate(person, ngo, Role.MEMBER, given_by=None) == first


def test_an_ngo_has_no_moderators() -> None:
    with pytest.raises(Invalid, match="role_not_here"):
        delegate(somebody(), an_organisation(), Role.MODERATOR, given_by=None)


def test_a_member_gives_and_ends_nothing_of_others() -> None:
    ngo = an_organisation()
    member, lead = delegate_of(ngo, Role.MEMBER), delegate_of(ngo, Role.LEAD)
    with pytest.raises(NotFound):
        delegate(somebody(), ngo, Role.MEMBER, given_by=member)
    with pytest.raises(NotFound):
        end_delegation(Delegation.objects.get(person=lead), by=member)


def test_ending_takes_access_and_tells_open_pages() -> None:
    ngo = an_organisation()
    member, lead = delegate_of(ngo, Role.MEMBER), delegate_of(ngo, Role.LEAD)
    end_delegation(Delegation.objects.get(person=member), by=lead)
    assert not access.is_member(member)
    assert auth_versions([member.pk, lead.pk]) == {member.pk: 1, lead.pk: 0}


def test_suspension_reaches_every_delegate_and_can_be_lifted() -> None:
    ngo = an_organisation()
    member, other = delegate_of(ngo, Role.MEMBER), delegate_of(an_organisation("other"), Role.MEMBER)
    with pytest.raises(NotFound):
        suspend_organisation(ngo, by=other)
    suspend_organisation(ngo, by=None)
    assert auth_versions([member.pk, other.pk]) == {member.pk: 1, other.pk: 0}
    readmit_organisation(ngo, by=None)
    assert access.is_member(member)
