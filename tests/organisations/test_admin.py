"""What takes access away is no field of the admin: acts do it, because open pages must be told."""

import pytest
from django.test import Client

from dialogue.accounts.models import User
from dialogue.organisations import access
from dialogue.organisations.models import Kind, Organisation, Role
from tests.organisations.cast import an_organisation, delegate_of

pytestmark = pytest.mark.django_db
ADDRESS = "/admin/organisations/organisation/{}/change/"


@pytest.fixture
def admin(client: Client) -> Client:
    root = User.objects.create_superuser("root@demo.example", "-", name="Root")
    client.force_login(root, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_an_organisation_keeps_its_kind_and_its_standing(admin: Client) -> None:
    ngo = an_organisation()
    lead = delegate_of(ngo, Role.LEAD)
    names = {"name_kk": "Атауы", "name_ru": "Имя", "name_en": "Name"}
    wish = {"slug": ngo.slug, "kind": Kind.OFFICE, "verified_at": "", "suspended_at": "2026-01-01", **names}
    assert admin.post(ADDRESS.format(ngo.pk), wish).status_code == 302
    after = Organisation.objects.get()
    assert (after.kind, after.is_in_good_standing, after.name_en) == (Kind.NGO, True, "Name")  # type: ignore[attr-defined]
    assert access.is_lead_of(lead, after)


def test_a_new_one_may_be_of_any_kind(admin: Client) -> None:
    names = {"name_kk": "Атауы", "name_ru": "Имя", "name_en": "Name"}
    wish = {"slug": "akimat", "kind": Kind.AUTHORITY, **names}
    assert admin.post("/admin/organisations/organisation/add/", wish).status_code == 302
    assert Organisation.objects.get().kind == Kind.AUTHORITY


@pytest.mark.parametrize("act", ["add/", "{}/delete/", "{}/change/"])
def test_a_delegation_is_looked_at_only(admin: Client, act: str) -> None:
    lead = delegate_of(an_organisation(), Role.LEAD)
    address = f"/admin/organisations/delegation/{act.format(lead.delegations.get().pk)}"
    assert admin.post(address, {"role": Role.MEMBER, "post": "yes"}).status_code == 403
    assert lead.delegations.get().role == Role.LEAD
